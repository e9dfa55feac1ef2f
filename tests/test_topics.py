"""What `list` prints: a line a unit, and for targets a table of what each can express."""

import pytest

from imbalance_doctor import plugins
from imbalance_doctor.errors import UsageError
from imbalance_doctor.topics import SHELVES, listing


@pytest.mark.parametrize("shelf", SHELVES)
def test_every_unit_of_a_shelf_has_a_line(shelf):
    text = listing(shelf)
    for unit in SHELVES[shelf]().values():
        assert [line for line in text.splitlines() if unit.name in line.split()]


def test_the_table_of_targets_says_which_tasks_each_kind_of_scheme_is_taken_for():
    head, *rows = listing("targets").split("\n\n")[0].splitlines()
    assert head.split() == ["target", *plugins.KINDS]
    table = {row.split()[0]: dict(zip(plugins.KINDS, row.split()[1:], strict=True)) for row in rows}
    assert table["keras"] == {
        "class-weight": "bm",
        "pos-weight": "bl",
        "pair": "bl",
        "offset": "bml",
        "margin": "bm",
        "repeat": "-",
    }
    assert set(table["json"].values()) == {"bml"}


def test_a_shelf_that_is_not_there_is_answered_with_the_nearest():
    with pytest.raises(UsageError) as caught:
        listing("target")
    assert "targets" in caught.value.hint
