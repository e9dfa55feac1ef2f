"""Percentiles against the numbers printed in the V2EX thread and exact arithmetic."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imbalance_doctor.errors import UsageError
from imbalance_doctor.labels.percentiles import METHOD, PERCENTS, percentiles
from imbalance_doctor.model import ClassCounts
from tests.v2ex import COUNTS, N_SAMPLES


def test_the_share_percentiles_are_those_printed_in_the_thread() -> None:
    found = percentiles(ClassCounts.of(COUNTS))["share"]
    printed = [0.00119775, 0.0013504, 0.00157821, 0.00292978, 0.00979803, 0.01954908, 0.06111261]
    assert [round(value, 8) for value in found.values()] == printed
    assert list(found) == ["1", "10", "20", "50", "80", "90", "99"]


def test_the_prevalence_percentiles_divide_by_samples_not_by_labels() -> None:
    found = percentiles(ClassCounts.of(COUNTS, n_samples=N_SAMPLES))["prevalence"]
    expected = [0.0018545455, 0.0020909091, 0.0024436364, 0.0045363636, 0.015170909, 0.030269091, 0.094624545]
    assert list(found.values()) == pytest.approx(expected, rel=1e-7)


def test_the_method_is_named_because_definitions_disagree() -> None:
    found = percentiles(ClassCounts.of([1, 2, 3, 100], n_samples=106), (50,))
    assert found["share"] == {"50": 2.5 / 106}
    assert found["method"] == METHOD == "linear (Hyndman-Fan type 7)"


def test_a_class_without_samples_takes_part() -> None:
    assert percentiles(ClassCounts.of([0, 10]), (0, 50, 100))["share"] == {"0": 0.0, "50": 0.5, "100": 1.0}


@pytest.mark.parametrize("percent", [-1, 100.5, float("nan")])
def test_a_percent_outside_0_to_100_is_refused(percent: float) -> None:
    with pytest.raises(UsageError, match="between 0 and 100"):
        percentiles(ClassCounts.of([1, 2]), (50, percent))


def test_fractional_percents_keep_their_digits_in_the_key() -> None:
    assert list(percentiles(ClassCounts.of([1, 2]), (2.5, 97.5))["share"]) == ["2.5", "97.5"]


def type_7(counts: list[int], percent: int) -> Fraction:
    """Hyndman and Fan's type 7 in exact arithmetic."""
    ordered = sorted(counts)
    at = Fraction(percent, 100) * (len(ordered) - 1)
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (at - below) * (ordered[above] - ordered[below])


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=30).filter(any), st.integers(0, 100))
def test_every_percentile_is_type_7(counts: list[int], percent: int) -> None:
    found = percentiles(ClassCounts.of(counts), (percent,))["share"][str(percent)]
    assert found == pytest.approx(float(type_7(counts, percent) / sum(counts)), rel=1e-12, abs=1e-18)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=30).filter(any))
def test_percentiles_are_numpys_default_to_the_last_bit_and_never_fall(counts: list[int]) -> None:
    values = list(percentiles(ClassCounts.of(counts))["share"].values())
    assert values == np.percentile(np.array(counts) / sum(counts), PERCENTS).tolist()
    assert all(a <= b or a == pytest.approx(b, rel=1e-15) for a, b in pairwise(values))
