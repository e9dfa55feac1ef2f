"""The grid of the histograms: it never turns scores round, it is fine at both ends, and it fits in memory."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from imbalance_doctor.predictions.histogram import MAX_CELLS, Histogram, bins, mantissa_bits, n_bins

UNIT = st.floats(0, 1)


@settings(max_examples=40, deadline=None)
@given(arrays.arrays(np.float64, 20, elements=st.floats(-2, 3) | st.floats(0, 1e-9)), st.sampled_from([0, 3, 8, 14]))
def test_a_higher_probability_never_falls_into_a_lower_bin(p: Any, bits: int) -> None:
    found = bins(np.sort(p), bits)
    assert (np.diff(found) >= 0).all()
    assert found.min() >= 0
    assert found.max() < n_bins(bits)


@settings(max_examples=40, deadline=None)
@given(st.floats(1e-9, 0.49), st.sampled_from([3, 8]))
def test_two_probabilities_share_a_bin_only_when_their_odds_are_close(p: float, bits: int) -> None:
    """Bins at most 2**-bits wide on the scale of ln p, and alike from the other end."""
    step = 1 + 2.0**-bits * 1.01
    below, above = bins(np.array([p, p * step]), bits)
    assert below < above
    low, high = bins(np.array([1 - p * step, 1 - p]), bits)
    assert low < high


def test_bins_are_mirror_images() -> None:
    p = np.array([0.3, 0.01, 2.0**-20, 0.0])
    assert (bins(p, 5) + bins(1 - p, 5)).tolist() == [n_bins(5) - 1] * 4


@pytest.mark.parametrize("n_classes", [1, 2, 120, 1_000, 37_000])
def test_the_bins_of_all_classes_fit_the_limit_and_use_at_least_a_quarter_of_it(n_classes: int) -> None:
    bits = mantissa_bits(n_classes)
    assert bits is not None
    assert n_classes * n_bins(bits) <= MAX_CELLS
    assert n_classes * n_bins(bits + 2) > MAX_CELLS or bits == 12


def test_there_is_no_histogram_of_a_hundred_thousand_classes() -> None:
    assert Histogram.none(100_000) is None


def test_cells_are_counted_by_class_side_and_bin() -> None:
    histogram = Histogram.none(2)
    assert histogram is not None
    p = np.array([[0.1, 0.1, 0.9], [0.4, 0.5, 0.6]])
    truth = np.array([[True, False, True], [False, False, True]])
    known = np.array([[True, True, True], [True, False, True]])
    histogram.add(p, np.flatnonzero(truth), known)
    ones, zeros = histogram.sides()
    where = bins(p, histogram.bits)
    assert ones.sum(axis=1).tolist() == [2, 1]
    assert zeros.sum(axis=1).tolist() == [1, 1]
    assert (ones[0, where[0, 0]], zeros[0, where[0, 1]], ones[0, where[0, 2]]) == (1, 1, 1)
    assert (zeros[1, where[1, 0]], ones[1, where[1, 1]], ones[1, where[1, 2]]) == (1, 0, 1)


def test_histograms_add_up_and_leave_the_operands_alone() -> None:
    rng = np.random.default_rng(3)
    whole, left, right = (Histogram.none(3) for _ in range(3))
    assert whole is not None
    assert left is not None
    assert right is not None
    for part in (left, right):
        p = rng.random((3, 50))
        positives = np.flatnonzero(rng.random((3, 50)) < 0.2)
        whole.add(p, positives, None)
        part.add(p, positives, None)
    before = left.every.copy()
    merged = left.merge(right)
    assert (merged.every == whole.every).all()
    assert (merged.positive == whole.positive).all()
    assert (left.every == before).all()


def test_the_first_bin_ends_where_the_documentation_says() -> None:
    first = bins(np.array([0.0, 2.0**-41, 2.0**-41 * 1.9, 2.0**-40]), 0)
    assert first.tolist() == [0, 0, 0, 1]
    assert math.log2(2 * 2.0**-41) == -40
