"""Rows of a delimited text that are regular but unlike the others: totals, notes and other tables below the first.

Only what contradicts several columns is told of; a row that merely differs is a row.
"""

from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from . import _quotes
from ._align import shape
from ._start import FULL, MISSING

if TYPE_CHECKING:
    import polars as pl

TAIL_BYTES = 1 << 16
"""Bytes of the end of a text that are looked at."""
MAX_ROWS = 100
SAMPLE_ROWS = 1_000
FEWEST = 8
"""Rows and cells from which on a column is known."""


def strange(tail: bytes, delimiter: str, quote: str, head: "pl.DataFrame", read: Sequence[int]) -> int:
    """How many of the last rows are unlike those of the first half of `head`, and hold something in columns of `read`.

    `tail` is the end of the regular rows.
    """
    known = head.head(min(SAMPLE_ROWS, (head.height + 1) // 2))
    if known.height < FEWEST or head.width < 2:
        return 0
    columns = [[cell.strip() for cell in column if cell and cell.strip()] for column in known.iter_columns()]
    kinds = [_known(column) for column in columns]
    full = [len(column) == known.height for column in columns]
    rows = (_quotes.torn_rows if quote else _quotes.rows)(tail.decode("utf-8", "ignore"), delimiter, quote)
    last = [row for _, row in rows if len(row) == head.width][-MAX_ROWS:]
    unlike = takewhile(lambda row: _contradicts(row, kinds, full), reversed(last))
    return sum(any(row[i].strip() for i in read) for row in unlike)


def cut(tail: bytes, delimiter: str, quote: str, head: "pl.DataFrame") -> bool:
    """Whether the text ends in the middle of the last cell: it has no line end and is the start of a commoner value."""
    if tail.endswith(b"\n") or not head.width:
        return False
    *_, (_, row) = _quotes.torn_rows(tail.decode("utf-8", "ignore"), delimiter, quote or "\0")
    cell, column = row[-1], head[:, -1]
    counts = dict(column.value_counts().iter_rows())
    longer = any(value and value != cell and value.startswith(cell) and n > 1 for value, n in counts.items())
    return bool(cell) and longer and counts.get(cell, 0) <= 1 and len(counts) <= FULL + head.height // 4


def _kind(cell: str) -> tuple[bool, bool]:
    """Whether a cell holds digits, and letters."""
    form = shape(cell)
    return "0" in form, "a" in form


def _known(cells: Sequence[str]) -> tuple[bool, bool] | None:
    """The kind of all cells of a column, None when they are of several or few."""
    kinds = {_kind(cell) for cell in cells if cell.lower() not in MISSING}
    return kinds.pop() if len(kinds) == 1 and len(cells) >= FEWEST else None


def _contradicts(row: Sequence[str], kinds: Sequence[tuple[bool, bool] | None], full: Sequence[bool]) -> bool:
    """Whether most cells are of another kind, or most of the columns that are always filled are empty."""
    cells = [cell.strip() for cell in row]
    told = [
        _kind(cell) == kind
        for cell, kind in zip(cells, kinds, strict=True)
        if kind is not None and cell and cell.lower() not in MISSING
    ]
    other = told.count(False)
    empty = sum(not cell for cell, always in zip(cells, full, strict=True) if always)
    agree = len(told) - other
    return (other > 0 and other + empty > max(1, agree)) or (sum(full) >= FULL and 3 * empty >= 2 * sum(full))


class Notes:
    """The `lines` of rows that hold nothing but their first cell; none where there are MAX_ROWS or more of them."""

    def __init__(self, delimiter: str, width: int) -> None:
        self._lines: list[int] = []
        self._mark = delimiter.encode() * (width - 1)
        self._on = width >= FULL

    @property
    def lines(self) -> list[int]:
        return self._lines if self._on else []

    def off(self) -> None:
        """Look no further, and tell of nothing."""
        self._on = False

    def look(self, block: bytes, line: int) -> None:
        """Look through a block of regular rows after `line` lines."""
        at = block.find(self._mark) if self._on else -1
        while at >= 0:
            start, stop = block.rfind(b"\n", 0, at) + 1, at + len(self._mark)
            if start < at and self._mark[:1] not in block[start:at] and block[stop : stop + 1] in (b"\n", b"\r", b""):
                self._lines.append(line + 1 + block.count(b"\n", 0, at))
                self._on = len(self._lines) < MAX_ROWS
            at = block.find(self._mark, at + 1) if self._on else -1
