"""Labels already in memory, for the Python API: arrays, Series, data frames, lists, lists of lists, sparse matrices."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..batches import HEAD_ROWS, Batches, Column, Matrix, Table
from ..errors import InputError
from . import _numpy, _values
from ._choose import Paths
from ._typed import cell_type, flat

if TYPE_CHECKING:
    import polars as pl

BLOCK_ROWS = 100_000
NAME = "the data"


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
    import polars as pl

    if hasattr(x, "tocsr"):
        return _sparse(x)
    if isinstance(x, Mapping):
        return _mapping(x)
    if isinstance(x, pl.LazyFrame):
        return _lazy(x)
    if isinstance(x, pl.DataFrame):
        return _table(x)
    if isinstance(x, pl.Series):
        return _table(x.alias(x.name or "value").to_frame())
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(x, pandas.DataFrame):
        return _pandas_frame(x)
    if pandas is not None and isinstance(x, (pandas.Series, pandas.Index)):
        return _pandas_series(x)
    if isinstance(x, Iterator):
        raise InputError("the labels are an iterator, which can be gone through only once", "give list(labels)")
    if hasattr(x, "__array__") or not isinstance(x, Iterable) or isinstance(x, (str, bytes, set, frozenset)):
        return _array(x)
    return _list(list(x))


def _list(values: list[Any]) -> Batches:
    import numpy as np

    if _values.rows_of_indicators(values):
        return _matrix(np.array(values))
    return _column("value", values)


def _array(x: Any) -> Batches:
    import numpy as np

    if isinstance(x, np.ma.MaskedArray):
        if x.ndim == 1:
            return _column("value", x.tolist())
        x = np.ma.filled(x.astype(float) if x.dtype.kind in "biuf" else x.astype(object), np.nan)  # unknown
    try:
        array = np.asarray(x)
    except Exception as error:  # a tensor on another device, or one that needs a gradient
        raise InputError(
            f"the labels cannot be made an array: {error}", "for a tensor: labels.detach().cpu().numpy()"
        ) from None
    if array.dtype.kind == "O" and array.ndim == 1:
        return _column("value", array.tolist())
    kinds = {array.dtype[n].kind for n in array.dtype.names} if array.dtype.names else {array.dtype.kind}
    if not kinds <= set("biufUS") or array.ndim not in ((1,) if array.dtype.names else (1, 2)):
        raise InputError(
            f"the labels are {type(x).__name__}: an array of type {array.dtype} and shape {array.shape}",
            "labels are a vector of integers or text, a list of lists, or a samples x classes matrix of 0 and 1",
        )
    if array.ndim == 2 and array.shape[1] != 1:
        return _matrix(array)
    columns = _numpy.columns(array.dtype)
    return _table(_numpy.frame(array, NAME), columns=columns)


def _matrix(x: Any) -> Matrix:
    n, k = x.shape
    return Matrix((n, k), lambda: (x[i : i + BLOCK_ROWS] for i in range(0, n, BLOCK_ROWS)))


def _sparse(x: Any) -> Matrix:
    if len(x.shape) != 2:
        raise InputError(f"a sparse array of shape {x.shape}", "labels are a samples x classes matrix of 0 and 1")
    x = x.tocsr()
    n, k = x.shape
    return Matrix((n, k), lambda: (x[i : i + BLOCK_ROWS].copy() for i in range(0, n, BLOCK_ROWS)), sparse=True)


def _column(name: str, values: Any) -> Table:
    series = _series(name, values)
    if series is None:
        raise InputError(
            f"{NAME} holds {_values.unlike_labels(values)}, which is no class name", "give text or numbers"
        )
    return _table(series.to_frame())


def _pandas_series(x: Any) -> Table:
    """A pandas Series or Index; what `value_counts` returns are counts of classes."""
    if x.name == "count" and hasattr(x, "index") and type(x.index).__name__ != "RangeIndex":
        return _counts(x.index.tolist(), x.tolist())
    return _column(str(x.name or "value"), _plain(x))


def _pandas_frame(x: Any) -> Table:
    return _columns([str(name) for name in x.columns], [_plain(x.iloc[:, i]) for i in range(x.shape[1])])


def _plain(x: Any) -> Any:
    """A pandas column as the numpy array of numbers that it holds, or as a list of Python values."""
    import numpy as np

    return x.to_numpy() if isinstance(x.dtype, np.dtype) and x.dtype.kind in "biuf" else x.tolist()


def _series(name: str, values: Any) -> "pl.Series | None":
    return _values.series(name, values) if isinstance(values, list) else _numpy.series(name, values)


def _columns(names: list[str], columns: list[Any]) -> Table:
    """A table of columns by name. Raises InputError when two share a name."""
    import polars as pl

    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InputError(f"{NAME} has two columns named {twice!r}", "rename one")
    made = {name: _series(name, values) for name, values in zip(names, columns, strict=True)}
    frame = pl.DataFrame({name: series for name, series in made.items() if series is not None})
    known = tuple(Column(n, "nested" if s is None else cell_type(s.dtype)) for n, s in made.items())
    return _table(frame, columns=known)


def _mapping(x: Mapping[Any, Any]) -> Table:
    """Counts by class, or columns of one length by name."""
    values = [_values.plain(value) for value in x.values()]
    if values and all(isinstance(value, list) for value in values) and len(set(map(len, values))) == 1:
        return _columns([str(name) for name in x], values)
    return _counts(list(x), values)


def _counts(classes: list[Any], counts: list[Any]) -> Table:
    import polars as pl

    rows = []
    for name, count in zip(classes, counts, strict=True):
        try:
            rows.append((_values.text(name), _values.text(count)))
        except _values.NotALabelError:
            rows.append((None, None))
        if None in rows[-1]:
            raise InputError(
                f"{name!r}: {count!r} is not a class and its count", "give a name or number, and an integer"
            )
    frame = pl.DataFrame(rows, schema={"class": pl.String, "count": pl.String}, orient="row")
    return _table(frame, counts=True)


def _lazy(x: "pl.LazyFrame") -> Table:
    columns = tuple(Column(name, cell_type(dtype)) for name, dtype in x.collect_schema().items())

    def cells(names: Sequence[str]) -> Iterator["pl.DataFrame"]:
        yield from x.select(names).collect_batches(maintain_order=True)

    return Table(columns, x.select(flat(columns)).head(HEAD_ROWS).collect(), cells, typed=True)


def _table(frame: "pl.DataFrame", *, columns: tuple[Column, ...] | None = None, counts: bool = False) -> Table:
    if columns is None:
        columns = tuple(Column(name, cell_type(dtype)) for name, dtype in frame.schema.items())

    def cells(names: Sequence[str]) -> Iterator["pl.DataFrame"]:
        yield from frame.select(names).iter_slices(10 * BLOCK_ROWS)

    return Table(columns, frame.select(flat(columns)).head(HEAD_ROWS), cells, typed=True, counts=counts)
