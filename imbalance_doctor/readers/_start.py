"""Where the rows of a delimited text start: titles, notes and comments can stand above its header."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import InputError
from ._align import shape

MAX_PREAMBLE = 50
"""Lines above a header at most."""
FULL = 3
"""Columns from which a row with nothing but its first cell is a title, not a row of the table."""
MISSING = frozenset(["na", "n/a", "nan", "null", "none", "nil", "-", "--", "?", "inf", "-inf", "unknown", "missing"])
"""What stands for a number that is not known."""
DEEP = 3
"""Rows below the first one that a header has at most."""
TYPES = frozenset(
    """str string text char varchar category int int32 int64 integer bigint float float64 double decimal number numeric
    real bool boolean date time datetime timestamp object""".split()  # noqa: SIM905
)

Line = tuple[int, list[str]]
"""The line a row starts at, from 1, and its fields."""


@dataclass(frozen=True)
class Start:
    """The first row of the table is the `at`-th that holds something; its cells are `first`.

    `trailing`: every row below ends in a delimiter that the first one does not have.
    """

    at: int
    first: list[str]
    trailing: bool = False


def find(lines: Sequence[Line], width: int, label: str | None, name: str) -> Start:
    """Where the table starts, among its first rows that hold something. `width`: the commonest number of fields;
    `label`: the column that the user named.

    Raises InputError for a first row that has not as many fields as the others.
    """
    rows = [row for _, row in lines]
    at = next((i for i, row in enumerate(rows[:MAX_PREAMBLE]) if not _above(row, rows[i + 1 :], width)), 0)
    if label is not None:
        at = _named(rows, at, label, width)
    first = rows[at]
    if len(first) == width or len(rows) <= at + 1:
        return Start(at, first)
    whole = [row for row in rows[at + 1 :] if len(row) == width]
    if len(first) == width - 1 and not any(row[-1].strip() for row in whole):
        return Start(at, [*first, ""], trailing=True)
    fields = "field" if len(first) == 1 else "fields"
    raise InputError(
        f"{name}: line {lines[at][0]:,} has {len(first)} {fields}, most rows below have {width}: which columns they "
        "are cannot be told",
        "mend that line, name the delimiter with --delimiter, or use --input-format lines if a line is one cell",
    )


def _above(row: list[str], below: Sequence[list[str]], width: int) -> bool:
    """Whether a row is no part of the table that starts below it."""
    if width == 1 or not below:
        return False
    if len(row) == 1 or (row[0].lstrip().startswith("#") and len(row) != width):
        return True
    title = len(row) == width >= FULL and row[0].strip() and not any(map(str.strip, row[1:]))
    return bool(title) and len(below[0]) == width and all(map(str.strip, below[0]))


def _named(rows: Sequence[list[str]], at: int, label: str, width: int) -> int:
    """The row that names the column a user asks for, if all above it are comments or of another width."""
    for i, row in enumerate(rows[at : at + MAX_PREAMBLE], at):
        if len(row) == width and label in map(str.strip, row):
            return i
        if len(row) == width and not row[0].lstrip().startswith("#"):
            break
    return at


def second_headers(header: Sequence[str], below: Sequence[list[str]]) -> tuple[int, int]:
    """How many rows below the header belong to it: names, types or units, not samples; how many columns say so.

    A column says so when it holds digits in every other row and words there; (0, 0) when another says the opposite.
    """
    for deep in range(min(DEEP, len(below) - FULL), 0, -1):
        said = [_says(header, row, below[deep:]) for row in below[:deep]]
        if all(said):
            return deep, min(said)
    return 0, 0


def _says(header: Sequence[str], row: list[str], others: Sequence[list[str]]) -> int:
    """How many columns say that a row belongs to the header; 1 where it only looks so."""
    cells = [cell.strip().lower() for cell in row]
    found = 0
    for i, cell in enumerate(cells):
        filled = [other[i] for other in others if len(other) > i and other[i].strip()]
        if len(filled) < FULL or not all("0" in shape(other) for other in filled):
            continue
        form = shape(cell)
        named = "a" in form and not any("a" in shape(other) for other in filled)
        if not cell or cell in MISSING or ("0" in form and not named):
            return 0
        found += 1
    return found or int(len(row) == len(header) and all(cells) and _looks(header, cells))


def _looks(header: Sequence[str], cells: list[str]) -> bool:
    """Whether cells are types, or rules, or the names above them with something more."""
    names = [name.strip().lower() for name in header]
    more = all(len(n) >= FULL and c.startswith(n) for n, c in zip(names, cells, strict=True))
    return more or set(cells) <= TYPES or all(len(c) >= FULL and set(c) <= set("-=_") for c in cells)
