import numpy as np
import pytest

from imbalance_doctor.model import ClassCounts
from imbalance_doctor.schemes.pos_weight import weigh
from imbalance_doctor.weighting import apply
from tests.schemes.printed import printed
from tests.v2ex import COUNTS, N_SAMPLES, selected

V2EX = ClassCounts.of(COUNTS, n_samples=N_SAMPLES)


def test_it_equals_the_table():
    assert printed(selected(weigh(V2EX)), 8) == [543.55446, 218.12351, 82.841463, 3.3661189]


def test_its_percentiles_over_the_labels_equal_the_table():
    values = weigh(V2EX)
    percentiles = np.percentile(values, [1, 10, 20, 50, 80, 90, 99])
    assert printed(percentiles[:3], 5) == [9.8333, 32.083, 64.963]
    assert printed(percentiles[3:]) == [219.449, 408.259, 477.261, 538.216]
    assert (values > 10).sum() == 118
    assert (values > 100).sum() == 86


def test_it_is_negatives_over_positives_as_one_division():
    assert weigh(ClassCounts.of({"fraud": 492}, n_samples=284_807))[0] == 284_315 / 492
    assert printed(weigh(ClassCounts.of({"fraud": 492}, n_samples=284_807))) == [577.876]


def test_blanks_count_neither_as_positive_nor_as_negative():
    counts = ClassCounts(("a", "b"), (10, 10), 100, "multilabel", (100, 20))
    assert weigh(counts).tolist() == [9, 1]


def test_a_frequent_label_weighs_less_than_one():
    # mldr cal500: the most frequent label is on 88 % of the songs, pos_weight 0.131
    assert printed(weigh(ClassCounts.of({"most": 444}, n_samples=502)), 3) == [0.131]


def test_a_label_on_every_sample_gets_0_and_the_boundary_1():
    weights = apply(ClassCounts.of([50, 10], n_samples=50), "pos-weight")
    assert weights.values == (0, 4)
    assert weights.boundary_after == (1, 0.2)
    assert weights.max_min_ratio is None


def test_the_boundary_after_it_is_the_prevalence():
    after = apply(V2EX, "pos-weight").boundary_after
    assert printed(selected(after), 8) == [0.0018363636, 0.0045636364, 0.011927273, 0.22903636]


def test_a_cap_moves_the_boundary_to_1_over_1_plus_the_cap():
    after = apply(V2EX, "pos-weight", cap=100).boundary_after
    assert printed(selected(after), 8) == [0.0099009901, 0.0099009901, 0.011927273, 0.22903636]
    assert printed(selected(apply(V2EX, "pos-weight", cap=20).boundary_after)[:1], 3) == [0.0476]


@pytest.mark.parametrize(("n", "mass"), [(101, 1.9963273), (251, 1.9908727), (656, 1.9761455), (12597, 1.5419273)])
def test_its_sample_mean_is_twice_the_share_of_negatives(n, mass):
    assert printed([apply(ClassCounts.of({"x": n}, n_samples=N_SAMPLES), "pos-weight").sample_mean], 8) == [mass]
