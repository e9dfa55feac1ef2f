from dataclasses import replace

import pytest

from imbalance_doctor.model import Damage
from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.labels.text_around_table import check
from tests.build import profile_of

SOUND = profile_of({"a": 50, "b": 50})


@pytest.mark.parametrize(
    ("kind", "grade", "message"),
    [
        ("preamble", Severity.INFO, "2 lines above the header left out: lines 1, 2"),
        ("comment", Severity.INFO, "2 lines that start with # left out: lines 1, 2"),
        (
            "comment-row",
            Severity.WARNING,
            "2 lines start with # and were counted as rows all the same, from lines 1, 2",
        ),
    ],
)
def test_what_is_left_out_is_worth_knowing_and_what_is_counted_a_warning(kind: str, grade: Severity, message: str):
    (finding,) = check(replace(SOUND, damage=(Damage(kind, "x.csv", 2, (1, 2)),)))
    assert finding.grade is grade
    assert finding.message == message


def test_a_table_alone_is_silent():
    assert not list(check(SOUND))
