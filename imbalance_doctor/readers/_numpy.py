"""Numpy vectors as polars columns: exact integers, NaN as missing, text that is Unicode or refused."""

import sys
from typing import TYPE_CHECKING, Any

import numpy as np

from ..batches import CellType, Column
from ..errors import InputError

if TYPE_CHECKING:
    import polars as pl


def columns(dtype: np.dtype[Any]) -> tuple[Column, ...]:
    """The column "value" of a vector, a column per field of a structured one."""
    kinds: dict[str, CellType] = {"b": "boolean", "i": "integer", "u": "integer", "f": "float"}
    fields = [(n, dtype[n]) for n in dtype.names] if dtype.names else [("value", dtype)]
    return tuple(Column(n, kinds.get(d.kind, "text")) for n, d in fields)


def frame(chunk: np.ndarray[Any, Any], name: str) -> "pl.DataFrame":
    """The rows of a vector as the columns of its type. Raises InputError for text that is not Unicode."""
    import polars as pl

    try:
        if chunk.dtype.names:
            return pl.DataFrame({n: series(n, chunk[n]) for n in chunk.dtype.names})
        return pl.DataFrame({"value": series("value", chunk.reshape(-1))})
    except (UnicodeError, ValueError) as error:
        raise InputError(
            f"{name} holds text that is not Unicode: {error}", "save the labels as str, not bytes"
        ) from None


def series(name: str, values: np.ndarray[Any, Any]) -> "pl.Series":
    """A vector as one column, NaN as null. Raises ValueError for text that is not Unicode."""
    import polars as pl

    if values.dtype.kind == "S":
        return pl.Series(name, [v.decode() for v in values.tolist()], pl.String)
    if values.dtype.kind == "U":
        codes = np.ascontiguousarray(values, values.dtype.newbyteorder("=")).view(np.uint32)
        if codes.max(initial=0) > sys.maxunicode:  # numpy would make a str of it all the same
            raise ValueError("it has a code point above U+10FFFF")
        return pl.Series(name, values.tolist(), pl.String)
    if values.dtype.kind == "f":
        return pl.Series(name, values.astype(np.float64), nan_to_null=True)
    return pl.Series(name, np.ascontiguousarray(values))
