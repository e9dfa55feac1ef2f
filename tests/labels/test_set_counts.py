"""Samples per distinct set of classes: the same as a Counter of frozensets, in a fraction of the memory."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imbalance_doctor.labels import set_counts as module
from imbalance_doctor.labels.set_counts import SetCounts

SETS = st.lists(st.tuples(st.frozensets(st.sampled_from("abcdefghij")), st.integers(1, 5)), max_size=30)


def counter_of(sets: list[tuple[frozenset[str], int]]) -> Counter[frozenset[str]]:
    counted: Counter[frozenset[str]] = Counter()
    for names, n in sets:
        counted[names] += n
    return counted


@settings(max_examples=60, deadline=None)
@given(SETS, SETS)
def test_it_is_a_mapping_equal_to_a_counter(first: list, second: list) -> None:
    sets = SetCounts()
    sets.update(first)
    sets.update(second)
    counted = counter_of(first + second)
    assert sets == counted
    assert len(sets) == len(counted)
    assert sum(sets.values()) == counted.total()
    assert all(sets[names] == n for names, n in counted.items())
    assert sets.sizes() == {len(names) for names in counted}


@settings(max_examples=60, deadline=None)
@given(SETS, SETS)
def test_merging_equals_counting_both_and_changes_neither(first: list, second: list) -> None:
    left, right = SetCounts(counter_of(first)), SetCounts(counter_of(second))
    assert left.merged(right) == right.merged(left) == counter_of(first + second)
    assert (left, right) == (counter_of(first), counter_of(second))


def test_a_set_that_is_not_there_is_no_key() -> None:
    sets = SetCounts({frozenset("ab"): 2, frozenset("bc"): 1})
    assert frozenset("ac") not in sets
    assert frozenset("ax") not in sets
    assert frozenset("abc") not in sets
    assert sets.get(frozenset(), 0) == 0


def test_by_size_gives_rows_of_class_indices_in_the_order_asked_for() -> None:
    sets = SetCounts({frozenset("ab"): 2, frozenset("c"): 1, frozenset(): 4})
    parts = [(matrix.tolist(), samples.tolist()) for matrix, samples in sets.by_size({"c": 0, "b": 1, "a": 2})]
    assert parts == [([[]], [4]), ([[0]], [1]), ([[1, 2]], [2])]


@pytest.mark.parametrize("n_classes", [2, 100, 5000])
def test_sets_of_any_width_are_told_apart(n_classes: int) -> None:
    """Narrow sets are compared as one integer, wide ones as bytes."""
    rng = np.random.default_rng(0)
    names = [str(i) for i in range(n_classes)]
    rows = [frozenset(names[i] for i in np.flatnonzero(rng.random(n_classes) < p)) for p in (0.01, 0.5, 0.9) * 5]
    sets = SetCounts(Counter(rows * 2))
    assert sets == Counter(rows * 2)
    assert len(sets) == len(set(rows))


def test_equal_sets_are_put_together_before_too_many_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SPARE", 10)
    sets = SetCounts()
    for _ in range(100):
        sets.update([(frozenset("ab"), 1), (frozenset("bc"), 1)])
        assert sum(len(samples) for parts in sets._parts.values() for _, samples in parts) <= 16
    assert sets == {frozenset("ab"): 100, frozenset("bc"): 100}


def test_the_caps_are_of_distinct_sets_not_of_what_is_held() -> None:
    sets = SetCounts()
    for _ in range(50):
        sets.update([(frozenset("ab"), 1), (frozenset("bc"), 1)])
    assert not sets.more_than(2, 4)
    assert sets.more_than(1, 4)
    assert sets.more_than(2, 3)


def test_counts_are_exact_integers() -> None:
    sets = SetCounts({frozenset("a"): 2**53})
    sets.update([(frozenset("a"), 1)])
    assert sets[frozenset("a")] == 2**53 + 1
