"""The engine drives every batch through the tally, and says how far it is."""

from collections import Counter
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from imbalance_doctor.batches import Column, Matrix, Table
from imbalance_doctor.engines.local import count
from imbalance_doctor.errors import InputError
from imbalance_doctor.labels.layout import Wishes, decide
from imbalance_doctor.labels.tally import LabelTally
from imbalance_doctor.readers._choose import open_batches
from imbalance_doctor.readers._source import Options, Source


def test_batches_of_a_table_are_restricted_to_the_columns_that_are_needed() -> None:
    frame = pl.DataFrame({"id": ["1", "2", "3"], "label": ["a", "b", "a"]})
    asked: list[tuple[str, ...]] = []

    def stream(names):  # type: ignore[no-untyped-def]
        asked.append(tuple(names))
        return frame.select(names).iter_slices(2)

    table = Table((Column("id", "text"), Column("label", "text")), frame, stream)
    tally, seen = LabelTally(), []
    count(table, decide(table, Wishes()), tally, seen.append)
    assert asked == [("label",)]
    assert tally.counts == {"a": 2, "b": 1}
    assert seen == [2, 3]


def test_blocks_of_a_matrix_are_counted_one_after_the_other() -> None:
    blocks = [np.array([[1, 0], [1, 1]]), np.array([[0, 0]])]
    matrix = Matrix((3, 2), lambda: iter(blocks))
    tally = LabelTally(label_sets=Counter())
    count(matrix, decide(matrix, Wishes()), tally)
    assert tally.label_sets == {frozenset("0"): 1, frozenset("01"): 1, frozenset(): 1}


def test_a_further_input_that_is_laid_out_differently_is_an_error() -> None:
    first = Matrix((2, 2), lambda: iter([np.zeros((2, 2))]))
    reading = decide(first, Wishes())
    with pytest.raises(InputError):
        count(Matrix((2, 3), lambda: iter([np.zeros((2, 3))])), reading, LabelTally(label_sets=Counter()))


def test_what_a_text_holds_beside_regular_rows_goes_to_the_tally(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("id,label,x\n" + "1,cat,2\n" * 20 + "1,cat\n", encoding="utf-8")
    batches = open_batches(Source("x.csv", path), Options(set_aside=True))[1]
    tally = LabelTally()
    count(batches, decide(batches, Wishes()), tally)
    assert tally.n_rows == 20
    assert [(damaged.name, [row.line for row in damaged.rows]) for damaged in tally.set_aside] == [("x.csv", [22])]
