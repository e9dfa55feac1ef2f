"""What must hold for the numbers made of any counts: weights, boundaries, offsets and measures, up to counts of 1e15.

The oracle is exact rational arithmetic, or a logarithm taken once from exact integers.
"""

import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from imbalance_doctor import plugins
from imbalance_doctor.labels.boundary import posterior_of_output, weighted_output
from imbalance_doctor.labels.measures import entropy
from imbalance_doctor.labels.percentiles import percentiles
from imbalance_doctor.model import ClassCounts, Weights
from imbalance_doctor.weighting import apply

counts = st.lists(st.integers(1, 10**15), min_size=2, max_size=12)
modest = st.lists(st.integers(1, 10**6), min_size=2, max_size=12)
priors = st.floats(1e-9, 1 - 1e-9)
factors = st.floats(1e-6, 1e6)

FALLING = ("balanced", "inverse", "sqrt", "power", "effective-number", "enet", "median-frequency", "log-smoothed")
"""Class weights that never grow with the count."""
STRICT = ("balanced", "inverse", "sqrt", "power", "median-frequency")
"""Those that fall with every sample more."""


def weigh(numbers: list[int], scheme: str = "balanced", **options: object) -> Weights:
    return apply(ClassCounts.of(numbers), scheme, **options)  # type: ignore[arg-type]


def test_every_class_weight_of_the_shelf_but_uniform_is_among_the_falling_ones():
    found = {name for name, s in plugins.schemes().items() if s.card.kind == "class-weight"}
    assert found == {*FALLING, "uniform"}


@given(counts)
def test_balanced_weights_give_every_class_the_same_mass_and_the_samples_a_mean_of_one(numbers):
    total, k = sum(numbers), len(numbers)
    values = weigh(numbers).values
    for value, n in zip(values, numbers, strict=True):
        assert value == pytest.approx(float(Fraction(total, k * n)), rel=1e-12)
    assert math.fsum(v * n for v, n in zip(values, numbers, strict=True)) == pytest.approx(total, rel=1e-12)


@pytest.mark.parametrize("scheme", FALLING)
@given(modest)
def test_a_rarer_class_never_weighs_less_and_an_equal_one_the_same(scheme, numbers):
    values = weigh(numbers, scheme).values
    for n, v in zip(numbers, values, strict=True):
        for m, w in zip(numbers, values, strict=True):
            if n == m:
                assert v == w
            elif n < m:
                assert v >= w * (1 - 1e-12)
                assert scheme not in STRICT or v > w


@pytest.mark.parametrize("scheme", FALLING)
@given(modest)
def test_the_normalisations_differ_by_one_positive_factor(scheme, numbers):
    forms = [weigh(numbers, scheme, normalize=how).values for how in ("sample-mean", "sum", "max", "none")]
    for form in forms[1:]:
        ratios = np.array(form) / np.array(forms[0])
        assert ratios.min() > 0
        assert ratios.max() == pytest.approx(ratios.min(), rel=1e-12)
    assert math.fsum(forms[1]) == pytest.approx(len(numbers), rel=1e-12)
    assert max(forms[2]) == pytest.approx(1, rel=1e-12)


@given(modest, st.integers(2, 10**6))
def test_k_times_the_data_changes_neither_weights_nor_boundaries(numbers, k):
    more = [k * n for n in numbers]
    for scheme in ("balanced", "sqrt", "logit-adjustment", "ldam-margin", "enet"):
        assert weigh(more, scheme).values == pytest.approx(weigh(numbers, scheme).values, rel=1e-12)
    assert ClassCounts.of(more).shares == ClassCounts.of(numbers).shares
    assert entropy(more) == pytest.approx(entropy(numbers), rel=1e-12, abs=1e-12)


@given(st.integers(2, 40), st.integers(1, 10**15))
def test_equal_counts_need_no_correction(k, n):
    numbers = [n] * k
    for scheme in FALLING:
        assert weigh(numbers, scheme).values == pytest.approx([1.0] * k, rel=1e-12)
    assert entropy(numbers) == pytest.approx(math.log(k), rel=1e-12)
    z = np.linspace(-2, 2, k)
    assert softmax(z + np.array(weigh(numbers, "logit-adjustment").values)) == pytest.approx(softmax(z), rel=1e-12)


@given(priors, factors, factors)
def test_under_weights_a_cut_at_one_half_is_the_posterior_w0_over_the_sum(q, w1, w0):
    cut = float(Fraction(w0) / (Fraction(w0) + Fraction(w1)))
    assume(abs(q - cut) > 1e-12)
    assert (weighted_output(q, w1, w0) > 0.5) == (q > cut)
    assert posterior_of_output(0.5, w1, w0) == pytest.approx(cut, rel=1e-12)


@given(st.integers(1, 10**15), st.integers(1, 10**15))
def test_balanced_weights_of_two_classes_put_the_cut_at_the_prior(n0, n1):
    prior = float(Fraction(n1, n0 + n1))
    for scheme in ("balanced", "pos-weight", "balanced-pair", "complement-pair", "logit-adjustment"):
        assert weigh([n0, n1], scheme).boundary_after[1] == pytest.approx(prior, rel=1e-9), scheme


