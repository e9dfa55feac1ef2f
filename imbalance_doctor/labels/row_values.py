"""One number for each row of a label table, by the classes it carries: what a column of row weights is made of."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ..errors import InputError, UsageError
from .columns import ONE, UNKNOWN, as_text
from .counting.column import ColumnCounting
from .counting.delimited import DelimitedCounting, literal_items
from .counting.indicator import IndicatorCounting
from .counting.vectors import VectorCounting
from .reading import Reading
from .separators import LITERAL

if TYPE_CHECKING:
    import polars as pl

Classes = list[str] | None
"""The classes of a row; None where nothing is known of it, or all it carries is left out."""


class RowValues:
    """The number of a row: that of its class, the largest of several, `without` where it carries none.

    `numbers` are by class. With `several` False a row of two classes is an error. A row whose labels are missing or
    left out has None. Raises UsageError for a layout in which a row is not a sample.
    """

    def __init__(self, reading: Reading, numbers: Mapping[str, float], *, without: float, several: bool) -> None:
        self.numbers, self.without, self.several = numbers, without, several
        self.reading = reading
        self.n_rows = 0
        self._of_cell = classes_of_cell(reading)
        self._known: dict[Any, float | None] = {}

    def of(self, batch: "pl.DataFrame") -> "pl.Series":
        """The numbers of the rows of the next batch. Raises InputError for a class that has no number."""
        import polars as pl

        if self._of_cell is None:
            values = self._of_columns(batch)
        else:
            cells = batch[self.reading.columns[0]]
            cells = cells if cells.dtype.is_nested() else as_text(cells)
            values = pl.Series([self._of_one(cell) for cell in cells.to_list()], dtype=pl.Float64)
        self.n_rows += batch.height
        return values

    def _of_one(self, cell: Any) -> float | None:
        assert self._of_cell is not None
        key = tuple(cell) if isinstance(cell, list) else cell
        if key not in self._known:
            if len(self._known) > 100_000:  # memory must not grow with the rows
                self._known.clear()
            self._known[key] = self._number(self._of_cell(key))
        return self._known[key]

    def _number(self, classes: Classes) -> float | None:
        if not classes:
            return None if classes is None else self.without
        if not self.several and len(set(classes)) > 1:
            raise self._several(self.n_rows + 1, len(set(classes)))
        return max(map(self._factor, classes))

    def _factor(self, name: str) -> float:
        if name not in self.numbers:
            raise InputError(f"the input changed while it was read: {name!r} is a new class", "run it again")
        return self.numbers[name]

    def _several(self, row: int, n: int) -> UsageError:
        return UsageError(
            f"a row from row {row:,} on carries {n} classes: it has no one weight",
            "use --task multilabel with --scheme repeat-factor",
        )

    def _of_columns(self, batch: "pl.DataFrame") -> "pl.Series":
        """The numbers of rows with a 0/1 column for each class, one column after the other."""
        import numpy as np
        import polars as pl

        counting = self.reading.counting
        assert isinstance(counting, IndicatorCounting)
        best = np.full(batch.height, -np.inf)
        n_on, known, left_out = np.zeros(batch.height, int), best > 0, best > 0
        for name, column in zip(counting.names, counting.columns, strict=True):
            cells = as_text(batch[column])
            on = cells.is_in(ONE).fill_null(False).to_numpy()
            if name in counting.ignored:
                left_out |= on
                continue
            known |= ~(cells.is_null() | cells.is_in([*UNKNOWN, *counting.missing])).to_numpy()
            n_on += on
            if on.any():
                best[on] = np.maximum(best[on], self._factor(name))
        if not self.several and n_on.max(initial=0) > 1:
            raise self._several(self.n_rows + int(np.argmax(n_on > 1)) + 1, int(n_on.max()))
        best[n_on == 0] = self.without
        best[(n_on == 0) & (left_out | ~known)] = np.nan
        return pl.Series(best).fill_nan(None)


def carried(counting: IndicatorCounting, cells: list[str]) -> Classes:
    """The classes of one vector of an indicator, None where nothing is known or all it carries is left out."""
    on = [name for name, cell in zip(counting.names, cells, strict=True) if cell in ONE]
    kept = [name for name in on if name not in counting.ignored]
    if on:
        return kept or None
    shown = (cell for name, cell in zip(counting.names, cells, strict=True) if name not in counting.ignored)
    return [] if any(cell not in (*UNKNOWN, *counting.missing) for cell in shown) else None


def classes_of_cell(reading: Reading) -> Callable[[Any], Classes] | None:
    """From a cell of the label column, text or a tuple, to its classes; None where the labels are columns.

    Raises UsageError for a layout in which a row is not a sample.
    """
    counting = reading.counting
    if isinstance(counting, ColumnCounting):
        return lambda cell: one_label(counting, cell)
    if isinstance(counting, DelimitedCounting):
        return lambda cell: several_labels(counting, cell)
    if isinstance(counting, VectorCounting):
        return lambda cell: vector(counting, cell)
    if isinstance(counting, IndicatorCounting) and counting.columns:
        return None
    what = "a matrix has no columns to join one to"
    if not isinstance(counting, IndicatorCounting):
        what = f"in the layout {reading.decided.kind} a row is not a sample"
    raise UsageError(f"there is no weight of a row: {what}", "use --to csv for the weight of each class, and join it")


def one_label(counting: ColumnCounting, cell: str | None) -> Classes:
    """The class of a cell of the column layout."""
    if cell is None or cell in counting.names.missing:
        return None
    name = counting.names.of(cell)
    return None if name is None else [name]


def several_labels(counting: DelimitedCounting, cell: str | tuple[Any, ...] | None) -> Classes:
    """The classes of a cell of the delimited layout."""
    if cell is None and (counting.typed or counting.separator is None):
        return None
    if isinstance(cell, tuple):
        items = texts(cell)
    elif (cell or "") in counting.names.missing:
        return None
    elif counting.separator == LITERAL:
        items = list(literal_items(cell or ""))
    else:
        items = [item.strip() for item in (cell or "").split(counting.separator or "")]
    named = [item for item in items if item]
    kept = [name for name in counting.names.of_all(named) if name is not None]
    return None if named and not kept else kept


def vector(counting: VectorCounting, cell: str | tuple[Any, ...] | None) -> Classes:
    """The classes of a vector of 0 and 1."""
    if not cell:
        return None
    cells = [item or "" for item in (literal_items(cell) if isinstance(cell, str) else texts(cell))]
    if len(cells) != len(counting.indicator.names):
        raise InputError(f"a vector of {counting.column!r} holds {len(cells):,} values", "the input changed")
    return carried(counting.indicator, cells)


def texts(cells: tuple[Any, ...]) -> list[str | None]:
    """The cells of a native list as exact text."""
    import polars as pl

    return as_text(pl.Series(list(cells))).to_list() if cells else []
