"""Holding the labels of every row of an indicator layout: a column of 0 and 1 per class, a matrix, a vector a cell."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..labels.columns import ONE, UNKNOWN, ZERO, as_text
from ..labels.counting.delimited import literal_items
from ..labels.counting.indicator import IndicatorCounting, not_indicator
from .label_rows import LabelRows
from .truth import RowLabels

if TYPE_CHECKING:
    import polars as pl


@dataclass
class IndicatorHolder:
    """One 0/1 column per class, a matrix, or a vector in each cell of `column`."""

    counting: IndicatorCounting
    where: str
    column: str | None = None
    sets: LabelRows = field(default_factory=LabelRows)
    unknown: LabelRows = field(default_factory=LabelRows)
    any_unknown: bool = False

    def update(self, batch: Any) -> None:
        """Hold the rows of a batch. Raises InputError for a cell that is neither 0, 1 nor unknown."""
        start = len(self.sets)
        if hasattr(batch, "indptr"):
            self._sparse(batch, start)
            return
        cells = batch if isinstance(batch, np.ndarray) else self._numbers(batch, start)
        ones, unknown = cells == 1, cells == -1
        if cells.dtype.kind == "f":
            unknown |= np.isnan(cells)
        bad = ~(ones | unknown | (cells == 0))
        if bad.any():
            row, column = np.argwhere(bad)[0]
            raise not_indicator(self.counting.names[column], cells[row, column].item(), start + int(row) + 1)
        self.sets.add_bits(ones[:, self._kept])
        self.unknown.add_bits(unknown[:, self._kept])
        self.any_unknown |= bool(unknown.any())

    @property
    def _kept(self) -> NDArray[np.bool_]:
        return np.array([name not in self.counting.ignored for name in self.counting.names])

    def _sparse(self, block: Any, start: int) -> None:
        block = block.copy()
        block.sum_duplicates()
        block.eliminate_zeros()
        rows = np.repeat(np.arange(block.shape[0]), np.diff(block.indptr))
        bad = np.flatnonzero(block.data != 1)
        if len(bad):
            name, value = self.counting.names[block.indices[bad[0]]], block.data[bad[0]].item()
            raise not_indicator(name, value, start + int(rows[bad[0]]) + 1)
        place = np.where(self._kept, np.cumsum(self._kept) - 1, -1)[block.indices]
        self.sets.add_pairs(block.shape[0], rows[place >= 0], place[place >= 0])
        self.unknown.add_pairs(block.shape[0], rows[:0], rows[:0])

    def _numbers(self, batch: "pl.DataFrame", start: int) -> NDArray[np.int8]:
        """Cells of a table as 1, 0 and -1 for unknown; 2 for anything else."""
        import polars as pl

        if self.column is None:
            series = [as_text(batch[name]) for name in self.counting.columns]
            return np.column_stack([self._codes(one) for one in series])
        cells = batch[self.column]
        if cells.dtype == pl.String:
            cells = pl.Series([None if not c else literal_items(c) for c in cells.to_list()], dtype=pl.List(pl.String))
        width = len(self.counting.names)
        if (cells.list.len() != width).fill_null(False).any():
            raise InputError(f"a cell of {self.column!r} holds no {width:,} values", "every row needs one per class")
        out = np.full((len(batch), width), -1, dtype=np.int8)
        filled = cells.drop_nulls()
        if filled.len():
            out[cells.is_not_null().to_numpy()] = self._codes(as_text(filled.explode())).reshape(-1, width)
        return out

    def _codes(self, cells: "pl.Series") -> NDArray[np.int8]:
        known = {**dict.fromkeys(ONE, 1), **dict.fromkeys(ZERO, 0)}
        known |= dict.fromkeys([*UNKNOWN, *self.counting.missing], -1)
        import polars as pl

        codes = cells.replace_strict(list(known), list(known.values()), default=2, return_dtype=pl.Int8)
        return np.where(cells.is_null().to_numpy(), np.int8(-1), codes.to_numpy())

    def finish(self) -> RowLabels:
        """The labels of all rows so far."""
        names = tuple(n for n in self.counting.names if n not in self.counting.ignored)
        rows = RowLabels(names, True, len(self.sets), self.where, sets=self.sets)
        if self.any_unknown:
            return replace(rows, unknown=self.unknown)
        return replace(rows, codes=self.sets.only_labels())
