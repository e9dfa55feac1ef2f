"""Histograms of probabilities on a fixed grid, fine near 0 and near 1: what ranking needs when the rows are not kept.

The grid is the floating-point format's own: p below 0.5 (1 - p above) falls into the bin of its exponent and of the
first bits of its mantissa, which costs no logarithm and resolves a rare class's probabilities as finely as common
ones. As the grid does not depend on the data, histograms add up.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .links import Floats
from .pieces import Counts, Mask

OCTAVES = 40
"""Halvings of 0.5 that are told apart: probabilities below 2**-41 share the first bin, those above 1 - 2**-41 the
last."""
MAX_CELLS = 3_000_000
MAX_BITS = 12
MANTISSA, BIAS = 23, 127
"""Of float32: mantissa bits, and the exponent of 1.0."""


@dataclass(frozen=True)
class Histogram:
    """Counts (K * bins,) per class and bin: of `every` score, and of those whose row carries the class."""

    n_classes: int
    bits: int
    every: Counts
    positive: Counts

    @classmethod
    def none(cls, n_classes: int) -> "Histogram | None":
        """An empty histogram of K classes, None when there are too many classes for a bin per octave."""
        bits = mantissa_bits(n_classes)
        if bits is None:
            return None
        size = n_classes * n_bins(bits)
        return cls(n_classes, bits, np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64))

    def add(self, probabilities: Floats, positives: NDArray[np.int64], known: Mask | None) -> None:
        """Count probabilities (K, n). `positives`: flat indices of the cells that carry their class, all known ones;
        `known` (K, n) leaves the others out."""
        cells = bins(probabilities, self.bits)
        cells += np.arange(0, len(self.every), n_bins(self.bits))[:, None]
        np.add.at(self.every, cells.ravel() if known is None else cells[known], 1)
        np.add.at(self.positive, cells.ravel()[positives], 1)

    def merge(self, other: "Histogram") -> "Histogram":
        """Of both together; neither operand changes."""
        return Histogram(self.n_classes, self.bits, self.every + other.every, self.positive + other.positive)

    def sides(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Counts (K, bins) of positives and of negatives, from the lowest probability to the highest."""
        positive = self.positive.reshape(self.n_classes, -1)
        return positive, self.every.reshape(self.n_classes, -1) - positive


def mantissa_bits(n_classes: int) -> int | None:
    """Leading mantissa bits that a bin tells apart, within MAX_CELLS; None when not even octaves fit.

    >>> mantissa_bits(1), mantissa_bits(120), mantissa_bits(10_000), mantissa_bits(100_000)
    (12, 8, 1, None)
    """
    room = MAX_CELLS // (2 * OCTAVES * n_classes)
    return min(MAX_BITS, room.bit_length() - 1) if room else None


def n_bins(bits: int) -> int:
    """Bins of a class: OCTAVES on either side of 0.5, 2**bits to an octave."""
    return 2 * OCTAVES << bits


def bins(probabilities: NDArray[Any], bits: int) -> NDArray[np.int64]:
    """The bin of each probability, in the same shape, never falling as p rises; p outside [0, 1] goes to an end.

    >>> bins(np.array([-1.0, 0.0, 0.2, 0.3, 0.5, 0.7, 1.0, 2.0]), 0).tolist()
    [0, 0, 38, 39, 40, 40, 79, 79]
    """
    p = np.asarray(probabilities, dtype=np.float64)
    found = np.minimum(p, 1.0 - p).astype(np.float32).view(np.int32)
    found >>= MANTISSA - bits
    found -= (BIAS - 1 - OCTAVES) << bits
    # exactly 0.5 opens an octave of its own, and what lies outside [0, 1] is negative in either format
    np.maximum(found, 0, out=found)
    np.minimum(found, (OCTAVES << bits) - 1, out=found)
    # from 0.5 on the bins run backwards: n - 1 - found, where -1 - found is the complement of every bit
    above = np.negative((p >= 0.5).astype(np.int32))
    found ^= above
    above &= n_bins(bits)
    found += above
    return found.astype(np.int64)
