"""From cells to numbers: score columns, list cells and list literals as float arrays, in the precision they came in.

A blank cell is NaN, a bad score that the tally counts apart; a cell that is no number stops the reading with its row.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError

if TYPE_CHECKING:
    import polars as pl

LITERAL_LIST = r"^\s*[\[(]?\s*[-+]?(\d|\.\d|nan|inf)[-+0-9.eEnaif\s,;|]*[\])]?\s*$"
"""A text cell that is a list of numbers: `[0.1, 0.9]`, `0.1 0.9`, `0.1;0.9`."""
BLANKS = ("", "na", "n/a", "nan", "null", "none")
"""Texts of a cell without a score."""
_BETWEEN = r"[\s,;|]+"
_MARKS = "[]() \t\r\n"


def matrix(frame: "pl.DataFrame", columns: Sequence[str], start: int) -> NDArray[Any]:
    """The columns as an array (rows, columns): float32 where every column is, else float64.

    Raises InputError, with the row, for a cell that is neither a number nor blank.
    """
    import polars as pl

    series = [numbers(frame[name], start) for name in columns]
    narrow = all(s.dtype == pl.Float32 for s in series)
    out = np.empty((frame.height, len(columns)), dtype=np.float32 if narrow else np.float64)
    for j, one in enumerate(series):
        out[:, j] = one.to_numpy()
    return out


def numbers(series: "pl.Series", start: int = 0) -> "pl.Series":
    """The cells as floats, null where blank or one of BLANKS. Raises InputError for a cell that is no number."""
    values = lenient(series)
    if values is series or not _is_text(series):
        return values
    bad = values.is_null() & ~_blank(series)
    if bad.any():
        at = int(bad.arg_max() or 0)
        raise InputError(
            f"row {start + at + 1:,} of column {series.name!r} holds {series[at]!r}, which is no number",
            "mend the cell, or name the columns of scores with --scores, for example --scores 'prob_*'",
        )
    return values


def lenient(series: "pl.Series") -> "pl.Series":
    """The cells as floats, null where they are no numbers."""
    import polars as pl

    if series.dtype in (pl.Float32, pl.Float64):
        return series
    return (series.str.strip_chars() if _is_text(series) else series).cast(pl.Float64, strict=False)


def _is_text(series: "pl.Series") -> bool:
    import polars as pl

    return series.dtype == pl.String


def _blank(text: "pl.Series") -> "pl.Series":
    return text.is_null() | text.str.strip_chars().str.to_lowercase().is_in(BLANKS)


def is_numeric(series: "pl.Series") -> bool:
    """Whether the cells are numbers; of text at least half of those that are not blank."""
    if series.dtype.is_numeric():
        return True
    if not _is_text(series):
        return False
    given = series.filter(~_blank(series))
    return given.len() > 0 and 2 * lenient(given).is_not_null().sum() >= given.len()


def is_list(series: "pl.Series") -> bool:
    """Whether the cells are lists of two or more numbers: native ones, or written as text."""
    import polars as pl

    if isinstance(series.dtype, (pl.List, pl.Array)):
        inner = as_lists(series).drop_nulls().head(1000)
        return inner.len() > 0 and is_numeric(inner.explode())
    if series.dtype != pl.String:
        return False
    text = series.drop_nulls().head(1000)
    text = text.filter(text.str.strip_chars() != "")
    if not text.len() or not text.str.contains(LITERAL_LIST).all():
        return False
    return bool((_split(text).list.len() > 1).all())


def as_lists(series: "pl.Series") -> "pl.Series":
    """Array cells as list cells, lists written as text as lists of text, blank text as null."""
    import polars as pl

    if isinstance(series.dtype, pl.Array):
        return series.arr.to_list()
    return series if series.dtype != pl.String else _split(series)


def _split(text: "pl.Series") -> "pl.Series":
    inside = text.str.strip_chars(_MARKS).str.replace_all(_BETWEEN, " ")
    return inside.set(inside == "", None).str.split(" ")


def lists(series: "pl.Series", width: int, start: int) -> NDArray[Any]:
    """List cells as an array (rows, width), a row of NaN where the cell is blank.

    Raises InputError, with the row, for a list of another length, or one that holds something else than numbers.
    """
    import polars as pl

    cells = as_lists(series)
    lengths = cells.list.len()
    bad = (lengths != width).fill_null(False)
    if bad.any():
        at = int(bad.arg_max() or 0)
        raise InputError(
            f"row {start + at + 1:,} of column {series.name!r} holds {lengths[at]:,} scores, the first row {width:,}",
            "every row needs one score per class",
        )
    filled = cells.drop_nulls()
    present = cells.is_not_null().to_numpy()
    values = numbers(filled.explode().alias(series.name), start) if filled.len() else pl.Series([], dtype=pl.Float64)
    out = np.full((series.len(), width), np.nan, dtype=np.float32 if values.dtype == pl.Float32 else np.float64)
    out[present] = values.to_numpy().reshape(-1, width)
    return out
