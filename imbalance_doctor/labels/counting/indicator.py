"""The indicator layout: one 0/1 column per class, of a table, of a dense matrix or of a sparse one."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ...errors import InputError
from ..columns import ONE, UNKNOWN, ZERO, as_text
from ..tally import LabelTally

if TYPE_CHECKING:
    import polars as pl

Bools = npt.NDArray[np.bool_]
MAX_CELLS = 1 << 23
"""Cells looked at together: what is made of them takes some twenty bytes a cell."""
NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?\Z")


@dataclass
class IndicatorCounting:
    """One 0/1 column per class; blank, null, NaN or -1 is unknown, and so are the texts in `missing`.

    `names` are the classes of the columns, in file order; those in `ignored` are left out. `columns` are the columns
    of a table, none for a matrix. A row of which nothing is known is missing.
    """

    names: tuple[str, ...]
    columns: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()

    def update(self, batch: Any, tally: LabelTally) -> None:
        """Add the rows of a batch. Raises InputError for a cell that is neither 0, 1 nor unknown."""
        if hasattr(batch, "indptr"):
            rows, columns = self._sparse(batch, tally.n_rows)
            tally.n_rows += batch.shape[0]
            tally.add_samples(np.ones(batch.shape[0], np.int64), rows, columns, self._kept)
            return
        height = max(1, MAX_CELLS // len(self.names))
        for at in range(0, batch.shape[0], height):
            self._add(batch[at : at + height], tally)

    def _add(self, batch: Any, tally: LabelTally) -> None:
        start = tally.n_rows
        tally.n_rows += batch.shape[0]
        ones, unknown = self._dense(batch, start) if isinstance(batch, np.ndarray) else self._frame(batch, start)
        if unknown is not None:
            ones, unknown = self._known_rows(ones, unknown, tally)
        first, samples = _distinct_rows(ones)
        rows, columns = np.nonzero(ones[first])
        tally.add_samples(samples, rows, columns, self._kept)
        if unknown is not None:  # a row that shows no class but may have one is not unlabelled
            tally.n_unlabelled -= int((unknown.any(axis=1) & ~ones.any(axis=1)).sum())

    def finish(self, tally: LabelTally) -> None:
        """See whether every row had exactly one 1."""
        if tally.set_sizes() == {1} and not tally.unknown:
            self.notes = (*self.notes, "one-hot: every row has exactly one 1, so the classes exclude each other")

    @property
    def _kept(self) -> list[str | None]:
        """The classes by column, None where one is left out."""
        return [None if name in self.ignored else name for name in self.names]

    def _known_rows(self, ones: Bools, unknown: Bools, tally: LabelTally) -> tuple[Bools, Bools]:
        """The rows of which something is known, once their unknown cells are counted."""
        kept = np.array([name is not None for name in self._kept])
        blank = unknown[:, kept].all(axis=1)
        tally.n_missing += int(blank.sum())
        ones, unknown = ones[~blank], unknown[~blank] & kept
        unknown[ones.any(axis=1) & ~ones[:, kept].any(axis=1)] = False  # these rows will be ignored
        for name, n in zip(self.names, unknown.sum(axis=0).tolist(), strict=True):
            if n:
                tally.unknown[name] += n
        return ones, unknown

    def _frame(self, batch: "pl.DataFrame", start: int) -> tuple[Bools, Bools | None]:
        ones = np.empty((len(self.columns), batch.height), dtype=bool)
        unknown = None
        for j, name in enumerate(self.columns):
            one, zero = _plain(batch[name])
            if int(one.sum()) + int(zero.sum()) < batch.height:
                one, blank = self._spelled(batch[name], name, start)
                if blank.any():
                    unknown = np.zeros_like(ones) if unknown is None else unknown
                    unknown[j] = blank.to_numpy()
            ones[j] = one.to_numpy()
        return np.ascontiguousarray(ones.T), None if unknown is None else np.ascontiguousarray(unknown.T)

    def _spelled(self, series: "pl.Series", name: str, start: int) -> tuple["pl.Series", "pl.Series"]:
        """Which cells are 1 and which unknown, in every spelling."""
        cells = as_text(series)
        one = cells.is_in(ONE).fill_null(False)
        blank = cells.is_null() | cells.is_in([*UNKNOWN, *self.missing])
        bad = ~(one | blank | cells.is_in(ZERO))
        if bad.any():
            at = int(bad.arg_max() or 0)
            raise not_indicator(name, cells[at], start + at + 1)
        return one, blank

    def _dense(self, block: npt.NDArray[Any], start: int) -> tuple[Bools, Bools | None]:
        if block.dtype.kind == "b":
            return block, None
        if block.dtype.kind not in "iuf":
            raise InputError("the matrix holds text, not 0 and 1", "give a vector of labels or a 0/1 matrix")
        ones, zeros = block == 1, block == 0
        if np.count_nonzero(ones) + np.count_nonzero(zeros) == block.size:
            return ones, None
        unknown = (block == -1) | np.isin(block, [float(text) for text in self.missing if NUMBER.match(text)])
        if block.dtype.kind == "f":
            unknown |= np.isnan(block)
        bad = ~(ones | zeros | unknown)
        if bad.any():
            row, column = np.argwhere(bad)[0]
            raise not_indicator(self.names[column], block[row, column].item(), start + int(row) + 1)
        return ones & ~unknown, unknown

    def _sparse(self, block: Any, start: int) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        """Row and column of every 1."""
        block = block.copy()  # putting it in order must not touch what the caller holds
        block.sum_duplicates()
        block.eliminate_zeros()
        rows = np.repeat(np.arange(block.shape[0]), np.diff(block.indptr))
        bad = np.flatnonzero(block.data != 1)
        if len(bad):
            at = bad[0]
            raise not_indicator(self.names[block.indices[at]], block.data[at].item(), start + int(rows[at]) + 1)
        return rows, block.indices


def _plain(series: "pl.Series") -> tuple["pl.Series", "pl.Series"]:
    """Which cells are 1 and which 0, in the commonest spelling: no text is made of numbers for that."""
    import polars as pl

    if series.dtype == pl.Boolean:
        return series, ~series
    if series.dtype.is_numeric():
        return series == 1, series == 0
    return series == "1", series == "0"


def _distinct_rows(ones: Bools) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.int64]]:
    """Where each distinct row occurs first, and how often it occurs."""
    packed = np.packbits(ones, axis=1)
    keys = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, counts = np.unique(keys, return_index=True, return_counts=True)
    return first, counts.astype(np.int64)


def not_indicator(column: str, value: object, row: int) -> InputError:
    """The error for a cell that is neither 0, 1 nor unknown."""
    return InputError(
        f"row {row:,} of column {column!r} holds {value!r}; an indicator is 0 or 1, blank or -1 where unknown",
        "name the label column with --label, or the layout with --layout",
    )
