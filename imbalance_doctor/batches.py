"""What readers hand to layouts: columns of cells or a matrix, streamed in batches.

A reader fills these; a layout decides what they mean. Each can be streamed once, from the first row to the last.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from .errors import InputError, RefusedError

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

CellType = Literal["text", "integer", "float", "boolean", "list", "nested"]

HEAD_ROWS = 10_000
"""Rows of the head a layout may look at before it decides."""
MAX_COLUMNS = 1_000_000
"""Columns of a matrix: a wider one is a damaged header or a matrix on its side."""
FIRST_LINES = 5
"""Line numbers of damage that are kept to be shown."""


@dataclass(frozen=True)
class Column:
    """One column: its name, the type of its cells, and class names by index where the file declares them.

    Text cells are exactly as in the file; `nested` cells (objects, lists of lists) cannot be labels. `declared` are
    all classes there may be, in index order, where the cells hold their names and the file declares them.
    """

    name: str
    type: CellType
    class_names: tuple[str, ...] | None = None
    declared: tuple[str, ...] | None = None


@dataclass(frozen=True)
class DamagedRow:
    """A row that is not written as the others, and what each of the streamed columns can hold there (None: nothing)."""

    line: int
    kind: str
    cells: tuple[tuple[str | None, ...], ...]


@dataclass
class Damaged:
    """What is wrong with the structure of a delimited text; filled while its rows are streamed.

    `rows` were set aside; `marks` holds, by kind of damage, how often other damage was met and the first lines of it.
    """

    name: str
    rows: list[DamagedRow] = field(default_factory=list)
    marks: dict[str, tuple[int, tuple[int, ...]]] = field(default_factory=dict)

    def mark(self, kind: str, line: int, n: int = 1) -> None:
        """Note damage of `n` lines, the first of which is `line`."""
        seen, lines = self.marks.get(kind, (0, ()))
        self.marks[kind] = (seen + n, (*lines, line)[:FIRST_LINES])


@dataclass(frozen=True)
class Table:
    """Columns, streamed as polars data frames.

    `head` holds up to HEAD_ROWS first rows of every column. `stream(names)` yields all rows, restricted to those
    columns. `header`: whether the names come from the input; None when its first row can be read either way.
    `pasted` marks a bare list of numbers, several to a line; `counts` an object of class to count; `typed` a format
    that tells a missing value from an empty text; `layout` what the format itself says about its labels, "" if nothing;
    `adds`: whether counts of several inputs add up; `damaged`: what is wrong with the structure of a delimited text.
    """

    columns: tuple[Column, ...]
    head: "pl.DataFrame"
    stream: Callable[[Sequence[str]], Iterator["pl.DataFrame"]]
    header: bool | None = True
    pasted: bool = False
    counts: bool = False
    typed: bool = False
    notes: tuple[str, ...] = ()
    layout: str = ""
    adds: bool = False
    damaged: Damaged | None = None

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(c for c in self.columns if c.name == name)


@dataclass(frozen=True)
class Matrix:
    """Rows are samples, columns are classes. Blocks are numpy arrays, or scipy CSR matrices when `sparse`.

    Raises InputError without columns, RefusedError with more than MAX_COLUMNS, before anything of that size is made.
    """

    shape: tuple[int, int]
    blocks: Callable[[], Iterator["np.ndarray[Any, Any] | Any"]]
    names: tuple[str, ...] | None = None
    sparse: bool = False
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        n, k = self.shape
        if k == 0:
            raise InputError(f"a matrix of shape {self.shape} has no columns", "give one column per class")
        if k > MAX_COLUMNS:
            raise RefusedError(
                f"a matrix of {n:,} rows and {k:,} columns: more than {MAX_COLUMNS:,} classes",
                "rows are samples and columns are classes: give the transpose if it is the other way round",
            )


Batches = Table | Matrix
