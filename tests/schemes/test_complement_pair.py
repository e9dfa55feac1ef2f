import pytest

from imbalance_doctor.model import ClassCounts
from imbalance_doctor.schemes.complement_pair import weigh
from imbalance_doctor.weighting import apply
from tests.schemes.printed import printed
from tests.v2ex import COUNTS, N_SAMPLES, selected

V2EX = ClassCounts.of(COUNTS, n_samples=N_SAMPLES)
P = [0.0018363636, 0.0045636364, 0.011927273, 0.22903636]


def test_positives_weigh_one_minus_p_and_negatives_p():
    positive, negative = weigh(V2EX)
    assert printed(selected(positive), 8) == [0.99816364, 0.99543636, 0.98807273, 0.77096364]
    assert printed(selected(negative), 8) == P


def test_the_boundary_after_it_is_the_prevalence():
    assert printed(selected(apply(V2EX, "complement-pair").boundary_after), 8) == P


@pytest.mark.parametrize(
    ("n", "mass"), [(101, 0.0036659828), (251, 0.0090856192), (656, 0.023570026), (12597, 0.35315742)]
)
def test_its_sample_mean_all_but_vanishes_for_rare_labels(n, mass):
    counts = ClassCounts.of({"x": n}, n_samples=N_SAMPLES)
    assert printed([apply(counts, "complement-pair").sample_mean], 8) == [mass]


def test_normalised_to_a_sample_mean_of_one_a_single_label_gives_the_balanced_pair():
    counts = ClassCounts.of({"x": 101}, n_samples=N_SAMPLES)
    ours, theirs = apply(counts, "complement-pair", normalize="sample-mean"), apply(counts, "balanced-pair")
    assert ours.values == pytest.approx(theirs.values, rel=1e-14)
    assert ours.values_negative == pytest.approx(theirs.values_negative, rel=1e-14)


def test_a_label_on_every_sample_has_the_boundary_1():
    weights = apply(ClassCounts.of([50, 10], n_samples=50), "complement-pair")
    assert (weights.values[0], weights.values_negative[0], weights.boundary_after[0]) == (0, 1, 1)


def test_blanks_count_neither_as_positive_nor_as_negative():
    counts = ClassCounts(("a", "b"), (10, 10), 100, "multilabel", (100, 40))
    assert weigh(counts).tolist() == [[0.9, 0.75], [0.1, 0.25]]
