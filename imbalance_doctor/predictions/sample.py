"""The bounded sample of rows: what quantiles, exact ranking and the trial of corrections work on.

Kept are the rows whose numbers have the smallest hashes, so the sample depends on which rows there are and on nothing
else: not on blocks, threads or the order of merging.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .blocks import ScoreBlock, ScoreSample, Setting
from .distinct import splitmix64
from .pieces import Mask

MAX_CELLS = 4_000_000
MAX_ROWS = 50_000
SLACK = 1.25
"""How much more than the sample is kept before it is sorted out."""


@dataclass(frozen=True)
class Rows:
    """Rows of a block side by side: number, score, truth and known cells, the last two None where there are none."""

    numbers: NDArray[np.int64]
    scores: NDArray[Any]
    truth: NDArray[Any] | None
    known: Mask | None

    def take(self, which: NDArray[Any]) -> "Rows":
        """Those at the indices, or where the mask is true."""
        truth, known = (None if part is None else part[which] for part in (self.truth, self.known))
        return Rows(self.numbers[which], self.scores[which], truth, known)


@dataclass
class SampleTally:
    """Rows with the smallest hashes among the `n` good rows seen; `parts` hold more than the capacity in between."""

    setting: Setting
    n: int = 0
    cutoff: np.uint64 = field(default_factory=lambda: np.uint64(2**64 - 1))
    """No row with a larger hash belongs to the sample any more."""
    parts: list[Rows] = field(default_factory=list)

    def add(self, block: ScoreBlock, scores: NDArray[Any], good: Mask) -> None:
        """Offer the rows of a block that are `good` (n,); `scores` (n, K) are the block's as a matrix."""
        self.n += int(good.sum())
        numbers = np.arange(block.start, block.start + len(scores), dtype=np.int64)
        hashes = splitmix64(numbers.astype(np.uint64))
        chosen = np.flatnonzero(good & (hashes <= self.cutoff))
        chosen = smallest(hashes, chosen, capacity(scores.shape[1]))
        truth, known = truth_of(block, self.setting, scores.shape[1])
        self.parts.append(Rows(numbers, scores, truth, known).take(chosen))
        self._bound(SLACK)

    def _bound(self, slack: float) -> None:
        """Drop what cannot be in the sample once the parts hold `slack` times what can; one part after the other."""
        numbers = [part.numbers for part in self.parts]
        most = capacity(self.parts[0].scores.shape[1]) if self.parts else 0
        if sum(map(len, numbers)) > slack * most:
            hashes = splitmix64(np.concatenate(numbers).astype(np.uint64))
            self.cutoff = np.partition(hashes, most - 1)[most - 1]
            for index, part in enumerate(self.parts):
                self.parts[index] = part.take(splitmix64(part.numbers.astype(np.uint64)) <= self.cutoff)

    def merge(self, other: "SampleTally") -> "SampleTally":
        """Of both together; neither operand changes."""
        cutoff = min(self.cutoff, other.cutoff)
        merged = SampleTally(self.setting, self.n + other.n, cutoff, [*self.parts, *other.parts])
        merged._bound(SLACK)
        return merged

    def finish(self) -> ScoreSample | None:
        """The sample, rows in order; None when there was no good row."""
        if not self.n:
            return None
        self._bound(1)
        numbers = np.concatenate([part.numbers for part in self.parts])
        order = np.argsort(numbers)
        width = self.parts[0].scores.shape[1]
        scores = np.empty((len(order), width))
        place = np.empty_like(order)
        place[order] = np.arange(len(order))
        first = 0
        for part in self.parts:
            scores[place[first : first + len(part.numbers)]] = part.scores
            first += len(part.numbers)
        truth, known = answers(self.parts)
        truth, known = (None if rows is None else rows[order] for rows in (truth, known))
        known = None if known is None or known.all() else known
        return ScoreSample(numbers[order], scores, truth, known, self.n <= capacity(width))


def capacity(n_columns: int) -> int:
    """Rows of a full sample.

    >>> capacity(1), capacity(120), capacity(10_000_000)
    (50000, 33333, 1)
    """
    return min(MAX_ROWS, max(1, MAX_CELLS // max(1, n_columns)))


def smallest(hashes: NDArray[np.uint64], candidates: NDArray[np.intp], most: int) -> NDArray[np.intp]:
    """The candidates, ascending, or the `most` of them with the smallest hashes when they are more."""
    if len(candidates) <= most:
        return candidates
    return np.sort(candidates[np.argpartition(hashes[candidates], most - 1)[:most]])


def truth_of(block: ScoreBlock, setting: Setting, n_columns: int) -> tuple[NDArray[Any] | None, Mask | None]:
    """Truth and known cells of a block in the form they have throughout: None only where the task has none."""
    if not setting.has_truth:
        return None, None
    if setting.task != "sigmoid":
        unknown = np.full(block.n, -1, dtype=np.int64)
        return (unknown if block.truth is None else np.asarray(block.truth).astype(np.int64)), None
    shape = (block.n, n_columns)
    if block.truth is None:
        return np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    return np.asarray(block.truth, dtype=bool).reshape(shape), block.known


def answers(parts: list[Rows]) -> tuple[NDArray[Any] | None, Mask | None]:
    """Truth and known cells of the parts, one below the other; None where no part has them."""
    truths = [part.truth for part in parts if part.truth is not None]
    known = None
    if any(part.known is not None for part in parts):
        known = np.concatenate([np.ones(p.scores.shape, dtype=bool) if p.known is None else p.known for p in parts])
    return np.concatenate(truths) if truths else None, known
