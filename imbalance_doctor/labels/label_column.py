"""The layouts that read one label column: one label in a cell, several, a vector of 0 and 1, or a row per pair."""

from collections.abc import Sequence
from typing import Any

from ..batches import Column, Table
from ..errors import InputError
from ..model import Layout
from . import columns, separators
from .class_columns import indicator_counting, without_ignored
from .counting.column import ColumnCounting
from .counting.delimited import DelimitedCounting, literal_items
from .counting.long import LongCounting
from .counting.names import Names, naming
from .counting.vectors import VectorCounting
from .reading import Reading, Wishes


def cells(table: Table, column: Column, wishes: Wishes, kind: str, why: str) -> Reading:
    """One label in a cell, several, or a vector of 0 and 1. `kind`: the layout, "" to find out; `why`: this column.

    Raises InputError when the cells can be read in two ways, or not as `kind`.
    """
    text = columns.as_text(table.head[column.name].drop_nulls()) if column.type != "list" else None
    cells = [] if text is None else [c for c in text.unique(maintain_order=True) if c not in ("", *wishes.missing)]
    separator, reason = wishes.separator, "as asked"
    if text is None:
        separator, reason = None, "cells are lists"
        if kind == "column" or wishes.separator is not None:
            flag = "--separator" if wishes.separator is not None else "--layout"
            raise InputError(f"the cells of {column.name!r} are lists", f"leave {flag} out, or use --layout delimited")
    elif separator is None and kind != "column" and column.type == "text":
        separator, reason = separators.find(cells, columns.words(column.name))
        if separator is None and kind == "delimited":
            raise InputError(f"no separator recurs in the cells of {column.name!r}", "name it with --separator")
    if text is None or separator == separators.LITERAL:
        rows = table.head[column.name].drop_nulls().to_list() if text is None else [literal_items(c) for c in cells]
        width = _vector_width(rows, kind, column)
        if width:
            return _vectors(column, width, wishes, f"{why}; each cell is a vector of {width:,} zeros and ones")
    if kind == "indicator":
        raise InputError(f"the cells of {column.name!r} hold no vectors of 0 and 1", "leave --layout or --label out")
    if text is None or separator is not None:
        items = sorted(_items(table, column, cells, separator))
        return _delimited(column, wishes, separator, items, table.typed, why if reason == why else f"{why}; {reason}")
    names = _names(column, wishes, cells, empty_is_missing=True)
    typed: Any = column.type if column.class_names is None and wishes.classes is None else "text"
    layout = Layout("column", column.name, why, notes=_missing_index(column))
    return Reading(layout, ColumnCounting(column.name, names), (column.name,), names.declared, typed)


def _items(table: Table, column: Column, cells: list[str], separator: str | None) -> set[str]:
    """The distinct labels of the head."""
    if separator is None:
        items = columns.as_text(table.head[column.name].explode().drop_nulls()).unique().to_list()
    elif separator == separators.LITERAL:
        items = [item for cell in cells for item in literal_items(cell) if item is not None]
    else:
        items = [item.strip() for cell in cells for item in cell.split(separator)]
    return set(items) - {""}


def _vector_width(rows: Sequence[Sequence[Any] | None], kind: str, column: Column) -> int:
    """The common length of cells that are vectors of 0 and 1, or 0. Raises InputError where they can be labels too."""
    if kind == "delimited" or not rows or not rows[0]:
        return 0
    width = len(rows[0])
    of_one_width = width > 1 and all(row is not None and len(row) == width for row in rows)
    spelt = {str(value) for row in rows for value in row or ()}
    one_spelling = len(spelt & {*columns.ONE}) <= 1 and len(spelt & {*columns.ZERO}) <= 1
    if not of_one_width or not one_spelling or not spelt <= {*columns.ONE, *columns.ZERO}:
        return 0
    if kind != "indicator" and width == 2 and all(len(set(row or ())) == 2 for row in rows):
        raise InputError(
            f"cells of {column.name!r} such as {list(rows[0])} can be two labels, or a vector of 0 and 1",
            "say which with --layout delimited or --layout indicator",
        )
    return width


def _vectors(column: Column, width: int, wishes: Wishes, reason: str) -> Reading:
    names = wishes.classes or column.class_names or tuple(map(str, range(width)))
    indicator = indicator_counting(names, width, wishes)
    layout = Layout("indicator", column.name, reason)
    classes = without_ignored(names, wishes)
    return Reading(layout, VectorCounting(column.name, indicator), (column.name,), classes, "integer", multiple=True)


def _names(column: Column | None, wishes: Wishes, cells: Sequence[str], *, empty_is_missing: bool) -> Names:
    missing = (*wishes.missing, "") if empty_is_missing else wishes.missing
    file_names = None if column is None else column.class_names
    declared = None if column is None else column.declared
    return naming(
        file_names,
        wishes.classes,
        cells,
        missing=missing,
        ignored=wishes.ignore,
        declared=declared,
        merge=wishes.merge,
    )


def _missing_index(column: Column) -> tuple[str, ...]:
    return () if column.class_names is None else ("the file names the classes; -1 is missing",)


def _delimited(
    column: Column, wishes: Wishes, separator: str | None, items: list[str], typed: bool, reason: str
) -> Reading:
    names = _names(column, wishes, items, empty_is_missing=False)
    notes: tuple[str, ...] = ()
    if not typed and "" not in wishes.missing:
        notes += ("an empty cell is a sample without labels; use --missing '' if it is unknown",)
    layout = Layout("delimited", column.name, reason, separator, notes)
    counting = DelimitedCounting(column.name, separator, names, typed)
    return Reading(layout, counting, (column.name,), names.declared, multiple=True)


def long(table: Table, identifier: Column, column: Column, wishes: Wishes, why: str) -> Reading:
    """One row per pair of a sample, named by `identifier`, and a label. Raises InputError for cells that are lists."""
    if column.type == "list":
        raise InputError(f"the cells of {column.name!r} are lists, not one label of a pair", "use --layout delimited")
    cells = columns.as_text(table.head[column.name]).drop_nulls().unique().to_list()
    names = _names(column, wishes, cells, empty_is_missing=True)
    notes = (*_missing_index(column), "a sample whose label cells are all empty is a sample without labels")
    layout = Layout("long", column.name, f"{why}; one row per pair of {identifier.name!r} and label", notes=notes)
    counting = LongCounting(identifier.name, column.name, names)
    return Reading(layout, counting, (identifier.name, column.name), names.declared, multiple=True)
