"""The implied boundary against printed numbers, exact fractions and SciPy."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imbalance_doctor.labels.boundary import (
    all_positive_f1,
    boundary,
    cost_boundary,
    evidence,
    log_odds,
    lowest_f1_threshold,
    posterior_of_output,
    weighted_output,
    wilson,
)
from tests.v2ex import N_SAMPLES, SELECTED

SIDES = st.integers(1, 10**15)


def test_the_boundaries_of_the_v2ex_labels_are_their_prevalences() -> None:
    found = [boundary(n, N_SAMPLES - n) for n in SELECTED]
    assert found == pytest.approx([0.0018363636, 0.0045636364, 0.011927273, 0.22903636], rel=1e-7)


def test_the_log_odds_of_the_v2ex_labels_are_the_printed_bias_initialisation() -> None:
    found = [log_odds(n, N_SAMPLES - n) for n in SELECTED]
    assert found == pytest.approx([-6.2981299, -5.3850614, -4.4169287, -1.2137604], rel=1e-7)


def test_the_evidence_of_the_v2ex_labels_is_the_printed_pos_weight() -> None:
    found = [evidence(n, N_SAMPLES - n) for n in SELECTED]
    assert found == pytest.approx([543.55446, 218.12351, 82.841463, 3.3661189], rel=1e-7)


def test_credit_card_fraud_has_the_numbers_of_the_tensorflow_tutorial() -> None:
    assert evidence(492, 284315) == pytest.approx(577.876, abs=5e-4)
    assert log_odds(492, 284315) == pytest.approx(-6.359359, abs=5e-7)


@pytest.mark.parametrize("measure", [boundary, log_odds, evidence])
@pytest.mark.parametrize(("positives", "negatives"), [(0, 10), (10, 0), (0, 0)])
def test_a_class_with_one_side_only_has_no_boundary(measure, positives: int, negatives: int) -> None:
    assert measure(positives, negatives) is None


def test_log_odds_keep_their_digits_next_to_even_odds() -> None:
    # ln(1 + x) = x - x²/2 + ..., so x itself is right to 16 digits here
    assert log_odds(10**16 + 1, 10**16) == 1e-16


def test_one_negative_in_ten_to_the_seventeen_still_has_finite_odds() -> None:
    assert log_odds(10**17, 1) == pytest.approx(17 * math.log(10), rel=1e-15)
    assert evidence(10**17, 1) == 1e-17


@given(SIDES, SIDES)
def test_the_evidence_is_the_correctly_rounded_ratio_of_the_counts(positives: int, negatives: int) -> None:
    assert evidence(positives, negatives) == float(Fraction(negatives, positives))


@given(SIDES, SIDES)
def test_the_sigmoid_of_the_log_odds_is_the_prevalence(positives: int, negatives: int) -> None:
    odds = log_odds(positives, negatives)
    assert odds is not None
    assert 1 / (1 + math.exp(-odds)) == pytest.approx(positives / (positives + negatives), rel=1e-9)
    assert log_odds(negatives, positives) == pytest.approx(-odds, rel=1e-15)


@given(st.lists(st.integers(1, 999), min_size=2, max_size=20, unique=True))
def test_a_rarer_class_has_a_lower_boundary_and_needs_more_evidence(counts: list[int]) -> None:
    counts.sort()
    assert sorted(boundary(n, 1000 - n) for n in counts) == [boundary(n, 1000 - n) for n in counts]
    assert sorted(log_odds(n, 1000 - n) for n in counts) == [log_odds(n, 1000 - n) for n in counts]
    needed = [evidence(n, 1000 - n) for n in counts]
    assert needed == sorted(needed, reverse=True)


@pytest.mark.parametrize(("count", "n"), [(0, 7), (1, 7), (7, 7), (101, 55000), (50, 100), (1, 10**9)])
def test_the_wilson_interval_is_scipys(count: int, n: int) -> None:
    from scipy.stats import binomtest

    expected = binomtest(count, n).proportion_ci(0.95, method="wilson")
    assert wilson(count, n) == pytest.approx((expected.low, expected.high), rel=1e-9, abs=1e-15)


def test_an_interval_of_nothing_is_none() -> None:
    assert wilson(0, 0) is None


@given(st.integers(1, 10**12), st.data())
def test_the_wilson_interval_holds_the_prevalence_and_stays_inside_0_and_1(n: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, n))
    interval = wilson(count, n)
    assert interval is not None
    low, high = interval
    assert 0 <= low <= count / n <= high <= 1


@pytest.mark.parametrize(("posterior", "output"), [(0.01, 0.5), (0.1, 0.916667), (0.5, 0.99)])
def test_a_weight_of_99_moves_the_posterior_as_in_elkan(posterior: float, output: float) -> None:
    assert weighted_output(posterior, 99, 1) == pytest.approx(output, abs=5e-7)
    assert posterior_of_output(output, 99, 1) == pytest.approx(posterior, abs=5e-7)


def test_king_and_zengs_prior_correction_is_a_difference_of_log_odds() -> None:
    # tau = 0.01 in the population, half of the sample; weights 0.02 and 1.98
    assert log_odds(1, 99) - log_odds(1, 1) == pytest.approx(-4.595120, abs=5e-7)
    assert weighted_output(0.5, 0.02, 1.98) == pytest.approx(0.01, rel=1e-12)


@given(st.floats(0.001, 0.999), st.floats(0.01, 100), st.floats(0.01, 100))
def test_the_output_maps_back_to_the_posterior(q: float, w1: float, w0: float) -> None:
    assert posterior_of_output(weighted_output(q, w1, w0), w1, w0) == pytest.approx(q, rel=1e-9)


@given(st.floats(0.001, 1000), st.floats(0.001, 1000))
def test_at_a_half_the_weights_imply_the_posterior_w0_over_their_sum(w1: float, w0: float) -> None:
    assert posterior_of_output(0.5, w1, w0) == pytest.approx(w0 / (w0 + w1), rel=1e-12)


def test_a_missed_positive_worth_99_false_alarms_puts_the_boundary_at_one_per_cent() -> None:
    assert cost_boundary(1, 99) == 0.01


def test_f1_of_predicting_everything_is_the_printed_one() -> None:
    found = [all_positive_f1(n, N_SAMPLES - n) for n in SELECTED]
    assert found == pytest.approx([0.0036659952, 0.0090858084, 0.023573379, 0.37270885], rel=1e-7)


def test_the_lowest_f1_threshold_is_half_of_the_f1_of_predicting_everything() -> None:
    assert lowest_f1_threshold(0.2) == pytest.approx(all_positive_f1(1, 4) / 2, rel=1e-15)
