"""Labels already in memory, for the Python API: arrays, Series, data frames, lists, lists of lists, sparse matrices."""

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..batches import HEAD_ROWS, Batches, Column, Matrix, Table
from ..errors import InputError
from . import npy
from ._choose import Paths
from .parquet import cell_type

if TYPE_CHECKING:
    import polars as pl

BLOCK_ROWS = 100_000


def as_paths(inputs: Any) -> Paths | None:
    """The paths behind `inputs`, None when it holds the labels themselves.

    A str is a path, a list of str is a list of labels; several files are pathlib.Path objects or a glob.
    """
    if isinstance(inputs, Paths):
        return inputs
    if isinstance(inputs, (str, os.PathLike)):
        return Paths([str(inputs)])
    if isinstance(inputs, (list, tuple)) and inputs and all(isinstance(i, os.PathLike) for i in inputs):
        return Paths(str(i) for i in inputs)
    return None


def batches(x: Any) -> Batches:
    """The batches of an object in memory. Raises InputError for what cannot be labels."""
    import numpy as np
    import polars as pl

    if hasattr(x, "tocsr"):
        return _matrix(x.tocsr(), sparse=True)
    if isinstance(x, Mapping):
        return _counts(x)
    if isinstance(x, pl.LazyFrame):
        x = x.collect()
    if isinstance(x, pl.DataFrame):
        return _table(x)
    if isinstance(x, pl.Series):
        return _table(pl.DataFrame({x.name or "value": x}))
    if type(x).__module__.split(".")[0] == "pandas":
        columns = {str(x.name or "value"): x} if x.ndim == 1 else {str(c): x[c] for c in x.columns}
        return _table(pl.DataFrame({name: _series(name, column.tolist()) for name, column in columns.items()}))
    if isinstance(x, (list, tuple)) and not _rows_of_indicators(x):
        return _table(pl.DataFrame({"value": _series("value", list(x))}))
    array = np.asarray(x)
    if array.dtype.kind == "O" and array.ndim == 1:
        return _table(pl.DataFrame({"value": _series("value", array.tolist())}))
    if array.dtype.kind not in "biufUS" or array.ndim not in (1, 2):
        raise InputError(
            f"an array of type {array.dtype} and shape {array.shape}",
            "labels are a vector of integers or text, or a samples x classes matrix of 0 and 1",
        )
    if array.ndim == 2 and array.shape[1] > 1:
        return _matrix(array, sparse=False)
    return _table(npy.frame(array, array.dtype))


def _table(frame: "pl.DataFrame", *, counts: bool = False) -> Table:
    def cells(names: Sequence[str]) -> Iterator["pl.DataFrame"]:
        yield from frame.select(names).iter_slices(10 * BLOCK_ROWS)

    columns = tuple(Column(name, cell_type(dtype)) for name, dtype in frame.schema.items())
    return Table(columns, frame.head(HEAD_ROWS), cells, header=False, typed=True, counts=counts)


def _matrix(x: Any, *, sparse: bool) -> Matrix:
    n, k = x.shape
    return Matrix((n, k), lambda: (x[i : i + BLOCK_ROWS] for i in range(0, n, BLOCK_ROWS)), sparse=sparse)


def _counts(x: Mapping[Any, Any]) -> Table:
    import polars as pl

    data = {"class": [_text(k) for k in x], "count": [_text(v) for v in x.values()]}
    return _table(pl.DataFrame(data, schema={"class": pl.String, "count": pl.String}), counts=True)


def _rows_of_indicators(x: Sequence[Any]) -> bool:
    """Rows of 0 and 1 of one length above one are a matrix, not lists of labels."""
    rows = bool(x) and all(isinstance(row, (list, tuple)) and len(row) == len(x[0]) > 1 for row in x)
    return rows and all(value in (0, 1) for row in x for value in row)


def _series(name: str, values: list[Any]) -> "pl.Series":
    """Python values as one column of integers, floats, booleans or text, or of lists of text."""
    import polars as pl

    values = [_plain(value) for value in values]
    present = [value for value in values if value is not None]
    if any(isinstance(value, list) for value in present):
        rows = [None if v is None else [_text(i) for i in (v if isinstance(v, list) else [v])] for v in values]
        return pl.Series(name, rows, pl.List(pl.String))
    for kind, dtype in ((bool, pl.Boolean), (int, None), (float, pl.Float64)):
        if present and all(type(value) is kind for value in present):
            return pl.Series(name, values, dtype)
    return pl.Series(name, [None if v is None else _text(v) for v in values], pl.String)


def _plain(value: Any) -> Any:
    """Without numpy's and pandas' own types: None for NaN, NA and NaT, a list for any collection."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, (list, tuple, set, frozenset)) or getattr(value, "ndim", False):
        items = value.tolist() if hasattr(value, "tolist") else value
        return sorted(items, key=str) if isinstance(value, (set, frozenset)) else list(items)
    value = value.item() if hasattr(value, "item") else value
    return None if value != value else value


def _text(value: Any) -> str:
    value = _plain(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (str, int, float)):
        return str(value)
    raise InputError(f"a label of type {type(value).__name__} is not a class name", "give text or numbers")
