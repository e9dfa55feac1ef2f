"""Label sets of many rows, held as bits or as lists of indices, whichever is smaller, block by block."""

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int64]
Bools = NDArray[np.bool_]


class LabelRows:
    """Grows at the end; `dense` gives any rows back as booleans."""

    def __init__(self) -> None:
        self._starts = [0]
        self._bits: list[NDArray[np.uint8] | None] = []
        self._pairs: list[tuple[Indices, NDArray[np.int32]]] = []
        self._widths: list[int] = []

    def __len__(self) -> int:
        return self._starts[-1]

    def add_bits(self, ones: Bools) -> None:
        """Add rows (n, K) of booleans."""
        n, width = ones.shape
        marks = int(np.count_nonzero(ones))
        if 4 * marks + 8 * n < n * ((width + 7) // 8):
            rows, labels = np.nonzero(ones)
            self.add_pairs(n, rows, labels)
            return
        self._append(n, np.packbits(ones, axis=1), (np.empty(0, np.int64), np.empty(0, np.int32)), width)

    def add_pairs(self, n: int, rows: NDArray[np.integer], labels: NDArray[np.integer]) -> None:
        """Add `n` rows: row `rows[i]` among them carries the label `labels[i]`."""
        order = np.argsort(rows, kind="stable")
        ends = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=n))))
        self._append(n, None, (ends.astype(np.int64), labels[order].astype(np.int32)), 0)

    def _append(
        self, n: int, bits: NDArray[np.uint8] | None, pairs: tuple[Indices, NDArray[np.int32]], width: int
    ) -> None:
        self._bits.append(bits)
        self._pairs.append(pairs)
        self._widths.append(width)
        self._starts.append(len(self) + n)

    def dense(self, at: Indices, to: Indices, width: int) -> Bools:
        """The rows `at` as (len(at), width) booleans, label i in column `to[i]`; -1 leaves one out."""
        out = np.zeros((len(at), width), dtype=bool)
        block = np.searchsorted(np.array(self._starts), at, side="right") - 1
        for b in np.unique(block[at >= 0]).tolist():
            where = np.flatnonzero((block == b) & (at >= 0))
            local = at[where] - self._starts[b]
            bits = self._bits[b]
            if bits is not None:
                columns = np.flatnonzero(to[: self._widths[b]] >= 0)
                ones = np.unpackbits(bits[local], axis=1, count=self._widths[b]).view(bool)
                out[np.ix_(where, to[columns])] = ones[:, columns]
                continue
            ends, labels = self._pairs[b]
            sizes = ends[local + 1] - ends[local]
            first = np.repeat(ends[local] - np.cumsum(sizes) + sizes, sizes)
            columns = to[labels[first + np.arange(len(first))]]
            rows = np.repeat(where, sizes)
            out[rows[columns >= 0], columns[columns >= 0]] = True
        return out

    def counts(self, width: int) -> Indices:
        """Rows per label."""
        total = np.zeros(width, np.int64)
        for bits, (_, labels), wide in zip(self._bits, self._pairs, self._widths, strict=True):
            if bits is None:
                total += np.bincount(labels, minlength=width)
            else:
                for start in range(0, len(bits), 65_536):
                    part = np.unpackbits(bits[start : start + 65_536], axis=1, count=wide)
                    total[:wide] += part.sum(axis=0, dtype=np.int64)
        return total

    def only_labels(self) -> NDArray[np.int32] | None:
        """The one label of every row, None when some row has none or several."""
        found: list[NDArray[np.int32]] = []
        for bits, (ends, labels), wide in zip(self._bits, self._pairs, self._widths, strict=True):
            if bits is None:
                if not (np.diff(ends) == 1).all():
                    return None
                found.append(labels)
                continue
            for start in range(0, len(bits), 65_536):
                part = np.unpackbits(bits[start : start + 65_536], axis=1, count=wide)
                if not (part.sum(axis=1, dtype=np.int64) == 1).all():
                    return None
                found.append(part.argmax(axis=1).astype(np.int32))
        return np.concatenate(found) if found else None
