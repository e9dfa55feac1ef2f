"""A vector of 0 and 1 in each cell is a row of an indicator matrix."""

from collections import Counter
from typing import Any

import polars as pl
import pytest

from imbalance_doctor.errors import InputError
from imbalance_doctor.labels.counting.indicator import IndicatorCounting
from imbalance_doctor.labels.counting.vectors import VectorCounting
from imbalance_doctor.labels.tally import LabelTally

NAMES = ("a", "b", "c")


def tally_of(cells: Any) -> LabelTally:
    tally, counting = LabelTally(label_sets=Counter()), VectorCounting("labels", IndicatorCounting(NAMES))
    counting.update(pl.DataFrame({"labels": cells}), tally)
    counting.finish(tally)
    return tally


@pytest.mark.parametrize(
    "cells",
    [
        [[1, 0, 1], [0, 0, 0], None],
        [[1.0, 0.0, 1.0], [0.0, 0.0, 0.0], None],
        [[True, False, True], [False] * 3, None],
        ["[1, 0, 1]", "[0 0 0]", ""],
        ["[True, False, True]", "[0.0, 0.0, 0.0]", None],
        pl.Series([[1, 0, 1], [0, 0, 0], None], dtype=pl.Array(pl.Int8, 3)),
    ],
    ids=["integers", "floats", "booleans", "text", "python-text", "arrays"],
)
def test_every_form_of_the_same_vectors_gives_the_same_tally(cells: Any) -> None:
    tally = tally_of(cells)
    assert tally.label_sets == {frozenset("ac"): 1, frozenset(): 1}
    assert (tally.n_rows, tally.n_samples, tally.n_unlabelled, tally.n_missing) == (3, 2, 1, 1)


def test_a_null_or_minus_one_in_a_vector_is_unknown() -> None:
    tally = tally_of([[1, None, 0], [0, 1, -1]])
    assert (tally.counts, tally.unknown) == ({"a": 1, "b": 1}, {"b": 1, "c": 1})


def test_vectors_of_another_length_or_with_other_values_are_errors() -> None:
    with pytest.raises(InputError, match="row 2 of column 'labels' holds 2 values, the first rows 3"):
        tally_of([[1, 0, 1], [0, 1]])
    with pytest.raises(InputError, match="row 2 of column 'b' holds '7'"):
        tally_of([[1, 0, 1], [0, 7, 1]])


def test_one_hot_vectors_are_said() -> None:
    counting = VectorCounting("labels", IndicatorCounting(NAMES))
    tally = LabelTally(label_sets=Counter())
    counting.update(pl.DataFrame({"labels": [[1, 0, 0], [0, 0, 1]]}), tally)
    counting.finish(tally)
    assert counting.notes[0].startswith("one-hot")
