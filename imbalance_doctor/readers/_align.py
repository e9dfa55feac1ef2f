"""Which cells of a damaged row can belong to which column.

The cells that regular rows hold show what fits a column. Every place at which cells can have been added or lost is
tried; those that leave the fewest cells in columns they do not fit are believed. Which of several cells is a label is
for the layout to say.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate

Row = Sequence[str | None]
Placed = list[tuple[str | None, ...]]
"""For each column what its cell can be; None is a cell without content, or one that is lost."""
VARIED = 40
"""Shapes of one column from which on anything fits it."""
_RUNS = re.compile(r"([0-9]+)|([^\W\d_]+)")


def shape(cell: str | None) -> str:
    """How a cell looks: runs of digits and of letters are one character each.

    >>> shape("12/07/99 a.m."), shape(None)
    ('0/0/0 a.a.', '')
    """
    return _RUNS.sub(lambda run: "0" if run[1] else "a", (cell or "").strip())


class Shapes:
    """What fits each column, from the cells that regular rows hold there."""

    def __init__(self, columns: Iterable[Iterable[str | None]]) -> None:
        seen = ({shape(cell) for cell in column} for column in columns)
        self._seen = [None if len(shapes) > VARIED else shapes for shapes in seen]

    def __len__(self) -> int:
        return len(self._seen)

    def misfits(self, cells: Row, start: int) -> list[int]:
        """Running number of misfits of cells that belong to the columns from `start` on; it begins with 0."""
        seen = self._seen[start : start + len(cells)]
        return [0, *accumulate(s is not None and shape(c) not in s for s, c in zip(seen, cells, strict=False))]


def best(readings: Sequence[Row], shapes: Shapes) -> Placed:
    """What each column holds in those regular readings of one row that fit best."""
    return _said([(shapes.misfits(cells, 0)[-1], list(cells)) for cells in readings], len(shapes))


def place(cells: Row, shapes: Shapes) -> Placed:
    """What each column can hold in a row with too many or too few cells, were they added or lost in one place."""
    width, surplus = len(shapes), len(cells) - len(shapes)
    ahead = shapes.misfits(cells, 0)
    if surplus > 0:
        behind = shapes.misfits(cells[surplus:], 0)
        return _said(
            [(ahead[p] + behind[-1] - behind[p], [*cells[:p], *cells[p + surplus :]]) for p in range(width + 1)], width
        )
    lost = [None] * -surplus
    behind = shapes.misfits(cells, len(lost))
    readings = [(ahead[p] + behind[-1] - behind[p], [*cells[:p], *lost, *cells[p:]]) for p in range(len(cells) + 1)]
    said = _said(readings, width)
    # a cell that may be lost is believed to be there only where it stands
    stands = [*cells, *lost]
    return [(stands[i],) if len(c) > 1 and None in c else c for i, c in enumerate(said)]


def _said(readings: Sequence[tuple[int, Row]], width: int) -> Placed:
    """Column by column what the readings with the fewest misfits say."""
    if not readings:
        return [(None,)] * width
    fewest = min(misfits for misfits, _ in readings)
    columns = zip(*(row for misfits, row in readings if misfits == fewest), strict=True)
    return [tuple(dict.fromkeys(cell or None for cell in cells)) for cells in columns]
