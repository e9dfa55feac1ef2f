import pytest

from imbalance_doctor.rules.labels.all_zero_near_optimal import check
from tests.build import profile_of, profile_of_sets
from tests.rules.labels.counted import multilabel

TEN_AT_ONE_PER_CENT = [*(((name,), 10) for name in "abcdefghij"), ((), 900)]


def test_the_floors_are_quoted():
    (finding,) = check(profile_of_sets(TEN_AT_ONE_PER_CENT))
    assert finding.evidence["element_accuracy"] == 0.99
    assert finding.evidence["subset_accuracy"] == 0.9
    assert finding.evidence["bce_floor"] == pytest.approx(0.0560015, abs=1e-7)  # -0.01 ln 0.01 - 0.99 ln 0.99
    assert finding.message == (
        "no label is on half of the samples (the largest on 1 %), so answering none of 10 labels is right for 99 % of "
        "the label cells and 90 % of the rows; a mean BCE that falls from 0.6931 to 0.056 has learnt the biases only"
    )


def test_at_nine_cells_of_ten_it_begins():
    assert list(check(multilabel({"a": 10, "b": 10}, 100)))
    assert not list(check(multilabel({"a": 10, "b": 11}, 100)))


def test_a_label_on_half_of_the_samples_makes_the_empty_answer_wrong():
    rare = {f"rare{i}": 1 for i in range(9)}
    assert not list(check(multilabel({"head": 50, **rare}, 100)))
    assert list(check(multilabel({"head": 49, **rare}, 100)))


def test_counts_alone_leave_out_the_rows():
    (finding,) = check(multilabel({"a": 10, "b": 10}, 1000))
    assert finding.evidence["subset_accuracy"] is None
    assert "is right for 99 % of the label cells; a mean BCE" in finding.message


def test_one_label_per_sample_is_another_rules_business():
    assert not list(check(profile_of({"a": 990, "b": 10})))
