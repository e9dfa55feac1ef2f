"""What readers hand to layouts: columns of cells or a matrix, streamed in batches.

A reader fills these; a layout decides what they mean. Each can be streamed once, from the first row to the last.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

CellType = Literal["text", "integer", "float", "boolean", "list", "nested"]

HEAD_ROWS = 10_000
"""Rows of the head a layout may look at before it decides."""


@dataclass(frozen=True)
class Column:
    """One column: its name, the type of its cells, and class names by index where the file declares them.

    Text cells are exactly as in the file; `nested` cells (objects, lists of lists) cannot be labels.
    """

    name: str
    type: CellType
    class_names: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Table:
    """Columns, streamed as polars data frames.

    `head` holds up to HEAD_ROWS first rows of every column. `stream(names)` yields all rows, restricted to those
    columns. `header`: whether the names come from the input; None when its first row can be read either way.
    `pasted` marks a bare list of numbers, several to a line; `counts` an object of class to count; `typed` a format
    that tells a missing value from an empty text.
    """

    columns: tuple[Column, ...]
    head: "pl.DataFrame"
    stream: Callable[[Sequence[str]], Iterator["pl.DataFrame"]]
    header: bool | None = True
    pasted: bool = False
    counts: bool = False
    typed: bool = False
    notes: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(c for c in self.columns if c.name == name)


@dataclass(frozen=True)
class Matrix:
    """Rows are samples, columns are classes. Blocks are numpy arrays, or scipy CSR matrices when `sparse`."""

    shape: tuple[int, int]
    blocks: Callable[[], Iterator["np.ndarray[Any, Any] | Any"]]
    names: tuple[str, ...] | None = None
    sparse: bool = False
    notes: tuple[str, ...] = field(default=())


Batches = Table | Matrix
