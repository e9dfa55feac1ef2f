from math import sqrt

import pytest

from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.labels.too_few_to_validate import check
from tests.build import profile_of


def test_a_fifth_of_a_hundred_is_enough():
    assert not list(check(profile_of({"a": 500, "b": 100})))


@pytest.mark.parametrize(("n", "grade"), [(99, Severity.INFO), (10, Severity.INFO), (9, Severity.WARNING)])
def test_fewer_than_two_per_fold_is_a_warning(n, grade):
    (finding,) = check(profile_of({"a": 500, "b": n}))
    assert finding.grade is grade
    assert finding.classes == ("b",)


def test_the_standard_error_and_the_rule_of_three_are_in_the_evidence():
    (finding,) = check(profile_of({"a": 500, "b": 50}))
    assert finding.evidence["validation_samples"] == 10.0
    assert finding.evidence["standard_error"] == pytest.approx(sqrt(0.5 * 0.5 / 10), rel=1e-15)
    assert finding.evidence["rule_of_three"] == 0.3
    assert '"b" has about 10, so that a recall near 0.5 is known to ±0.1581 only' in finding.message


def test_a_class_of_one_sample_claims_no_error_above_a_half():
    (finding,) = check(profile_of({"a": 500, "b": 1}))
    assert finding.evidence["standard_error"] == 0.5
    assert finding.evidence["rule_of_three"] == 1.0


def test_a_larger_split_needs_fewer_samples():
    assert not list(check(profile_of({"a": 500, "b": 50}), held_out=0.4))
