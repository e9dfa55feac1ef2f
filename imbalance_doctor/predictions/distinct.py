"""How many different rows of scores there are, as long as they are few: a collapsed model repeats itself."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .pieces import Piece

CAP = 100_000
WAITING = 1 << 15
Hashes = NDArray[np.uint64]


@dataclass
class DistinctRows:
    """Hashes of the different rows, sorted, None once there are more than CAP; `waiting` are not sorted in yet."""

    seen: Hashes | None = field(default_factory=lambda: np.empty(0, dtype=np.uint64))
    waiting: list[Hashes] = field(default_factory=list)

    def add(self, hashes: Hashes) -> None:
        """Add the rows with these hashes."""
        if self.seen is not None:
            self.waiting.append(hashes)
            if sum(map(len, self.waiting)) > WAITING:
                self.settle()

    def settle(self) -> None:
        """Sort in what waits."""
        if self.seen is not None and self.waiting:
            found = np.sort(np.concatenate([self.seen, *self.waiting]))
            found = found[np.diff(found, prepend=~found[:1]) != 0]
            self.seen = found if len(found) <= CAP else None
        self.waiting = []

    def merge(self, other: "DistinctRows") -> "DistinctRows":
        """Of both together; neither operand changes."""
        if self.seen is None or other.seen is None:
            return DistinctRows(None)
        merged = DistinctRows(self.seen, [*self.waiting, other.seen, *other.waiting])
        merged.settle()
        return merged

    @property
    def count(self) -> int | None:
        """Number of different rows, None above the cap."""
        self.settle()
        return None if self.seen is None else len(self.seen)


def splitmix64(numbers: Hashes) -> Hashes:
    """A bijection of 64-bit numbers that leaves no pattern: Steele, Lea and Flood (2014), "Fast splittable
    pseudorandom number generators".

    >>> [hex(h) for h in splitmix64(np.array([0, 1], dtype=np.uint64)).tolist()]
    ['0xe220a8397b1dcdaf', '0x910a2dec89025cc1']
    """
    z = numbers + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def row_hashes(piece: Piece) -> Hashes:
    """A 64-bit hash (n,) of each row's scores; equal scores hash alike in every precision, 0.0 like -0.0.

    Two different rows collide with a probability of about 2**-50, so the count of up to CAP rows is exact in practice.
    """
    bits = (piece.wide + 0.0).view(np.uint64)
    # numbers that came from fewer bits have zeros at the end, which a product would keep
    bits ^= bits >> np.uint64(32)
    keys = splitmix64(np.arange(1, len(bits) + 1, dtype=np.uint64)) | np.uint64(1)
    bits *= keys[:, None]
    return np.asarray(bits.sum(axis=0, dtype=np.uint64))
