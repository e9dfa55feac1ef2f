import pytest

from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.labels.accuracy_trap import check
from tests.build import profile_of, profile_of_sets


def test_the_constant_answer_is_quoted_with_what_it_scores():
    (finding,) = check(profile_of({"a": 950, "b": 50}))
    assert finding.message == (
        'always answering "a" is right on 95 % of the samples, with a balanced accuracy of 50 %; a log loss above '
        "0.1985 has learnt no more than the class frequencies"
    )
    assert finding.evidence["accuracy"] == 0.95
    assert finding.evidence["balanced_accuracy"] == 0.5
    assert finding.evidence["log_loss_floor"] == pytest.approx(0.1985152, abs=1e-7)  # -.95 ln .95 - .05 ln .05
    assert finding.classes == ("a",)


@pytest.mark.parametrize(
    ("counts", "grades"),
    [
        ({"a": 80, "b": 20}, [Severity.WARNING]),
        ({"a": 79, "b": 21}, []),
        ({"a": 80, "b": 10, "c": 10}, [Severity.WARNING]),
        ({"a": 51, "b": 25, "c": 24}, [Severity.INFO]),
        ({"a": 50, "b": 25, "c": 25}, []),
    ],
)
def test_four_fifths_is_a_trap_and_with_three_classes_a_majority_worth_knowing(counts, grades):
    assert [f.grade for f in check(profile_of(counts))] == grades


def test_a_declared_empty_class_is_not_a_third_one():
    assert not list(check(profile_of({"a": 51, "b": 49, "c": 0})))


def test_one_class_is_another_rules_business():
    assert not list(check(profile_of({"a": 100})))


def test_multi_label_data_are_another_rules_business():
    assert not list(check(profile_of_sets([(("a",), 90), ((), 10)])))
