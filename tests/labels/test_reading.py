"""A further input is read as the first one was, or not at all."""

from typing import Any

import numpy as np
import polars as pl
import pytest

from imbalance_doctor.batches import Column, Matrix, Table
from imbalance_doctor.errors import InputError
from imbalance_doctor.labels.layout import Wishes, decide
from imbalance_doctor.readers.parquet import cell_type


def table(data: dict[str, Any], class_names: tuple[str, ...] | None = None) -> Table:
    frame = pl.DataFrame(data)
    columns = tuple(Column(n, cell_type(t), class_names if n == "label" else None) for n, t in frame.schema.items())
    return Table(columns, frame, lambda names: iter([frame.select(names)]), typed=True)


def matrix(n_classes: int) -> Matrix:
    return Matrix((2, n_classes), lambda: iter([np.zeros((2, n_classes))]))


COLUMN = table({"id": [1, 2, 3], "label": ["a", "b", "a"]})
INDICATORS = table({"a": [1, 0], "b": [0, 1]})


@pytest.mark.parametrize(
    ("first", "further"),
    [
        (COLUMN, COLUMN),
        (COLUMN, table({"label": [1, 2], "more": ["x", "y"]})),
        (INDICATORS, table({"b": [1, 0], "a": ["0", "1"], "text": ["x", "y"]})),
        (matrix(3), matrix(3)),
    ],
)
def test_inputs_that_hold_the_same_columns_are_one_data_set(first: Any, further: Any) -> None:
    decide(first, Wishes()).check(further, "b.csv")


@pytest.mark.parametrize(
    ("first", "further", "complaint"),
    [
        (COLUMN, table({"id": [1, 2]}), "has no column 'label'"),
        (COLUMN, table({"label": [["a"], ["b"]]}), "in only one of them"),
        (COLUMN, matrix(2), "is a matrix of shape"),
        (INDICATORS, table({"a": [1, 0], "b": [0, 1], "c": [0, 1]}), "a column 'c' of 0 and 1, the first has not"),
        (INDICATORS, table({"a": [1, 0]}), "has no column 'b'"),
        (INDICATORS, matrix(2), "is a matrix of shape"),
        (matrix(2), INDICATORS, "the first is a matrix"),
        (matrix(2), matrix(3), "is a matrix of shape"),
        (table({"label": [0, 1]}, ("no", "yes")), table({"label": [0, 1]}, ("yes", "no")), "names the classes"),
        (table({"label": [0, 1]}, ("no", "yes")), table({"label": [0, 1]}), "names the classes"),
    ],
)
def test_inputs_that_do_not_are_an_error(first: Any, further: Any, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint) as caught:
        decide(first, Wishes()).check(further, "b.csv")
    assert "b.csv" in caught.value.message


def test_columns_that_were_left_out_of_the_first_input_may_be_in_the_others() -> None:
    first = table({"a": [1, 0], "b": [0, 1], "split": [0, 1]})
    decide(first, Wishes(classes=("a", "b"))).check(first, "b.csv")


def test_the_layout_says_in_the_end_what_only_the_whole_input_shows() -> None:
    reading = decide(INDICATORS, Wishes())
    before = reading.layout
    reading.counting.notes = ("seen at the end",)
    assert reading.layout.notes == (*before.notes, "seen at the end")
