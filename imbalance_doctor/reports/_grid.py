"""Tables as data, and how one is drawn in text columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ._page import INDENT, Line, Page, columns

Row = tuple[str, ...] | str
"""The cells of a row, or a remark that stands in place of rows."""

Align = Literal["left", "right", "decimal", "name"]

GAP = 2
LEAST_NAME = 24
"""Columns a name is given before other columns are left out for it."""


@dataclass(frozen=True)
class Column:
    """One column. `decimal` lines up the points; `name` holds class names, raw, and gives way when space is short.

    Columns with a `drop` are left out of a narrow table, lowest first.
    """

    header: str
    align: Align = "right"
    drop: int = 0


@dataclass(frozen=True)
class Grid:
    """A table. A row that is a plain string is a remark across all columns.

    One that `turns` is turned on its side where that keeps every column.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    turns: bool = False

    def cells(self, position: int) -> list[str]:
        """The cells of one column, remarks left out."""
        return [row[position] for row in self.rows if not isinstance(row, str)]


def draw(grid: Grid, page: Page) -> tuple[list[Line], tuple[str, ...]]:
    """The lines of a table no wider than the page, and the headers of the columns left out for that."""
    texts = [_column_texts(grid, i, page) for i in range(len(grid.columns))]
    widths = [max(columns(text) for text in column) for column in texts]
    kept = _fitting(grid.columns, widths, page.width - INDENT)
    hidden = tuple(column.header for i, column in enumerate(grid.columns) if i not in kept)
    names = [i for i in kept if grid.columns[i].align == "name"]
    others = sum(widths[i] for i in kept if i not in names) + GAP * (len(kept) - 1)
    for i in names:
        room = max((page.width - INDENT - others) // len(names), 5)
        texts[i] = [texts[i][0], *(page.name(name, room) for name in grid.cells(i))]
        widths[i] = max(columns(text) for text in texts[i])
    drawn = iter(range(1, len(texts[0])))
    lines = [_line(grid, texts, widths, kept, 0, "bold")]
    for row in grid.rows:
        if isinstance(row, str):
            lines.append([(" " * INDENT + page.prose(row), "dim")])
        else:
            lines.append(_line(grid, texts, widths, kept, next(drawn), ""))
    return lines, hidden


def fitted(grid: Grid, page: Page) -> Grid:
    """The table, turned on its side when that is what it takes to keep every column."""
    lines, hidden = draw(grid, page)
    if not hidden and all(sum(columns(text) for text, _ in line) <= page.width for line in lines):
        return grid
    rows = [row for row in grid.rows if not isinstance(row, str)]
    head = [Column(grid.columns[0].header, "left"), *(Column(row[0], "decimal") for row in rows)]
    turned = [(column.header, *(row[i] for row in rows)) for i, column in enumerate(grid.columns) if i]
    return Grid(tuple(head), tuple(turned))


def _column_texts(grid: Grid, position: int, page: Page) -> list[str]:
    """Header and cells of one column, points lined up."""
    column, cells = grid.columns[position], grid.cells(position)
    if column.align == "name":
        return [column.header, *(page.name(cell, page.width) for cell in cells)]
    cells = [page.prose(cell) for cell in cells]
    return [page.prose(column.header), *(lined_up(cells) if column.align == "decimal" else cells)]


def lined_up(cells: Sequence[str]) -> list[str]:
    """Numbers with spaces around them, so that their points are in one column.

    >>> lined_up(["1.5", "12", "0.25"])
    [' 1.5 ', '12   ', ' 0.25']
    """
    whole = max((len(cell.partition(".")[0]) for cell in cells), default=0)
    cells = [" " * (whole - len(cell.partition(".")[0])) + cell for cell in cells]
    longest = max((len(cell) for cell in cells), default=0)
    return [cell.ljust(longest) for cell in cells]


def _fitting(specs: Sequence[Column], widths: Sequence[int], room: int) -> list[int]:
    """Positions of the columns to draw."""
    wanted = [min(w, LEAST_NAME) if c.align == "name" else w for c, w in zip(specs, widths, strict=True)]
    kept = list(range(len(specs)))
    for victim in sorted((i for i in kept if specs[i].drop), key=lambda i: specs[i].drop):
        if sum(wanted[i] + GAP for i in kept) - GAP <= room:
            break
        kept.remove(victim)
    return kept


def _line(
    grid: Grid, texts: Sequence[Sequence[str]], widths: Sequence[int], kept: Sequence[int], row: int, style: str
) -> Line:
    parts = []
    for i in kept:
        text = texts[i][row]
        space = " " * (widths[i] - columns(text))
        parts.append(text + space if grid.columns[i].align in ("left", "name") else space + text)
    return [(" " * INDENT, ""), ((" " * GAP).join(parts), style)]
