"""Sums of floats that hardly depend on the order of the addends."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .links import Floats


@dataclass(frozen=True)
class Sum:
    """A sum and what rounding took from it, any shape: Knuth's two-sum, The Art of Computer Programming, vol. 2, 4.2.2.

    Partial sums come from pieces of a dump; added up so, the total does not show where it was cut, up to about one unit
    in the last place.

    >>> (Sum.of(1.0) + Sum.of(1e100) + Sum.of(1.0) + Sum.of(-1e100)).total.tolist()
    2.0
    """

    high: Floats
    low: Floats

    @classmethod
    def of(cls, value: NDArray[Any] | float) -> "Sum":
        """Of one addend."""
        high = np.asarray(value, dtype=np.float64)
        return cls(high, np.zeros_like(high))

    @classmethod
    def zero(cls, n: int) -> "Sum":
        """Of no addends (n,)."""
        return cls.of(np.zeros(n))

    def __add__(self, other: "Sum") -> "Sum":
        high = self.high + other.high
        back = high - self.high
        lost = (self.high - (high - back)) + (other.high - back)
        return Sum(np.asarray(high), np.asarray(self.low + other.low + lost))

    @property
    def total(self) -> Floats:
        """The sum."""
        return np.asarray(self.high + self.low)
