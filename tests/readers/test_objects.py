import enum
from collections import deque
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from imbalance_doctor.batches import Matrix, Table
from imbalance_doctor.readers import _objects
from imbalance_doctor.readers._choose import Paths
from imbalance_doctor.readers._objects import as_paths, batches
from tests.readers.reading import cells, dense
from tests.readers.tensor import Tensor


def kind(x: Any) -> str:
    found = batches(x)
    assert isinstance(found, Table)
    return found.columns[0].type


NAN = float("nan")
VECTORS: list[tuple[Any, str, list]] = [
    (["a", "b", "a"], "text", ["a", "b", "a"]),
    (("a", "b"), "text", ["a", "b"]),
    (deque(["a", "b"]), "text", ["a", "b"]),
    ({1: "a", 2: "b"}.values(), "text", ["a", "b"]),
    (range(3), "integer", [0, 1, 2]),
    ([3, 1, 2**53 + 1], "integer", [3, 1, 2**53 + 1]),
    ([2**63 - 1, -(2**63)], "integer", [2**63 - 1, -(2**63)]),
    ([2**64 - 1, -1], "text", ["18446744073709551615", "-1"]),
    ([2**200, 1], "text", [str(2**200), "1"]),
    ([True, False], "boolean", [True, False]),
    ([True, 1, "x"], "text", ["true", "1", "x"]),
    ([1, "1", 1.0, "1.0"], "text", ["1", "1", "1", "1.0"]),
    ([1.0, 2.5, float("inf")], "float", [1.0, 2.5, float("inf")]),
    (["a", None, NAN, pd.NA, pd.NaT, ""], "text", ["a", None, None, None, None, ""]),
    ([1, None, NAN, np.nan, pd.NA], "integer", [1, None, None, None, None]),
    ([1.0, NAN, None], "float", [1.0, None, None]),
    ([np.int64(3), np.uint8(1), np.int16(-1)], "integer", [3, 1, -1]),
    ([np.str_("a"), np.float32(0.5), np.bool_(True)], "text", ["a", "0.5", "true"]),
    ([np.array(3), np.array(1)], "integer", [3, 1]),
    ([Tensor(3), Tensor(1)], "integer", [3, 1]),
    ([b"caf\xc3\xa9", b"x"], "text", ["café", "x"]),
    ([enum.IntEnum("E", ["A"])(1), 2], "text", ["1", "2"]),
    (["NA", "None", "nan", " x ", "01"], "text", ["NA", "None", "nan", " x ", "01"]),
    (np.array([1, 2, 1], ">i2"), "integer", [1, 2, 1]),
    (np.array([2**64 - 1, 0], np.uint64), "integer", [2**64 - 1, 0]),
    (np.arange(9)[::-4], "integer", [8, 4, 0]),
    (np.frombuffer(b"\1\2", np.uint8), "integer", [1, 2]),
    (np.array([[1], [2]]), "integer", [1, 2]),
    (np.array([1.0, np.nan], np.float16), "float", [1.0, None]),
    (np.array([True, False]), "boolean", [True, False]),
    (np.array(["a", "日本"], ">U3"), "text", ["a", "日本"]),
    (np.array([b"a", b"\xc3\xa9"]), "text", ["a", "é"]),
    (np.array(["a", None, NAN, 1], object), "text", ["a", None, None, "1"]),
    (np.array([3, None], object), "integer", [3, None]),
    (np.ma.array([1, 2, 9], mask=[False, False, True]), "integer", [1, 2, None]),
    (np.ma.array(["a", "b"], mask=[True, False]), "text", [None, "b"]),
    (Tensor([1, 2, 1]), "integer", [1, 2, 1]),
    (pd.Series(["a", None, "b"]), "text", ["a", None, "b"]),
    (pd.Series(["a", None, "a"], dtype="string"), "text", ["a", None, "a"]),
    (pd.Series(["a", None, "a"], dtype=object), "text", ["a", None, "a"]),
    (pd.Series([1, 2, 1], dtype="int8", index=[9, 8, 7]), "integer", [1, 2, 1]),
    (pd.Series([2**53 + 1, None], dtype="Int64"), "integer", [2**53 + 1, None]),
    (pd.Series([1.0, NAN]), "float", [1.0, None]),
    (pd.Series([True, None], dtype="boolean"), "boolean", [True, None]),
    (pd.Series([0, 1, None], dtype=object, name=0), "integer", [0, 1, None]),
    (pd.Series(["x", "y", None, "x"], dtype="category"), "text", ["x", "y", None, "x"]),
    (pd.Series([3, 1, 3], dtype="category"), "integer", [3, 1, 3]),
    (pd.Series([2**53 + 1, None], dtype="int64[pyarrow]"), "integer", [2**53 + 1, None]),
    (pd.Series([["a"], [], None]), "list", [["a"], [], None]),
    (pd.Index(["a", "b"]), "text", ["a", "b"]),
    (pl.Series(["a", None]), "text", ["a", None]),
    (pl.Series("y", [1, None], pl.Int8), "integer", [1, None]),
    (pl.Series(["a", "b"], dtype=pl.Categorical), "text", ["a", "b"]),
    (pl.Series(["a", "b"], dtype=pl.Enum(["b", "a"])), "text", ["a", "b"]),
    (pl.Series([[1, 2], [], None]), "list", [[1, 2], [], None]),
]


