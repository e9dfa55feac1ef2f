"""Blocks of regular ARFF rows split by patterns instead of line by line: dense, quoted or sparse rows without escapes.

Each function returns one column of text per wanted attribute, missing values as null, or None for rows that have to be
looked at one by one; then nothing is known about them.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ._arff_header import Attribute

if TYPE_CHECKING:
    import polars as pl

MANY = 16
"""Wanted attributes of sparse rows beyond which a search for each costs more than to read every row."""
_CELL = r"""[ \t]*(?:'[^']*'[ \t]*|"[^"]*"[ \t]*|[^,'"{} \t][^,'"{}]*)"""
_CELLS = rf"^{_CELL}(?:,{_CELL})*$"
_PIECE = r"""[ \t]*'[^']*'[ \t]*|[ \t]*"[^"]*"[ \t]*|[^,'"]+"""
_ENTRY = r"""[ \t]*[0-9]{1,9}[ \t]+(?:'[^',{}]*'|"[^",{}]*"|[^,'"{} \t][^,'"{}]*)[ \t]*"""
_ENTRIES = rf"^\{{(?:{_ENTRY}(?:,{_ENTRY})*|[ \t]*)\}}$"


def dense(text: "pl.Series", n: int, wanted: Sequence[int]) -> "list[pl.Series] | None":
    """The wanted columns of rows of n values that stand apart by commas."""
    if not text.str.contains("['\"]").any():
        if not (text.str.count_matches(",", literal=True) == n - 1).all() or text.str.contains("[{}]").any():
            return None
        fields = text.str.split_exact(",", n - 1).struct.unnest()
        columns = [fields.to_series(i) for i in wanted]
    else:
        if not text.str.contains(_CELLS).all() or text.str.contains("\\", literal=True).any():
            return None
        pieces = text.str.extract_all(_PIECE)
        if not (pieces.list.len() == n).all():
            return None
        columns = [pieces.list.get(i) for i in wanted]
    cells = [column.str.strip_chars(" \t") for column in columns]
    spaced = n == 1 and cells[0].str.contains(r"^[^'\"].*[ \t]").any()  # without a comma, spaces part the values
    return None if spaced or any((column == "").any() for column in cells) else [_unquoted(c) for c in cells]


def sparse(text: "pl.Series", n: int, wanted: Sequence[int], chosen: Sequence[Attribute]) -> "list[pl.Series] | None":
    """The wanted columns of rows `{index value, …}` whose values hold no comma; what a row leaves out is 0."""
    import polars as pl

    regular = len(wanted) <= MANY and text.str.contains(_ENTRIES).all()
    if (
        not regular
        or text.str.contains("\\", literal=True).any()
        or not all(a.values or a.kind == "numeric" for a in chosen)
    ):
        return None  # of others no row may leave out the value
    indexes = text.str.extract_all(r"[{,][ \t]*[0-9]+").explode().str.extract(r"([0-9]+)").cast(pl.Int64).drop_nulls()
    if indexes.len() and indexes.max() >= n:  # type: ignore[operator]
        return None
    columns = []
    for i, attribute in zip(wanted, chosen, strict=True):
        if (text.str.count_matches(rf"[{{,][ \t]*0*{i}[ \t]") > 1).any():
            return None
        found = text.str.extract(rf"[{{,][ \t]*0*{i}[ \t]+('[^']*'|\"[^\"]*\"|[^,'\"{{}}]+)")
        left_out = found.is_null()
        absent = attribute.values[0] if attribute.values else "0"
        cells = _unquoted(found.str.strip_chars(" \t"))
        columns.append(cells.zip_with(~left_out, pl.Series([absent]).new_from_index(0, len(cells))))
    return columns


def _unquoted(cells: "pl.Series") -> "pl.Series":
    """Cells without their quotes, null for a bare `?`."""
    quoted = cells.str.contains("^['\"]").fill_null(False)
    bare = cells.replace({"?": None})
    return cells.str.slice(1, cells.str.len_chars() - 2).zip_with(quoted, bare) if quoted.any() else bare
