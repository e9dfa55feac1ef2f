from dataclasses import replace

import pytest

from imbalance_doctor.model import Layout
from imbalance_doctor.rules.labels.ignore_ids import check
from tests.build import profile_of


def ids(*values: object):
    return profile_of({str(value): 25 for value in values})


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ((*range(21), 255), ("255",)),
        ((*range(5), -1), ("-1",)),
        ((*range(5), -100), ("-100",)),
        ((1, 2, 3, -1), ("-1",)),
        ((*range(21), -100, -1, 255), ("-100", "-1", "255")),
    ],
)
def test_an_id_that_stands_apart_is_a_warning(values, found):
    (finding,) = check(ids(*values))
    assert finding.grade == "warning"
    assert finding.classes == found
    assert finding.evidence["ids"] == [int(name) for name in found]


def test_minus_one_beside_zero_and_one_may_be_a_third_class():
    (finding,) = check(ids(-1, 0, 1))
    assert finding.grade == "info"


@pytest.mark.parametrize(
    "values",
    [
        (-1, 1),
        (-2, -1, 0, 1, 2),
        (0, 255),
        (0, 85, 170, 255),
        (0, 9, 255),
        range(256),
        (*range(255), 255, 300),
        (*range(20), 254, 255),
        (0, 1, 2),
        ("a", "b", "-1"),
        ("01", "02", "-1"),
    ],
    ids=str,
)
def test_these_are_classes(values):
    assert not list(check(ids(*values)))


def test_the_message_says_how_many_and_the_remedy_what_to_type():
    (finding,) = check(profile_of({"0": 900, "1": 50, "255": 50}))
    assert finding.message == (
        "by convention this id marks samples to leave out, and it is counted as a class: 255 (50 samples, 5 %)"
    )
    assert finding.remedy == "if so, say --ignore-label=255"


def test_the_name_of_an_indicator_column_is_a_name():
    assert not list(check(replace(ids(*range(21), 255), layout=Layout("indicator"))))
