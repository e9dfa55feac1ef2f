import pytest

from imbalance_doctor.model import ClassCounts
from imbalance_doctor.schemes.inverse import weigh
from imbalance_doctor.weighting import apply
from tests.schemes.printed import printed
from tests.v2ex import COUNTS, selected


@pytest.mark.parametrize("counts", [[90, 9, 1], [900, 90, 10]])
def test_it_is_one_over_the_share(counts):
    assert printed(weigh(ClassCounts.of(counts))) == [1.11111, 11.1111, 100]


@pytest.mark.parametrize("counts", [[90, 9, 1], [900, 90, 10]])
def test_normalised_to_a_sum_of_k_its_mean_over_classes_is_one(counts):
    assert printed(apply(ClassCounts.of(counts), "inverse", normalize="sum").values) == [0.029703, 0.29703, 2.67327]


def test_on_a_long_tail_it_is_one_over_the_share():
    assert printed(selected(weigh(ClassCounts.of(COUNTS)))) == [843.168, 339.283, 129.817, 6.76034]
    weights = apply(ClassCounts.of(COUNTS), "inverse", normalize="sum")
    assert printed(selected(weights.values)) == [2.32113, 0.934001, 0.357369, 0.0186103]
    assert f"{weights.max_min_ratio:.3f}" == "124.723"


def test_divided_by_its_smallest_it_is_the_balancer_of_synapseml_and_catboost():
    # SynapseML ClassBalancerSuite: labels 1,1,2,2,2,2,0,1,0,2 give max/n = 2.5, 1.6667, 1
    weights = weigh(ClassCounts.of([2, 3, 5]))
    assert printed(weights / weights.min(), 5) == [2.5, 1.6667, 1]
    assert apply(ClassCounts.of([90, 9, 1]), "inverse", normalize="max").values == pytest.approx((1 / 90, 1 / 9, 1))


def test_normalised_to_a_sample_mean_of_one_it_is_balanced():
    counts = ClassCounts.of(COUNTS)
    assert apply(counts, "inverse").values == pytest.approx(apply(counts, "balanced").values, rel=1e-14)
