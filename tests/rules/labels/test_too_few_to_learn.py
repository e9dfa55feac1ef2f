import pytest

from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.labels.too_few_to_learn import check
from tests.build import profile_of


@pytest.mark.parametrize(
    ("n", "grade"), [(1, Severity.WARNING), (9, Severity.WARNING), (10, Severity.INFO), (19, Severity.INFO)]
)
def test_under_ten_is_a_warning_and_under_twenty_worth_knowing(n, grade):
    (finding,) = check(profile_of({"a": 500, "b": n}))
    assert finding.grade is grade
    assert finding.classes == ("b",)


def test_twenty_samples_are_silent():
    assert not list(check(profile_of({"a": 500, "b": 20})))


def test_a_warning_names_the_worst_only():
    (finding,) = check(profile_of({"a": 500, "b": 7, "c": 15, "d": 3}))
    assert finding.message == '2 of 4 classes have fewer than 10 samples: "b", "d"'
    assert finding.evidence == {"limit": 10, "classes_below": 2, "classes": 4, "fewest": 3}


def test_no_samples_at_all_is_another_rules_business():
    assert not list(check(profile_of({"a": 500, "b": 500, "c": 0})))
