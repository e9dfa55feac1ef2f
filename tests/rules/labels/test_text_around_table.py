from dataclasses import replace

import pytest

from imbalance_doctor.model import Damage
from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.labels.text_around_table import UNLIKE, check
from tests.build import profile_of

SOUND = profile_of({"a": 50, "b": 50})


@pytest.mark.parametrize(
    ("kind", "grade", "message"),
    [
        ("preamble", Severity.INFO, "2 lines above the header left out: lines 1, 2"),
        ("comment", Severity.INFO, "2 lines that start with # left out: lines 1, 2"),
        ("comment-row", Severity.WARNING, "2 rows that start with # counted all the same: lines 1, 2"),
        ("commented", Severity.WARNING, "2 lines that start with # left out that look like rows: lines 1, 2"),
        ("cut", Severity.WARNING, "2 rows without a line end whose label is the start of another: lines 1, 2"),
        ("note-row", Severity.WARNING, "2 rows with nothing but a label counted all the same: lines 1, 2"),
        (
            "strange",
            Severity.WARNING,
            f"2 rows at the end, unlike those above, counted all the same ({UNLIKE}): lines 1, 2",
        ),
    ],
)
def test_what_is_left_out_is_worth_knowing_and_what_is_counted_a_warning(kind: str, grade: Severity, message: str):
    (finding,) = check(replace(SOUND, damage=(Damage(kind, "x.csv", 2, (1, 2)),)))
    assert finding.grade is grade
    assert finding.message == message


def test_a_table_alone_is_silent():
    assert not list(check(SOUND))
