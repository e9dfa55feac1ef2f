"""One 0/1 column per class: from tables of any type, dense and sparse matrices; the same rows give the same counts."""

from collections import Counter
from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy import sparse

from imbalance_doctor.errors import InputError
from imbalance_doctor.labels.counting.indicator import IndicatorCounting
from imbalance_doctor.labels.tally import LabelTally

ROWS = [[1, 0, 1], [0, 0, 0], [1, 0, 1], [0, 1, 0]]
NAMES = ("a", "b", "c")


def tally_of(*batches: Any, **fields: Any) -> LabelTally:
    tally = LabelTally(label_sets=Counter())
    counting = IndicatorCounting(NAMES, NAMES, **fields)
    for batch in batches:
        counting.update(batch, tally)
    counting.finish(tally)
    return tally


def frame(rows: list, dtype: Any = None) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(NAMES, dtype), orient="row")


TEXT = [[str(v) for v in row] for row in ROWS]
FORMS = {
    "text": frame(TEXT, pl.String),
    "integers": frame(ROWS, pl.Int8),
    "floats": frame([[float(v) for v in row] for row in ROWS], pl.Float32),
    "booleans": frame([[bool(v) for v in row] for row in ROWS], pl.Boolean),
    "python-text": frame([["True" if v else "False" for v in row] for row in ROWS], pl.String),
    "float-text": frame([[f"{v}.0" for v in row] for row in ROWS], pl.String),
    "uint8": np.array(ROWS, dtype=np.uint8),
    "int64": np.array(ROWS),
    "float32": np.array(ROWS, dtype=np.float32),
    "bool": np.array(ROWS, dtype=bool),
    "column-major": np.asfortranarray(np.array(ROWS, dtype=np.int16)),
    "sparse": sparse.csr_matrix(np.array(ROWS, dtype=np.float32)),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_the_same_rows_gives_the_same_tally(form: str) -> None:
    tally = tally_of(FORMS[form])
    assert tally.counts == {"a": 2, "b": 1, "c": 2}
    assert tally.label_sets == {frozenset("ac"): 2, frozenset(): 1, frozenset("b"): 1}
    assert (tally.n_rows, tally.n_samples, tally.n_unlabelled, tally.n_missing) == (4, 4, 1, 0)
    assert not tally.unknown


@pytest.mark.parametrize(
    "batch",
    [
        frame([["1", "", "0"], ["", "-1", None], ["0", "-1.0", "0"]], pl.String),
        frame([[1, None, 0], [None, -1, None], [0, -1, 0]], pl.Int64),
        frame([[1.0, None, 0.0], [float("nan"), -1.0, None], [0.0, -1.0, 0.0]], pl.Float64),
        np.array([[1, np.nan, 0], [-1, -1, np.nan], [0, np.nan, 0]]),
        np.array([[1, -1, 0], [-1, -1, -1], [0, -1, 0]], dtype=np.int8),
    ],
    ids=["text", "integers", "floats", "float-matrix", "integer-matrix"],
)
def test_unknown_cells_are_counted_per_class_and_rows_of_them_are_missing(batch: Any) -> None:
    tally = tally_of(batch)
    assert tally.unknown == {"b": 2}
    assert (tally.n_rows, tally.n_samples, tally.n_missing, tally.n_unlabelled) == (3, 2, 1, 0)
    assert tally.counts == {"a": 1}


def test_further_texts_and_numbers_can_be_unknown() -> None:
    assert tally_of(frame([["1", "?", "0"]], pl.String), missing=frozenset({"?"})).unknown == {"b": 1}
    assert tally_of(np.array([[1, 255, 0]], dtype=np.uint8), missing=frozenset({"255", "?"})).unknown == {"b": 1}
    zero = tally_of(np.array([[1, 0, 0]], dtype=np.uint8), missing=frozenset({"0"}))
    assert (zero.unknown, zero.counts) == ({}, {"a": 1}), "0 is 0 whatever else is said"


@pytest.mark.parametrize(
    ("batch", "value"),
    [
        (frame([["1", "0", "0"], ["0", "2", "0"]], pl.String), "'2'"),
        (frame([["1", "0", "0"], ["0", " 1", "0"]], pl.String), "' 1'"),
        (frame([[1, 0, 0], [0, 2, 0]], pl.Int64), "'2'"),
        (np.array([[1, 0, 0], [0, 2, 0]], dtype=np.uint8), "2"),
        (np.array([[1, 0, 0], [0, 0.5, 0]]), "0.5"),
        (sparse.csr_matrix(np.array([[1, 0, 0], [0, 2, 0]])), "2"),
        (sparse.csr_matrix(np.array([[1, 0, 0], [0, -1.0, 0]])), "-1.0"),
    ],
)
def test_any_other_value_is_an_error_with_its_row_and_column(batch: Any, value: str) -> None:
    with pytest.raises(InputError) as caught:
        tally_of(np.zeros((10, 3)), batch)
    assert f"row 12 of column 'b' holds {value};" in caught.value.message


def test_a_matrix_of_text_is_an_error() -> None:
    with pytest.raises(InputError, match="holds text"):
        tally_of(np.array([["1", "0", "1"]]))


def test_classes_left_out_take_samples_that_carry_nothing_else_with_them() -> None:
    for form in ("text", "uint8", "sparse"):
        tally = tally_of(FORMS[form], ignored=frozenset("b"))
        assert tally.counts == {"a": 2, "c": 2}
        assert (tally.n_samples, tally.n_ignored, tally.n_unlabelled) == (3, 1, 1)
    unknown = tally_of(np.array([[-1, 1, -1], [0, 1, -1], [1, -1, -1]]), ignored=frozenset("b"))
    assert (unknown.n_missing, unknown.n_ignored, unknown.n_samples) == (1, 1, 1)
    assert (unknown.unknown, unknown.counts) == ({"c": 1}, {"a": 1})


def test_a_sparse_matrix_is_left_as_it_was() -> None:
    matrix = sparse.csr_matrix((np.array([1, 0, 1]), np.array([2, 1, 0]), np.array([0, 3])), shape=(1, 3))
    before = matrix.copy()
    assert tally_of(matrix).label_sets == {frozenset("ac"): 1}
    assert np.array_equal(matrix.data, before.data)
    assert np.array_equal(matrix.indices, before.indices)


@pytest.mark.parametrize(
    ("rows", "said"),
    [([[1, 0, 0], [0, 0, 1]], True), ([[1, 1, 0]], False), ([[1, 0, 0], [0, 0, 0]], False), ([[1, 0, -1]], False)],
)
def test_one_hot_rows_are_said_once_all_have_been_seen(rows: list, said: bool) -> None:
    counting = IndicatorCounting(NAMES)
    tally = LabelTally(label_sets=Counter())
    for row in rows:
        counting.update(np.array([row]), tally)
    assert counting.notes == ()
    counting.finish(tally)
    assert any(note.startswith("one-hot") for note in counting.notes) == said


def test_more_classes_than_a_word_of_bits_are_told_apart() -> None:
    names = tuple(map(str, range(1000)))
    matrix = np.eye(1000, dtype=np.uint8)
    tally = LabelTally(label_sets=Counter())
    IndicatorCounting(names).update(np.concatenate([matrix, matrix[:1]]), tally)
    assert tally.counts == Counter(names) + Counter(["0"])
    assert tally.label_sets is not None
    assert len(tally.label_sets) == 1000


def test_an_empty_batch_adds_nothing() -> None:
    assert tally_of(np.empty((0, 3)), frame([], pl.String)) == tally_of()
