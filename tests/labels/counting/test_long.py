"""One row per sample-label pair, wherever the rows of a sample lie."""

from collections import Counter

import polars as pl
import pytest

from imbalance_doctor.errors import RefusedError
from imbalance_doctor.labels.counting import long as module
from imbalance_doctor.labels.counting.long import LongCounting
from imbalance_doctor.labels.counting.names import Names
from imbalance_doctor.labels.tally import LabelTally


def tally_of(*batches: list[tuple], names: Names | None = None) -> LabelTally:
    tally, counting = LabelTally(label_sets=Counter()), LongCounting("id", "label", names or Names())
    for rows in batches:
        counting.update(pl.DataFrame(rows, schema=["id", "label"], orient="row"), tally)
    counting.finish(tally)
    return tally


def test_the_rows_of_a_sample_may_lie_apart_and_in_different_batches() -> None:
    tally = tally_of([("7", "a"), ("8", "b")], [("9", "a"), ("7", "b")])
    assert tally.label_sets == {frozenset("ab"): 1, frozenset("b"): 1, frozenset("a"): 1}
    assert (tally.n_rows, tally.n_samples, tally.counts) == (4, 3, {"a": 2, "b": 2})


def test_a_pair_that_repeats_counts_once() -> None:
    tally = tally_of([("7", "a"), ("7", "a")], [("7", "a")])
    assert (tally.n_rows, tally.n_samples, tally.counts) == (3, 1, {"a": 1})


@pytest.mark.parametrize("nothing", ["", None])
def test_an_empty_label_is_a_sample_without_labels_unless_other_rows_name_some(nothing: str | None) -> None:
    tally = tally_of([("7", nothing), ("8", nothing), ("8", "a")])
    assert (tally.n_samples, tally.n_unlabelled, tally.counts) == (2, 1, {"a": 1})


@pytest.mark.parametrize("nothing", ["", None])
def test_rows_without_an_id_are_rejected_not_joined(nothing: str | None) -> None:
    tally = tally_of([("7", "a"), (nothing, "b"), (nothing, "c")])
    assert (tally.n_rows, tally.n_samples, tally.n_rejected, tally.counts) == (3, 1, 2, {"a": 1})


def test_ids_and_labels_may_be_numbers_of_any_size() -> None:
    big = 2**53 + 1
    tally = tally_of([(big, 1), (big - 1, 1), (big, 2)])
    assert (tally.n_samples, tally.counts) == (2, {"1": 2, "2": 1})


def test_labels_may_be_ignored_or_stand_for_declared_classes() -> None:
    names = Names(frozenset({""}), frozenset({"9"}), ("cat", "dog"), ("cat", "dog"))
    tally = tally_of([("a", "0"), ("a", "9"), ("b", "9"), ("c", "1")], names=names)
    assert (tally.counts, tally.n_ignored, tally.n_samples) == ({"cat": 1, "dog": 1}, 1, 2)


def test_without_a_row_there_is_nothing() -> None:
    tally = LabelTally(label_sets=Counter())
    LongCounting("id", "label", Names()).finish(tally)
    assert tally == LabelTally(label_sets=Counter())


def test_more_pairs_than_can_be_held_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_PAIRS", 3)
    with pytest.raises(RefusedError, match="more than 3 sample-label pairs"):
        tally_of([("a", "x"), ("b", "x")], [("c", "x"), ("d", "x")])