# Beyond a ratio of a million an output so near 0 or 1 has no digits left to come back with.
@given(priors, priors, st.floats(1e-3, 1e3), st.floats(1e-3, 1e3))
def test_a_weighted_output_comes_back_and_keeps_the_order(q, other, w1, w0):
    there = weighted_output(q, w1, w0)
    # The way back cannot give more digits than the distance of the output from 0 and 1 leaves.
    assert posterior_of_output(there, w1, w0) == pytest.approx(q, rel=1e-6, abs=1e-9)
    assert weighted_output(q, w1, w1) == pytest.approx(q, rel=1e-12)
    if q < other:
        assert there <= weighted_output(other, w1, w0) * (1 + 1e-12)


def softmax(z: np.ndarray) -> np.ndarray:
    e = np.exp(z - z.max())
    return np.asarray(e / e.sum())


@given(modest, st.lists(st.floats(-20, 20), min_size=12, max_size=12), st.floats(-50, 50))
def test_logit_adjustment_is_nothing_at_tau_0_and_multiplies_the_odds_by_the_prior_at_tau_1(numbers, logits, shift):
    z = np.array(logits[: len(numbers)])
    none = np.array(weigh(numbers, "logit-adjustment", parameters={"tau": 0.0}).values)
    assert softmax(z + none) == pytest.approx(softmax(z), rel=1e-12)
    offset = np.array(weigh(numbers, "logit-adjustment").values)
    assert softmax(z + offset + shift) == pytest.approx(softmax(z + offset), rel=1e-9)
    # Undone after training it is the softmax under balanced weights, renormalised.
    balanced = softmax(z) * np.array(weigh(numbers).values)
    assert softmax(z - offset) == pytest.approx(balanced / balanced.sum(), rel=1e-9)


@given(counts)
def test_the_starting_bias_answers_the_prior_and_costs_its_entropy(numbers):
    bias = np.array(weigh(numbers, "prior-bias").values)
    shares = [float(Fraction(n, sum(numbers))) for n in numbers]
    # Of two classes it is the log-odds of each, for one logit; else the log of the share, for a softmax.
    answer = 1 / (1 + np.exp(-bias)) if len(numbers) == 2 else softmax(bias)
    assert answer == pytest.approx(shares, rel=1e-9)
    cost = -math.fsum(p * math.log(a) for p, a in zip(shares, answer.tolist(), strict=True))
    assert cost == pytest.approx(entropy(numbers), rel=1e-9, abs=1e-12)


@given(modest, st.floats(0.0, 0.999999))
def test_the_effective_number_lies_between_one_and_the_count_and_the_saturation(numbers, beta):
    """Read back from the weights: E = 1 / w on the formula's own scale."""
    raw = weigh(numbers, "effective-number", parameters={"beta": beta}, normalize="none").values
    limit = float(1 / (1 - Fraction(beta)))
    order = sorted(zip(numbers, raw, strict=True))
    for n, w in order:
        exact = float((1 - Fraction(beta) ** min(n, 60)) / (1 - Fraction(beta))) if n <= 60 else None
        assert 1 - 1e-9 <= 1 / w <= min(n, limit) * (1 + 1e-9)
        assert exact is None or 1 / w == pytest.approx(exact, rel=1e-9)
    assert all(w >= v * (1 - 1e-12) for (_, w), (_, v) in pairwise(order))
    assert weigh(numbers, "effective-number", parameters={"beta": 0.0}).values == pytest.approx([1.0] * len(numbers))


@given(st.lists(st.integers(2, 10**5), min_size=2, max_size=8))
def test_the_effective_number_tends_to_the_inverse_frequency(numbers):
    near = weigh(numbers, "effective-number", parameters={"beta": 1 - 1e-12}).values
    assert near == pytest.approx(weigh(numbers).values, rel=1e-5)


@given(counts)
def test_entropy_lies_between_zero_and_ln_k_and_merging_two_classes_never_raises_it(numbers):
    h = entropy(numbers)
    assert -1e-12 <= h <= math.log(len(numbers)) * (1 + 1e-12)
    merged = [numbers[0] + numbers[1], *numbers[2:]]
    assert entropy(merged) <= h + 1e-9
    assert entropy([*numbers, 0]) == h


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=30).filter(any))
def test_percentiles_are_numpy_s_and_do_not_fall(numbers):
    found = percentiles(ClassCounts.of(numbers), (0, 5, 50, 95, 100))["share"]
    total = sum(numbers)
    shares = [n / total for n in numbers]
    assert list(found.values()) == [float(np.percentile(shares, p)) for p in (0, 5, 50, 95, 100)]
    values = list(found.values())
    assert values == sorted(values)
    assert values[0] == min(shares)
    assert values[-1] == max(shares)
