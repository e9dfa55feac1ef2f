"""The indicator layout: one 0/1 column per class, from a table, a dense matrix or a sparse one."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..errors import InputError
from .columns import as_text
from .tally import LabelTally

if TYPE_CHECKING:
    import polars as pl


@dataclass
class IndicatorCounting:
    """One 0/1 column per class; blank, null, NaN or -1 is unknown. `names` are the columns in file order."""

    columns: tuple[str, ...]
    source: str = ""

    def update(self, batch: Any, tally: LabelTally) -> None:
        import numpy as np

        if hasattr(batch, "indptr"):
            ones, unknown = self._sparse(batch, tally.n_rows), None
        elif isinstance(batch, np.ndarray):
            ones, unknown = self._dense(batch, tally.n_rows)
        else:
            ones, unknown = self._frame(batch, tally.n_rows)
        n = ones.shape[0]
        tally.n_rows += n
        if unknown is not None and unknown.any():
            blank = unknown.all(axis=1)
            tally.n_missing += int(blank.sum())
            ones, unknown = ones[~blank], unknown[~blank]
            n = ones.shape[0]
            for name, k in zip(self.columns, unknown.sum(axis=0).tolist(), strict=True):
                if k:
                    tally.unknown[name] += k
        tally.n_samples += n
        totals = np.asarray(ones.sum(axis=0)).ravel().tolist()
        tally.add((name, int(k)) for name, k in zip(self.columns, totals, strict=True) if k)
        per_row = np.asarray(ones.sum(axis=1)).ravel()
        without = per_row == 0
        if unknown is not None:
            without &= ~unknown.any(axis=1)
        tally.n_unlabelled += int(without.sum())
        tally.add_sets(self._sets(ones))

    def _frame(self, batch: "pl.DataFrame", start: int) -> tuple[Any, Any]:
        import numpy as np
        import polars as pl

        ones = np.empty((batch.height, len(self.columns)), dtype=bool)
        unknown = np.zeros_like(ones)
        for j, name in enumerate(self.columns):
            cells = as_text(batch[name])
            one = cells.is_in(["1", "1.0", "true", "True"]).fill_null(False)
            zero = cells.is_in(["0", "0.0", "false", "False"]).fill_null(False)
            blank = cells.is_null() | cells.is_in(["", "-1", "-1.0"])
            if not (one | zero | blank).all():
                at = (one | zero | blank).arg_min()
                raise not_indicator(name, cells[int(at or 0)], start + (at or 0) + 1)
            ones[:, j] = one.to_numpy()
            unknown[:, j] = blank.cast(pl.Boolean).to_numpy()
        return ones, unknown

    def _dense(self, block: Any, start: int) -> tuple[Any, Any]:
        import numpy as np

        if block.dtype.kind == "b":
            return block, None
        if block.dtype.kind not in "iuf":
            raise InputError("the matrix holds text, not 0 and 1", "give a vector of labels or a 0/1 matrix")
        ones = block == 1
        unknown = np.isnan(block) | (block == -1) if block.dtype.kind == "f" else block == -1
        valid = ones | (block == 0) | unknown
        if not valid.all():
            row, column = np.argwhere(~valid)[0]
            raise not_indicator(self.columns[column], str(block[row, column]), start + int(row) + 1)
        return ones, unknown

    def _sparse(self, block: Any, start: int) -> Any:
        import numpy as np

        block.sum_duplicates()
        block.eliminate_zeros()
        if not (block.data == 1).all():
            row = int(np.searchsorted(block.indptr, np.flatnonzero(block.data != 1)[0], "right"))
            raise not_indicator("a column of the matrix", str(block.data[block.data != 1][0]), start + row)
        return block.astype(np.int64)

    def _sets(self, ones: Any) -> Iterable[tuple[frozenset[str], int]]:
        import numpy as np

        if hasattr(ones, "indptr"):
            ends = ones.indptr.tolist()
            indices = ones.indices.tolist()
            rows = Counter(frozenset(indices[a:b]) for a, b in pairwise(ends))
            return [(frozenset(self.columns[i] for i in row), n) for row, n in rows.items()]
        packed = np.ascontiguousarray(np.packbits(ones, axis=1))
        keys = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
        unique, first, counts = np.unique(keys, return_index=True, return_counts=True)
        del unique
        rows_at = ones[first]
        names = np.array(self.columns, dtype=object)
        return [(frozenset(names[row]), n) for row, n in zip(rows_at, counts.tolist(), strict=True)]


def not_indicator(column: str, value: object, row: int) -> InputError:
    """The error for a cell that is neither 0, 1 nor unknown."""
    return InputError(
        f"row {row:,} of column {column!r} holds {value!r}; an indicator is 0 or 1, blank or -1 where unknown",
        "name the label column with --label, or the layout with --layout",
    )