@pytest.mark.parametrize(("x", "type_", "values"), VECTORS, ids=lambda v: type(v).__name__)
def test_a_vector_is_one_column_of_exact_values(x: Any, type_: str, values: list):
    assert (kind(x), cells(batches(x))) == (type_, values)
    assert cells(batches(x)) == values, "and can be gone through again"


LISTS: list[tuple[Any, list]] = [
    ([["a", "b"], ["a"], []], [["a", "b"], ["a"], []]),
    ((("a", "b"), ("a",)), [["a", "b"], ["a"]]),
    ([{"b", "a"}, set(), frozenset("c")], [["a", "b"], [], ["c"]]),
    ([[1, 2.0, True], None, "x", NAN], [["1", "2", "true"], None, ["x"], None]),
    ([["a", None], [NAN]], [["a", None], [None]]),
    ([np.array([5, 7]), np.array([5])], [["5", "7"], ["5"]]),
    ([Tensor([5, 7]), Tensor([5])], [["5", "7"], ["5"]]),
    ([[0], [1], [0]], [["0"], ["1"], ["0"]]),
    ([[0, 1], [1], []], [["0", "1"], ["1"], []]),
    ([[0, 2], [1, 0]], [["0", "2"], ["1", "0"]]),
    ([["0", "1"], ["1", "0"]], [["0", "1"], ["1", "0"]]),
    (np.array([["a"], ["b", "c"]], object), [["a"], ["b", "c"]]),
]


@pytest.mark.parametrize(("x", "values"), LISTS)
def test_lists_of_labels_are_a_column_of_lists(x: Any, values: list):
    assert (kind(x), cells(batches(x))) == ("list", values)


ROWS = [[1, 0, 0], [0, 1, 1]]
MATRICES = [
    ROWS, [tuple(row) for row in ROWS], [[True, False, False], [False, True, True]], [[1.0, 0, 0], [0, 1, True]],
    [np.array(row) for row in ROWS], [Tensor(row) for row in ROWS], np.array(ROWS), np.array(ROWS, bool),
    np.array(ROWS, float), np.asfortranarray(ROWS), np.matrix(ROWS), Tensor(ROWS), np.ma.array(ROWS),
    sparse.csr_matrix(ROWS), sparse.csc_matrix(ROWS), sparse.coo_array(ROWS), sparse.lil_matrix(ROWS),
    sparse.dok_array(ROWS),
]  # fmt: skip


@pytest.mark.filterwarnings("ignore:the matrix subclass")
@pytest.mark.parametrize("x", MATRICES, ids=lambda x: type(x).__name__)
@pytest.mark.parametrize("block", [1, 100_000])
def test_rows_of_zeros_and_ones_are_a_matrix(monkeypatch: pytest.MonkeyPatch, x: Any, block: int):
    monkeypatch.setattr(_objects, "BLOCK_ROWS", block)
    found = batches(x)
    assert isinstance(found, Matrix)
    assert (found.shape, found.sparse) == ((2, 3), hasattr(x, "tocsr"))
    assert [list(map(int, row)) for row in dense(found)] == ROWS


def test_what_is_masked_in_a_matrix_is_unknown():
    (first, second) = dense(batches(np.ma.array([[1, 0], [0, 1]], mask=[[0, 1], [0, 0]])))
    assert first[0] == 1
    assert np.isnan(first[1])
    assert second == [0, 1]


def test_objects_that_are_examined_are_not_changed():
    matrix = sparse.csr_matrix(([1, 0, 1], [0, 1, 1], [0, 2, 3]), shape=(2, 2))
    for block in batches(matrix).blocks():
        block.eliminate_zeros()
        block.data[:] = 7
    assert (matrix.nnz, matrix.data.tolist()) == (3, [1, 0, 1])


def test_texts_and_paths_name_files_and_lists_of_text_are_labels():
    assert as_paths("labels.csv") == Paths(["labels.csv"])
    assert as_paths(Path("a.csv")) == Paths(["a.csv"])
    assert as_paths([Path("a.csv"), Path("b.csv")]) == Paths(["a.csv", "b.csv"])
    assert as_paths(Paths(["-"])) == Paths(["-"])
    for x in (["a.csv", "b.csv"], [], (), np.array(["a"]), None, {"a": 1}):
        assert as_paths(x) is None


SCALARS = st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]), max_size=3)


@settings(max_examples=50, deadline=None)
@given(st.lists(SCALARS))
def test_every_list_of_scalars_keeps_its_values(values: list):
    def text(value: Any) -> str | None:
        return value if value is None or isinstance(value, str) else str(value).lower()

    assert [text(cell) for cell in cells(batches(values))] == [text(value) for value in values]
