"""The indicator layout with a whole row of 0 and 1 in each cell: a native list, or a list written as text."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ...errors import InputError
from ..columns import ONE, UNKNOWN, ZERO, as_text
from ..tally import LabelTally
from .delimited import literal_items
from .indicator import IndicatorCounting, not_indicator

if TYPE_CHECKING:
    import polars as pl


@dataclass
class VectorCounting:
    """A vector in each cell of `column`, one place per class; a null or empty cell is missing."""

    column: str
    indicator: IndicatorCounting

    def update(self, batch: "pl.DataFrame", tally: LabelTally) -> None:
        """Add the rows of a batch. Raises InputError for a vector of another length or with other values."""
        import polars as pl

        start = tally.n_rows
        cells = batch[self.column]
        if cells.dtype == pl.String:
            lists = [None if not cell else literal_items(cell) for cell in cells.to_list()]
            cells = pl.Series(lists, dtype=pl.List(pl.String))
        elif isinstance(cells.dtype, pl.Array):
            cells = cells.arr.to_list()
        lengths = cells.list.len()
        at = (lengths != len(self.indicator.names)).fill_null(False)
        if at.any():
            row = int(at.arg_max() or 0)
            raise InputError(
                f"row {start + row + 1:,} of column {self.column!r} holds {lengths[row]:,} values, the first rows "
                f"{len(self.indicator.names):,}",
                "use --layout delimited if the lists hold labels",
            )
        tally.n_rows += cells.null_count()
        tally.n_missing += cells.null_count()
        self.indicator.update(self._matrix(as_text(cells.drop_nulls().explode()), start), tally)

    def _matrix(self, values: "pl.Series", start: int) -> "np.ndarray":
        width = len(self.indicator.names)
        one, zero = values.is_in(ONE).fill_null(False), values.is_in(ZERO).fill_null(False)
        bad = ~(one | zero | values.is_null() | values.is_in(UNKNOWN).fill_null(False))
        if bad.any():
            at = int(bad.arg_max() or 0)
            raise not_indicator(self.indicator.names[at % width], values[at], start + at // width + 1)
        return np.where(one.to_numpy(), 1, np.where(zero.to_numpy(), 0, -1)).astype(np.int8).reshape(-1, width)

    def finish(self, tally: LabelTally) -> None:
        """See whether every row had exactly one 1."""
        self.indicator.finish(tally)

    @property
    def notes(self) -> tuple[str, ...]:
        """What only the whole input shows."""
        return self.indicator.notes
