"""Rank correlation, agreement, and the order that would put weights right."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau, spearmanr

from imbalance_doctor.pasted.order import agreement, better_order, moved, rank_correlation, usual_orders

VECTORS = st.integers(2, 12).flatmap(
    lambda n: st.tuples(
        st.lists(st.sampled_from([0.25, 0.5, 1.0, 2.0, 3.0, 8.0]), min_size=n, max_size=n),
        st.lists(st.integers(0, 9), min_size=n, max_size=n),
    )
)


@settings(max_examples=60, deadline=None)
@given(VECTORS)
def test_the_rank_correlation_is_that_of_scipy(case: tuple[list[float], list[int]]) -> None:
    values, counts = case
    found = rank_correlation(values, counts)
    if len(set(values)) == 1 or len(set(counts)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(spearmanr(values, counts).statistic, abs=1e-12)


def test_without_ties_agreement_is_kendalls_tau() -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        values, counts = rng.permutation(9).astype(float).tolist(), rng.permutation(9).tolist()
        assert agreement(values, counts) == pytest.approx(kendalltau(values, counts).statistic)


def test_ties_do_not_weaken_the_agreement() -> None:
    assert agreement([0.1, 1, 1, 1, 1], [9000, 50, 20, 40, 30]) == -1
    assert agreement([1, 1, 1], [3, 2, 1]) is None


def test_many_classes_are_compared_by_some_of_them() -> None:
    counts = list(range(1, 5001))
    assert agreement([1 / n for n in counts], counts) == -1


def test_a_list_is_moved_by_the_order_it_was_made_for() -> None:
    names = [str(i) for i in range(12)]
    orders = dict(usual_orders(names, [1] * 12))
    text = orders["the names sorted as text"]
    assert [names[i] for i in text] == ["0", "1", "10", "11", "2", "3", "4", "5", "6", "7", "8", "9"]
    assert moved([int(names[i]) for i in text], text) == tuple(range(12))


def test_two_classes_are_never_permuted() -> None:
    assert better_order([9.0, 1.0], [9, 1], ["a", "b"], lambda values: "any") is None
