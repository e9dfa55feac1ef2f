"""The tally's law: however the rows are cut up, the merged tally is the tally of the whole."""

from collections import Counter
from copy import deepcopy

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from imbalance_doctor.errors import RefusedError
from imbalance_doctor.labels import tally as module
from imbalance_doctor.labels.tally import LabelTally

ROWS = st.lists(st.frozensets(st.sampled_from("abcdé"), max_size=4) | st.none(), max_size=12)


def tally_of(rows: list[frozenset[str] | None]) -> LabelTally:
    """One row after the other; None is a missing row."""
    tally = LabelTally(label_sets=Counter())
    for row in rows:
        tally.n_rows += 1
        if row is None:
            tally.n_missing += 1
            continue
        tally.n_samples += 1
        tally.n_unlabelled += not row
        tally.add((name, 1) for name in row)
        tally.add_sets([(row, 1)])
        tally.unknown.update({"a"} - row)
    return tally


@given(ROWS, ROWS)
def test_merging_equals_the_tally_of_the_whole(left: list, right: list) -> None:
    assert tally_of(left).merge(tally_of(right)) == tally_of(left + right)


@given(ROWS)
def test_adding_all_samples_at_once_equals_adding_them_one_by_one(rows: list) -> None:
    given_rows = [row for row in rows if row is not None]
    names = sorted({name for row in given_rows for name in row})
    pairs = [(i, names.index(name)) for i, row in enumerate(given_rows) for name in row]
    row, label = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    at_once = LabelTally(label_sets=Counter())
    at_once.add_samples(np.ones(len(given_rows), dtype=np.int64), row, label, names)
    one_by_one = tally_of(given_rows)
    for field in ("counts", "label_sets", "n_samples", "n_unlabelled"):
        assert getattr(at_once, field) == getattr(one_by_one, field)


@given(ROWS, ROWS)
def test_merging_is_commutative(left: list, right: list) -> None:
    assert tally_of(left).merge(tally_of(right)) == tally_of(right).merge(tally_of(left))


@given(ROWS, ROWS, ROWS)
def test_merging_is_associative(first: list, second: list, third: list) -> None:
    a, b, c = tally_of(first), tally_of(second), tally_of(third)
    assert a.merge(b).merge(c) == a.merge(b.merge(c))


@given(ROWS)
def test_the_empty_tally_changes_nothing(rows: list) -> None:
    assert tally_of(rows).merge(tally_of([])) == tally_of(rows)


@given(ROWS, ROWS)
def test_merging_leaves_both_operands_alone(left: list, right: list) -> None:
    a, b = tally_of(left), tally_of(right)
    before = deepcopy((a, b))
    merged = a.merge(b)
    merged.add([("z", 1)])
    merged.add_sets([(frozenset("z"), 1)])
    assert (a, b) == before


@given(ROWS)
def test_no_row_is_lost(rows: list) -> None:
    tally = tally_of(rows)
    assert tally.n_rows == tally.n_samples + tally.n_missing + tally.n_ignored + tally.n_rejected
    assert tally.label_sets is not None
    assert sum(tally.label_sets.values()) == tally.n_samples


def test_a_class_with_a_count_of_zero_survives_merging() -> None:
    assert "empty" in LabelTally(counts=Counter({"empty": 0})).merge(LabelTally()).counts


def test_too_many_classes_are_refused_while_counting_and_while_merging() -> None:
    with pytest.raises(RefusedError, match="more than 2 distinct labels"):
        LabelTally(max_classes=2).add([("a", 1), ("b", 1), ("c", 1)])
    a, b = (LabelTally(counts=Counter(names), max_classes=2) for names in ("ab", "bc"))
    with pytest.raises(RefusedError, match="id column"):
        a.merge(b)


def test_label_sets_are_given_up_above_the_limit_and_the_counts_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_LABEL_SETS", 2)
    rows = [frozenset("a"), frozenset("b"), frozenset("ab")]
    whole = tally_of(rows)
    assert whole.label_sets is None
    assert whole.counts == {"a": 2, "b": 2}
    assert tally_of(rows[:2]).merge(tally_of(rows[2:])) == whole


def test_label_sets_stay_unknown_when_one_side_did_not_keep_them() -> None:
    assert tally_of([frozenset("a")]).merge(LabelTally()).label_sets is None


def test_label_sets_are_given_up_when_they_hold_too_many_classes_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_SET_CLASSES", 3)
    rows = [frozenset("ab"), frozenset("a"), frozenset("ab")]
    assert tally_of(rows).label_sets == Counter(rows)
    assert tally_of([*rows, frozenset("c")]).label_sets is None
    assert tally_of(rows).merge(tally_of([frozenset("c")])).label_sets is None


def test_whether_label_sets_are_kept_does_not_depend_on_how_the_rows_are_cut_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MAX_LABEL_SETS", 3)
    for repeats in (1, 7):
        kept = LabelTally(label_sets=Counter())
        for _ in range(repeats):
            kept.add_samples(np.ones(3, dtype=np.int64), np.arange(3), np.arange(3), ["a", "b", "c"])
        assert kept.label_sets == {frozenset(name): repeats for name in "abc"}
        kept.add_samples(np.ones(1, dtype=np.int64), np.arange(1), np.arange(1), ["d"])
        assert kept.label_sets is None
        assert kept.counts == Counter({"a": repeats, "b": repeats, "c": repeats, "d": 1})


def test_labels_left_out_take_the_samples_that_carry_nothing_else_with_them() -> None:
    tally = LabelTally(label_sets=Counter())
    row, label = np.array([0, 0, 1, 3, 3]), np.array([0, 1, 1, 1, 0])  # row 2 has no label
    tally.add_samples(np.array([2, 3, 5, 7]), row, label, ["a", None])
    assert tally.counts == {"a": 9}
    assert (tally.n_samples, tally.n_ignored, tally.n_unlabelled) == (14, 3, 5)
    assert tally.label_sets == {frozenset("a"): 9, frozenset(): 5}
    assert tally.set_sizes() == {0, 1}


def test_pairs_may_repeat_and_come_in_any_order_and_two_labels_may_name_one_class() -> None:
    tally = LabelTally(label_sets=Counter())
    row, label = np.array([1, 0, 1, 0, 1]), np.array([2, 0, 2, 1, 0])
    tally.add_samples(np.array([1, 1]), row, label, ["a", "a", "b"])
    assert tally.label_sets == {frozenset("a"): 1, frozenset("ab"): 1}
    assert tally.counts == {"a": 2, "b": 1}


def test_without_label_sets_nothing_is_known_of_their_sizes() -> None:
    assert LabelTally().set_sizes() is None
    assert LabelTally(label_sets=Counter([frozenset("ab")])).set_sizes() == {2}
