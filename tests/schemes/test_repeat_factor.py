import pytest

from imbalance_doctor.errors import UsageError
from imbalance_doctor.model import ClassCounts
from imbalance_doctor.schemes.repeat_factor import weigh
from imbalance_doctor.weighting import apply
from tests.schemes.printed import printed
from tests.v2ex import COUNTS, N_SAMPLES, selected

V2EX = ClassCounts.of(COUNTS, n_samples=N_SAMPLES)


def test_it_equals_the_table():
    assert printed(selected(weigh(V2EX, threshold=0.01)), 8) == [2.3335691, 1.4802821, 1, 1]


def test_a_class_at_half_of_the_threshold_is_repeated_1_41_times_as_in_the_code_of_detectron2():
    assert printed(weigh(ClassCounts.of({"x": 5}, n_samples=10_000)), 4) == [1.414]


def test_the_threshold_of_lvis_is_the_default_and_is_reported():
    assert apply(V2EX, "repeat-factor").parameters == {"threshold": 1e-3}


def test_blanks_count_neither_as_positive_nor_as_negative():
    counts = ClassCounts(("a", "b"), (1, 1), 100, "multilabel", (100, 25))
    assert weigh(counts, threshold=0.04).tolist() == [2, 1]


def test_in_multi_label_data_no_boundary_is_stated_because_a_sample_carries_its_other_labels_along():
    assert set(apply(V2EX, "repeat-factor").boundary_after) == {None}


def test_with_one_class_per_sample_it_acts_like_a_class_weight():
    weights = apply(ClassCounts.of([99, 1]), "repeat-factor", parameters={"threshold": 0.04})
    assert weights.values == (1, 2)
    assert weights.boundary_after == pytest.approx((2 / 3, 1 / 3), rel=1e-14)


@pytest.mark.parametrize("threshold", [0, -1, float("nan")])
def test_the_threshold_must_be_positive(threshold):
    with pytest.raises(UsageError, match="threshold must be above 0"):
        weigh(V2EX, threshold=threshold)
