import datetime
from collections import Counter, OrderedDict
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy import sparse

from imbalance_doctor.batches import HEAD_ROWS, Table
from imbalance_doctor.errors import InputError, RefusedError
from imbalance_doctor.readers import _objects
from imbalance_doctor.readers._objects import batches
from tests.readers.reading import names, rows
from tests.readers.tensor import Tensor

NAN = float("nan")


def test_frames_are_tables_of_their_columns():
    data = {"id": [1, 2], "label": ["a", None], "tags": [["x"], []]}
    for frame in (pl.DataFrame(data), pl.LazyFrame(data), pd.DataFrame(data)):
        found = batches(frame)
        assert isinstance(found, Table)
        assert [(c.name, c.type) for c in found.columns] == [("id", "integer"), ("label", "text"), ("tags", "list")]
        assert rows(found) == [(1, "a", ["x"]), (2, None, [])]


def test_a_column_that_can_be_no_label_does_not_stop_the_others():
    times = [datetime.timedelta(1), datetime.timedelta(2)]
    for frame in (
        pd.DataFrame(
            {"t": pd.to_timedelta([1, 2]), "d": [{"a": 1}, {}], "x": [Decimal(1), Decimal(2)], "label": ["a", "b"]}
        ),
        pl.DataFrame(
            {
                "t": times,
                "d": [{"a": 1}, {"a": 2}],
                "x": pl.Series([object()] * 2, dtype=pl.Object),
                "label": ["a", "b"],
            }
        ),
        pl.LazyFrame({"t": times, "d": [{"a": 1}, {"a": 2}], "x": [b"a", b"b"], "label": ["a", "b"]}),
    ):
        found = batches(frame)
        assert isinstance(found, Table)
        assert [c.type for c in found.columns] == ["nested", "nested", "nested", "text"]
        assert (found.head.columns, rows(found)) == (["label"], [("a",), ("b",)])


def test_column_names_are_text_and_unique():
    assert names(batches(pd.DataFrame({0: ["a"], ("x", 1): ["b"]}))) == ["0", "('x', 1)"]
    for columns in (["x", "x"], [1, "1"]):
        with pytest.raises(InputError, match="two columns named"):
            batches(pd.DataFrame([["a", "b"]], columns=columns))


def test_fields_of_a_structured_array_are_columns():
    found = batches(np.array([(1, "a"), (2, "b")], [("id", "i4"), ("label", "U1")]))
    assert (names(found), rows(found)) == (["id", "label"], [(1, "a"), (2, "b")])


def test_a_frame_is_streamed_in_slices_and_shows_its_head(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(_objects, "BLOCK_ROWS", 1)
    n = HEAD_ROWS + 5
    found = batches(pl.DataFrame({"a": range(n), "b": range(n)}))
    assert isinstance(found, Table)
    assert found.head.height == HEAD_ROWS
    slices = list(found.stream(["b"]))
    assert len(slices) > 1
    assert [cell for frame in slices for cell in frame["b"]] == list(range(n))


COUNTS: list[tuple[Any, list]] = [
    ({"a": 3, "b": 0}, [("a", "3"), ("b", "0")]),
    (Counter("aab"), [("a", "2"), ("b", "1")]),
    (OrderedDict(b=1, a=2), [("b", "1"), ("a", "2")]),
    ({2: np.int64(5), True: 1.0, "01": 2**70}, [("2", "5"), ("true", "1"), ("01", str(2**70))]),
    (pd.Series(list("aab")).value_counts(), [("a", "2"), ("b", "1")]),
    (pd.Series([7, 7, 8]).value_counts(), [("7", "2"), ("8", "1")]),
    ({}, []),
]


@pytest.mark.parametrize(("x", "expected"), COUNTS)
def test_a_mapping_holds_counts_and_so_does_what_value_counts_returns(x: Any, expected: list):
    found = batches(x)
    assert isinstance(found, Table)
    assert (found.counts, rows(found)) == (True, expected)


@pytest.mark.parametrize(
    "x", [{"a": NAN}, {None: 3}, {("a", "b"): 3}, {"a": [1], "b": 2}, {"a": [1], "b": []}, {"a": {}}]
)
def test_a_mapping_of_other_things_is_refused(x: dict):
    with pytest.raises(InputError, match="is not a class and its count"):
        batches(x)


def test_a_mapping_of_columns_is_a_table():
    found = batches({"id": np.array([1, 2]), "label": ["a", None]})
    assert isinstance(found, Table)
    assert (found.counts, names(found), rows(found)) == (False, ["id", "label"], [(1, "a"), (2, None)])


REFUSED: list[tuple[Any, str]] = [
    (None, "NoneType"), (3, "int"), (b"abc", "bytes"), ({"a", "b"}, "set"), (object(), "object"),
    (np.array(3), "shape ()"), (np.zeros((2, 2, 2)), "shape (2, 2, 2)"), (np.array(["2020"], "M8[D]"), "datetime64"),
    (np.array([1j]), "complex"), (np.array([[1, None]], object), "object"), (np.zeros((3, 0)), "no columns"),
    ([{"label": "a"}], "a value of type dict"), ([datetime.date(2020, 1, 1)], "a value of type date"),
    ([Decimal(1)], "a value of type Decimal"), ([[["a"]]], "a value of type list"),
    ([object()], "a value of type object"),
    (["\ud800"], "half a surrogate pair"), ([["\ud800"]], "half a surrogate pair"), ([b"\xe9"], "not UTF-8"),
    (np.ma.array([["a", "b"]], mask=[[0, 1]]), "an array of type object"),
    (np.array(["\ud800"]), "not Unicode"), (np.array([b"\xe9"]), "not Unicode"), (iter("ab"), "an iterator"),
    ((c for c in "ab"), "an iterator"), (sparse.coo_array(np.array([1, 0])), "a sparse array of shape (2,)"),
    (Tensor([1], TypeError("can't convert cuda:0 device type tensor to numpy")), "cuda:0"),
    (Tensor([1], RuntimeError("Can't call numpy() on Tensor that requires grad")), "requires grad"),
]  # fmt: skip


@pytest.mark.parametrize(("x", "said"), REFUSED, ids=lambda v: v if isinstance(v, str) else type(v).__name__)
def test_what_can_be_no_labels_is_refused_with_what_it_is(x: Any, said: str):
    with pytest.raises(InputError) as caught:
        batches(x)
    assert said in caught.value.message
    assert caught.value.hint


def test_a_matrix_on_its_side_is_refused():
    with pytest.raises(RefusedError, match="more than 1,000,000 classes") as caught:
        batches(sparse.csr_matrix((2, 1_000_001)))
    assert "transpose" in caught.value.hint
