"""Whether the first row of a delimited text names its columns, and the names."""

import re
from collections import Counter

from ..errors import InputError
from ._source import Options

HEADER_NAMES = frozenset(
    """label labels class classes target targets y_true category categories tag tags species gold truth id index idx
    text sentence name names count counts freq frequency support file filename path image images url score split
    label_name class_name classname labelname samples""".split()  # noqa: SIM905
)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\Z")


def names(rows: list[list[str]], options: Options, name: str) -> tuple[bool | None, tuple[str, ...]]:
    """Whether the first row is a header, and the names of the columns."""
    first = [cell.strip() for cell in rows[0]]
    header = options.header
    if header is None:
        repeated = options.set_aside and len(first) > 1
        header = _found([rows[0], *(row for row in rows[1:] if not repeated or row != rows[0])])
        if header is None and options.label is not None and options.label in first:
            header = True
    return header, tuple(_unique(first, name) if header else [str(i + 1) for i in range(len(first))])


def _found(rows: list[list[str]]) -> bool | None:
    """Whether the first row names columns; None when it can be read either way."""
    cells = [cell.strip() for cell in rows[0]]
    below = [{row[i].strip() for row in rows[1:] if len(row) == len(cells)} for i in range(len(cells))]
    named = [i for i, cell in enumerate(cells) if cell.lower().lstrip("# ") in HEADER_NAMES]
    if named:  # only these cells can tell: a class id may be a value below
        return not any(cells[i] in below[i] for i in named)
    if any(_NUMBER.match(cell) for cell in cells):
        counted = cells in ([str(i) for i in range(len(cells))], [str(i + 1) for i in range(len(cells))])
        ids_above_indicators = counted and len(cells) > 2 and all(column <= {"0", "1", ""} for column in below)
        return ids_above_indicators and any(below)
    if not all(cells[1:]) or len(set(cells)) < len(cells):  # a blank first cell is how a data frame names its index
        return False
    if not any(below):
        return None
    if any(column and all(_NUMBER.match(c) or not c for c in column) for column in below):
        return True  # words above a column of numbers
    if any(cell in column for cell, column in zip(cells, below, strict=True)):
        return False  # the first row recurs below
    if any(_recurring([row[i].strip() for row in rows[1:] if len(row) > i]) for i in range(len(cells))):
        return True  # above a column whose every value recurs, the first one alone does not
    return None


def _recurring(cells: list[str]) -> bool:
    """Whether every value of a long enough column occurs again and again."""
    counts = Counter(cells)
    return len(cells) >= 20 and min(counts.values()) > 1 and len(counts) <= len(cells) / 5


def _unique(names: list[str], where: str) -> list[str]:
    """Column names; an empty one gets its number. Raises InputError when two columns share a name."""
    filled = [n or str(i + 1) for i, n in enumerate(names)]
    twice = [n for n, k in Counter(filled).items() if k > 1]
    if twice:
        raise InputError(
            f"{where} has two columns named {twice[0]!r}",
            "rename one, or use --no-header and name the column by number",
        )
    return filled
