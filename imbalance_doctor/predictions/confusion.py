"""The confusion matrix, kept as the pairs that occur: memory grows with those, not with the square of the classes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .pieces import Counts

Codes = NDArray[np.int64]
SLACK = 1 << 18
"""Pairs that may wait, counted more than once, before equal ones are brought together."""


@dataclass(frozen=True)
class Confusion:
    """Rows by code, true index * classes + predicted index, in `parts` whose codes may repeat."""

    n_classes: int
    parts: tuple[tuple[Codes, Counts], ...] = ()
    settled: int = 0
    """Codes that were left when equal ones were last brought together."""

    def add(self, truth: Codes, predicted: Codes) -> "Confusion":
        """With rows (n,) of true and predicted indices more."""
        codes, counts = np.unique(truth * self.n_classes + predicted, return_counts=True)
        return self.merge(Confusion(self.n_classes, ((codes, counts.astype(np.int64)),)))

    def merge(self, other: "Confusion") -> "Confusion":
        """Of both together."""
        parts, settled = (*self.parts, *other.parts), max(self.settled, other.settled)
        if sum(len(codes) for codes, _ in parts) <= 2 * settled + SLACK:
            return Confusion(self.n_classes, parts, settled)
        whole = gathered(parts)
        return Confusion(self.n_classes, (whole,), len(whole[0]))

    def rows(self) -> dict[tuple[int, int], int]:
        """Rows by (true, predicted) index, in that order."""
        codes, counts = gathered(self.parts)
        return {divmod(code, self.n_classes): n for code, n in zip(codes.tolist(), counts.tolist(), strict=True)}


def gathered(parts: tuple[tuple[Codes, Counts], ...]) -> tuple[Codes, Counts]:
    """The codes that occur, ascending, and their counts."""
    if not parts:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    codes, counts = (np.concatenate([part[i] for part in parts]) for i in (0, 1))
    order = np.argsort(codes, kind="stable")
    codes = codes[order]
    first = np.flatnonzero(np.diff(codes, prepend=-1))
    return codes[first], np.add.reduceat(counts[order], first) if len(first) else counts
