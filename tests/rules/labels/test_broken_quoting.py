from dataclasses import replace

import pytest

from imbalance_doctor.model import Damage
from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.labels.broken_quoting import check
from tests.build import profile_of


def damaged(*damage: Damage):
    return replace(profile_of({"a": 50, "b": 50}), n_rows=100, damage=damage)


@pytest.mark.parametrize(("rejected", "grade"), [(0, Severity.WARNING), (6, Severity.ERROR)])
def test_broken_quotes_are_a_warning_and_an_error_when_many_rows_are_lost(rejected: int, grade: Severity):
    (finding,) = check(damaged(Damage("quoting", "x.csv", 6, (3, 9), 6 - rejected, rejected)))
    assert finding.grade is grade
    assert finding.message.startswith("6 rows of 100 hold a quote that neither encloses a whole field")


def test_a_cell_over_lines_that_look_like_rows_is_a_warning():
    (finding,) = check(damaged(Damage("swallowed", "x.csv", 1, (7,))))
    assert finding.grade is Severity.WARNING
    assert "rows may be missing: line 7" in finding.message


def test_quotes_that_enclose_nothing_are_worth_knowing():
    (finding,) = check(damaged(Damage("stray-quote", "x.csv", 1, (7,))))
    assert finding.grade is Severity.INFO
    assert "1 double quote in the text" in finding.message


def test_sound_quoting_is_silent():
    assert not list(check(damaged(Damage("ragged", "x.csv", 1, (3,)))))
