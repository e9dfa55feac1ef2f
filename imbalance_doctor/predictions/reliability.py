"""How far probabilities are from the frequencies they promise."""

from dataclasses import dataclass, field

import numpy as np

from .compensated import Sum
from .links import Floats
from .pieces import Counts, Mask

BINS = 15
"""Of equal width, each open below and closed above: Guo et al. (2017), "On calibration of modern neural networks"."""


@dataclass
class Reliability:
    """Per bin of probability: how many, their sum, and how often what they promise came true."""

    counts: Counts = field(default_factory=lambda: np.zeros(BINS, dtype=np.int64))
    sums: Sum = field(default_factory=lambda: Sum.zero(BINS))
    right: Counts = field(default_factory=lambda: np.zeros(BINS, dtype=np.int64))

    def add(self, probabilities: Floats, true: Mask) -> None:
        """Add probabilities (n,) with what came true (n,). Probabilities outside [0, 1] go to the bins at the ends."""
        # most probabilities of a rare class lie in the first bin: look closer at the others alone
        beyond = np.flatnonzero(probabilities > 1.0 / BINS)
        high = probabilities[beyond]
        where = np.clip(np.ceil(high * BINS), 1, BINS).astype(np.int64) - 1
        counts, sums = np.bincount(where, minlength=BINS), np.bincount(where, high, BINS).astype(np.float64)
        right = np.bincount(where[true[beyond]], minlength=BINS)
        counts[0] += len(probabilities) - len(high)
        sums[0] += probabilities.sum() - high.sum()
        right[0] += np.count_nonzero(true) - int(right.sum())
        self.counts += counts
        self.sums += Sum.of(sums)
        self.right += right

    def merge(self, other: "Reliability") -> "Reliability":
        """Of both together; neither operand changes."""
        return Reliability(self.counts + other.counts, self.sums + other.sums, self.right + other.right)

    @property
    def error(self) -> float | None:
        """Expected calibration error: mean over the probabilities of |mean probability - frequency| of their bin."""
        n = int(self.counts.sum())
        return float(np.abs(self.sums.total - self.right).sum()) / n if n else None
