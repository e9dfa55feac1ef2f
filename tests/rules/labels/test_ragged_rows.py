from dataclasses import replace

import pytest

from imbalance_doctor.model import Damage
from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.labels.ragged_rows import check
from tests.build import profile_of


def damaged(*damage: Damage):
    return replace(profile_of({"a": 50, "b": 50}), n_rows=100, damage=damage)


@pytest.mark.parametrize(("rejected", "grade"), [(0, Severity.WARNING), (5, Severity.WARNING), (6, Severity.ERROR)])
def test_more_than_five_per_cent_of_rejected_rows_is_an_error(rejected: int, grade: Severity):
    (finding,) = check(damaged(Damage("ragged", "x.csv", 6, (3, 4, 5, 6, 7), 6 - rejected, rejected)))
    assert finding.grade is grade
    assert finding.evidence == {
        "rows": 6, "counted": 6 - rejected, "rejected": rejected, "lines": [3, 4, 5, 6, 7]
    }  # fmt: skip


def test_the_message_names_the_first_lines_and_what_became_of_the_rows():
    (finding,) = check(damaged(Damage("ragged", "x.csv", 6, (3, 4, 5, 6, 1007), 4, 2)))
    assert finding.message == (
        "6 rows of 100 (6 %) have too many or too few fields: lines 3, 4, 5, 6, 1,007 …; "
        "4 counted, because the label is certain all the same, "
        "2 rejected, because it is not certain which cell is the label"
    )


def test_lines_of_several_inputs_name_the_input():
    (finding,) = check(damaged(Damage("ragged", "a.csv", 1, (3,), 1, 0), Damage("delimiter", "b.csv", 2, (4, 9), 2, 0)))
    assert "line 3 of a.csv; lines 4, 9 of b.csv" in finding.message


def test_other_damage_and_none_are_silent():
    assert not list(check(damaged()))
    assert not list(check(damaged(Damage("blank", "x.csv", 1, (3,)))))
