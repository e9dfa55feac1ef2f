from dataclasses import replace

import pytest

from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.labels.missing_labels import check
from tests.build import profile_of


def with_missing(missing: int, rows: int):
    return replace(profile_of({"a": 500, "b": 500}), n_missing=missing, n_rows=rows)


@pytest.mark.parametrize(("missing", "grade"), [(1, Severity.INFO), (50, Severity.INFO), (51, Severity.WARNING)])
def test_more_than_five_per_cent_is_a_warning(missing, grade):
    (finding,) = check(with_missing(missing, 1000))
    assert finding.grade is grade
    assert finding.evidence == {"missing": missing, "rows": 1000, "share": missing / 1000}


def test_the_message_has_the_numbers():
    (finding,) = check(with_missing(600, 10_000))
    assert finding.message == "600 of 10,000 rows (6 %) have no label"


def test_complete_rows_are_silent():
    assert not list(check(with_missing(0, 1000)))


def test_the_limit_can_be_tuned():
    (finding,) = check(with_missing(51, 1000), many=0.1)
    assert finding.grade is Severity.INFO
