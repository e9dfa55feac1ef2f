"""Rows of a workbook, or a data frame of pandas, as a table of exact cells."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..batches import Table
from ..errors import InputError
from . import _objects, _values
from ._header import HEADER_NAMES
from ._source import Options


def table(rows: list[list[Any]], options: Options, name: str) -> Table:
    """A table of the rows of a sheet, the first of which may name the columns.

    Blank rows at the end and blank columns are left out. Raises InputError when two columns share a name.
    """
    rows = rows[: next((n for n in range(len(rows), 0, -1) if any(map(_filled, rows[n - 1]))), 0)]
    if not rows:
        raise InputError(f"{name} is empty", "name the sheet that holds the labels with --sheet NAME")
    width = max(map(len, rows))
    rows = [[*row, *([None] * (width - len(row)))] for row in rows]
    kept = [i for i in range(width) if any(_filled(row[i]) for row in rows)]
    header = _header([[row[i] for i in kept] for row in rows]) if options.header is None else options.header
    names = [str(i + 1) for i in range(len(kept))]
    if header:
        names = [_name(rows[0][i]) or str(at + 1) for at, i in enumerate(kept)]
        twice = [n for n, k in Counter(names).items() if k > 1]
        if twice:
            raise InputError(
                f"{name} has two columns named {twice[0]!r}",
                "rename one, or use --no-header and name the column by number",
            )
    body = rows[1:] if header else rows
    return made(names, [[_cell(row[i]) for row in body] for i in kept], header)


def made(names: list[str], columns: list[list[Any]], header: bool | None = True) -> Table:
    """A table of columns in memory, their types and text as in the Python API."""
    return replace(_objects._columns(names, columns), header=header)


def labelled(
    names: list[str], columns: list[list[Any]], value_labels: Mapping[str, Mapping[Any, str]], notes: list[str]
) -> Table:
    """A table of columns some of which have labels by value: a cell becomes its label, the classes are all labels.

    Where a value has no label, or two have the same, the values stay as they are, and a note says so.
    """
    declared: dict[str, tuple[str, ...]] = {}
    for i, name in enumerate(names):
        columns[i] = [_cell(_values.plain(value)) for value in columns[i]]
        labels = {_cell(_values.plain(code)): label for code, label in value_labels.get(name, {}).items()}
        bare = {value for value in columns[i] if value is not None} - labels.keys()
        if not labels:
            continue
        if bare or len(set(labels.values())) < len(labels):
            why = f"{_text(bare)} has no label" if bare else "two values have the same label"
            notes.append(f"{name}: its value labels are not used, {why}")
            continue
        declared[name] = tuple(labels[code] for code in sorted(labels, key=_order))
        columns[i] = [None if value is None else labels[value] for value in columns[i]]
    found = made(names, columns)
    known = tuple(
        replace(c, type="text", declared=declared[c.name]) if c.name in declared else c for c in found.columns
    )
    return replace(found, columns=known)


def _text(values: set[Any]) -> str:
    return str(min(values, key=_order))


def _order(value: Any) -> tuple[bool, Any]:
    return isinstance(value, str), value


def _header(rows: list[list[Any]]) -> bool | None:
    """Whether the first row names columns; None when it can be read either way."""
    first, below = rows[0], rows[1:]
    index = len(first) > 1 and not _filled(first[0])  # a blank first cell is how a data frame names its index
    named = first[1:] if index else first
    if not all(isinstance(cell, str) and cell.strip() for cell in named) or len(set(named)) < len(named):
        return False
    if not below:
        return None
    for i, cell in enumerate(first):
        column = [row[i] for row in below if _filled(row[i])]
        if column and not any(isinstance(value, str) for value in column):
            return True  # a word above numbers
        if cell in column:
            return False  # the first row recurs below
    return True if any(cell.strip().lower() in HEADER_NAMES for cell in named) else None


def _filled(value: Any) -> bool:
    return value is not None and value != ""


def _name(value: Any) -> str:
    cell = _cell(value)
    return "" if cell is None else str(cell)


def _cell(value: Any) -> Any:
    """A cell as a Python value; dates and times as ISO text, a whole float as an integer, an empty text as nothing."""
    if value is None or value == "":
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, (str, bool, int, float)):
        return value
    return str(value)
