"""Mean, spread and range of each class's scores, in one pass and without cancellation."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .compensated import Sum
from .links import Floats
from .pieces import products

STILL = 0.01
"""Below this share of the sum of squares, the sum of squared deviations is not taken as a difference from it."""


@dataclass(frozen=True)
class Moments:
    """Of n scores per class (K classes): `sums` (K,), `squares` (K,) the sum of squared deviations from the mean,
    `lowest` and `highest` (K,), which are +inf and -inf for no scores."""

    n: int
    sums: Sum
    squares: Floats
    lowest: Floats
    highest: Floats

    @classmethod
    def none(cls, n_classes: int) -> "Moments":
        """Of no scores."""
        zeros, infinite = np.zeros(n_classes), np.full(n_classes, np.inf)
        return cls(0, Sum.of(zeros), zeros, infinite, -infinite)

    @classmethod
    def of(cls, wide: Floats, lowest: NDArray[Any], highest: NDArray[Any]) -> "Moments":
        """Of scores (K, n), n >= 1, whose ranges are known.

        Where the scores of a class hardly vary, the first of them is taken off before squaring. As it is one of the n,
        its own deviation is part of the sum, so the difference loses at most a factor n, and constant scores give
        exactly 0.
        """
        n = wide.shape[1]
        sums, raw = products(wide, np.ones(n)), products(wide, wide)
        squares = raw - sums * sums / n
        still = np.flatnonzero(~(squares > STILL * raw))
        if len(still):
            deviations = wide[still] - wide[still, :1]
            off = deviations.sum(axis=1)
            sums[still] = n * wide[still, 0] + off
            squares[still] = products(deviations, deviations) - off * off / n
        return cls(n, Sum.of(sums), np.maximum(squares, 0.0), lowest.astype(np.float64), highest.astype(np.float64))

    def merge(self, other: "Moments") -> "Moments":
        """Of both together: Chan, Golub and LeVeque (1983), "Algorithms for computing the sample variance"."""
        if not (self.n and other.n):
            return self if self.n else other
        n = self.n + other.n
        apart = other.mean - self.mean
        return Moments(
            n,
            self.sums + other.sums,
            self.squares + other.squares + apart * apart * (self.n * (other.n / n)),
            np.minimum(self.lowest, other.lowest),
            np.maximum(self.highest, other.highest),
        )

    @property
    def mean(self) -> Floats:
        """(K,); 0 without scores."""
        return self.sums.total / max(1, self.n)

    @property
    def std(self) -> Floats:
        """Population standard deviation (ddof 0)."""
        return np.asarray(np.sqrt(self.squares / max(1, self.n)))
