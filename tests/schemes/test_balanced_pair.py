import numpy as np
import pytest
from sklearn.utils.class_weight import compute_class_weight

from imbalance_doctor.errors import InputError
from imbalance_doctor.model import ClassCounts
from imbalance_doctor.schemes.balanced_pair import weigh
from imbalance_doctor.weighting import apply
from tests.schemes.printed import printed
from tests.v2ex import COUNTS, N_SAMPLES, selected

V2EX = ClassCounts.of(COUNTS, n_samples=N_SAMPLES)


def test_it_equals_the_table():
    positive, negative = weigh(V2EX)
    assert printed(selected(positive), 8) == [272.27723, 109.56175, 41.920732, 2.1830595]
    assert printed(selected(negative), 8) == [0.50091987, 0.50229228, 0.50603562, 0.64853902]


def test_it_is_scikit_learns_balanced_label_by_label():
    (positive,), (negative,) = weigh(ClassCounts.of({"x": 3}, n_samples=10))
    y = np.array([1] * 3 + [0] * 7)
    assert [negative, positive] == compute_class_weight("balanced", classes=np.array([0, 1]), y=y).tolist()


def test_the_boundary_is_the_prevalence_and_the_mean_weight_one():
    weights = apply(V2EX, "balanced-pair")
    assert printed(selected(weights.boundary_after), 8) == [0.0018363636, 0.0045636364, 0.011927273, 0.22903636]
    assert weights.sample_mean == pytest.approx(1, abs=1e-12)


def test_a_label_on_every_sample_has_no_finite_negative_factor():
    with pytest.raises(InputError, match=r"without a single negative sample .*'0'.*1/\(2\(1-p\)\)") as caught:
        weigh(ClassCounts.of([50, 10], n_samples=50))
    assert "leave it out" in caught.value.hint


def test_blanks_count_neither_as_positive_nor_as_negative():
    counts = ClassCounts(("a", "b"), (10, 10), 100, "multilabel", (100, 40))
    assert weigh(counts).tolist() == [[5, 2], [100 / 180, 40 / 60]]
