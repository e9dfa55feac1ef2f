"""Rows of scores cut into pieces that fit the processor's cache, classes first, without NaN and infinity.

Laid out with one row per class, both what is asked of a class (counts, range, mean) and what is asked of a row (its
largest score) run over contiguous memory, whatever the number of classes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .blocks import Setting
from .links import Floats, probabilities

CELLS = 1 << 17
STRIP = 512
"""Rows turned at a time."""
MIN_ROWS, MAX_ROWS = 64, 2040
"""Rows of a piece, multiples of 8; MAX_ROWS / 8 words of booleans can be added up byte by byte (`count_true`)."""

Mask = NDArray[np.bool_]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Piece:
    """Rows `first` to `last` of a block but those with NaN or infinity.

    `scores` (K, n) float32 (half precision is widened, exactly) or float64; `stored` is their precision in the dump.
    `kept` (last - first,) is None when every row is finite; `n_infinite` of the others hold an infinity. `lowest` and
    `highest` (K,) are the ranges of the scores, without meaning where no row is kept.
    """

    setting: Setting
    first: int
    last: int
    scores: NDArray[Any]
    stored: np.dtype[Any]
    kept: Mask | None
    n_infinite: int
    lowest: NDArray[Any]
    highest: NDArray[Any]

    @property
    def n(self) -> int:
        """Rows kept."""
        return int(self.scores.shape[1])

    def as_stored(self, value: Any) -> NDArray[Any]:
        """A cut, or one per class, rounded to the stored precision: a float32 score of 0.3 is at the cut 0.3."""
        with np.errstate(over="ignore"):
            return np.asarray(value, dtype=np.float64).astype(self.stored).astype(self.scores.dtype)

    def of(self, rows: NDArray[Any]) -> NDArray[Any]:
        """What belongs to the kept rows, out of something with one entry per row of the block."""
        here = rows[self.first : self.last]
        return here if self.kept is None else here[self.kept]

    @cached_property
    def wide(self) -> Floats:
        """The scores (K, n) in float64."""
        return self.scores.astype(np.float64, copy=False)

    @cached_property
    def probabilities(self) -> Floats:
        """(K, n): the scores after the link."""
        if self.setting.score_kind == "logits" and self.setting.task == "softmax":
            return self.raised / self.normaliser
        return probabilities(self.wide, self.setting.score_kind, self.setting.task, axis=0)

    @cached_property
    def raised(self) -> Floats:
        """(K, n): e to the score less the largest score of its row."""
        below = self.wide - self.top
        return np.asarray(np.exp(below, out=below))

    @cached_property
    def normaliser(self) -> Floats:
        """(n,): the sum of `raised` over the classes."""
        return np.asarray(self.raised.sum(axis=0))

    @cached_property
    def probability_sums(self) -> Floats:
        """(K,): the sum of each class's probabilities."""
        if (
            "probabilities" not in self.__dict__
            and self.setting.score_kind == "logits"
            and self.setting.task == "softmax"
        ):
            return products(self.raised, 1.0 / self.normaliser)
        return products(self.probabilities, np.ones(self.n))

    @cached_property
    def top(self) -> NDArray[Any]:
        """The largest score of each row (n,)."""
        return np.asarray(self.scores.max(axis=0))

    @cached_property
    def at(self) -> Mask:
        """(K, n): scores at or above the threshold."""
        return np.asarray(self.scores >= self.as_stored(self.setting.threshold))

    @cached_property
    def wins(self) -> Mask:
        """(K, n): the class with the single largest score of its row; rows with ties have none."""
        return single_largest(self.scores, self.top)

    @cached_property
    def winner(self) -> NDArray[np.int64]:
        """(n,): index of the class with the single largest score, -1 for ties."""
        found = np.full(self.n, -1, dtype=np.int64)
        classes, rows = np.divmod(np.flatnonzero(self.wins), self.n)
        found[rows] = classes
        return found


def pieces(scores: NDArray[Any], setting: Setting) -> Iterator[Piece]:
    """The scores (n, K) piece by piece, in order."""
    n, width = scores.shape
    step = max(MIN_ROWS, min(MAX_ROWS, CELLS // max(1, width))) // 8 * 8
    for first in range(0, n, step):
        yield _piece(scores, setting, first, min(n, first + step))


def as_matrix(scores: NDArray[Any]) -> NDArray[Any]:
    """Scores as (n, K) floats in native byte order; anything but floats of up to 64 bits becomes float64."""
    matrix = scores.reshape(len(scores), -1)
    if matrix.dtype.kind != "f" or matrix.dtype.itemsize > 8:
        return matrix.astype(np.float64)
    return matrix.astype(matrix.dtype.newbyteorder("="), copy=False)


def _piece(scores: NDArray[Any], setting: Setting, first: int, last: int) -> Piece:
    wider = np.float64 if scores.dtype.itemsize == 8 else np.float32
    turned = np.empty((scores.shape[1], last - first), dtype=wider)
    for strip in range(first, last, STRIP):
        # a long strip would read too many cache lines before it comes back to the first
        turned[:, strip - first : strip - first + STRIP] = scores[strip : min(strip + STRIP, last)].T
    lowest, highest = turned.min(axis=1), turned.max(axis=1)
    kept: Mask | None = None
    n_infinite = 0
    if not (np.isfinite(lowest).all() and np.isfinite(highest).all()):
        kept = np.asarray(np.isfinite(turned).all(axis=0))
        n_infinite = int(np.isinf(turned).any(axis=0).sum())
        turned = np.ascontiguousarray(turned[:, kept])
        if turned.shape[1]:
            lowest, highest = turned.min(axis=1), turned.max(axis=1)
    return Piece(setting, first, last, turned, scores.dtype, kept, n_infinite, lowest, highest)


def single_largest(values: NDArray[Any], top: NDArray[Any]) -> Mask:
    """(K, n): where a column's only largest value is, given the largest values (n,)."""
    equal: Mask = values == top
    if np.count_nonzero(equal) != values.shape[1]:
        equal[:, equal.sum(axis=0) > 1] = False
    return equal


def products(rows: Floats, others: Floats) -> Floats:
    """Inner product of each row (K, n) with the row of the same index (K, n), or with one row (n,) for all."""
    return np.asarray((rows[:, None, :] @ others[..., None]).reshape(len(rows)))


def count_true(mask: Mask) -> Counts:
    """Number of true cells in each row of a mask (K, n).

    Eight at a time: booleans are bytes, and up to 255 words of eight bytes add up without a carry between bytes.

    >>> count_true(np.array([[True] * 16, [False, True] * 8])).tolist()
    [16, 8]
    """
    n = mask.shape[1]
    if n == 0 or n % 8 or n > MAX_ROWS or not mask.flags.c_contiguous:
        return np.asarray(np.count_nonzero(mask, axis=1), dtype=np.int64)
    words = np.add.reduce(mask.view(np.uint64), axis=1)
    return np.asarray(words.view(np.uint8).reshape(len(mask), 8).sum(axis=1, dtype=np.int64))
