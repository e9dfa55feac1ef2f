"""Trying a correction honestly: chosen on one half of the rows, scored on the other, both ways, pooled.

The rows are put in the order of a hash of their number, so that a dump sorted by class or by time does no harm and the
same dump always gives the same halves.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import scoring
from .blocks import ScoreSample, Setting
from .decisions import Cut, decide
from .scoring import Counts, Numbers

Fit = Callable[[ScoreSample], Cut | None]
"""From rows to the cut they suggest; None when they suggest none."""

GROUPS = 1000
"""Groups of rows that the bootstrap draws; each row is a group when there are fewer."""
SEED = 20_240_229


def shuffled(sample: ScoreSample) -> ScoreSample:
    """The sample in the order of a hash of the row numbers (splitmix64, salted)."""
    return part(sample, np.argsort(_hash(sample.rows), kind="stable"))


def part(sample: ScoreSample, rows: Any) -> ScoreSample:
    """Some rows of the sample, by a slice, a mask or positions."""
    truth = None if sample.truth is None else sample.truth[rows]
    known = None if sample.known is None else sample.known[rows]
    return ScoreSample(sample.rows[rows], sample.scores[rows], truth, known, sample.whole)


def cross_fitted(fit: Fit, sample: ScoreSample, setting: Setting) -> NDArray[Any] | None:
    """Predictions for every row of a shuffled sample, each by a cut from the other half.

    None when neither half suggests a cut; where only one does, the rows that it would serve stay as they are.
    """
    middle = len(sample.rows) // 2
    first, second = part(sample, slice(0, middle)), part(sample, slice(middle, None))
    cuts = fit(second), fit(first)
    if all(cut is None for cut in cuts):
        return None
    return np.concatenate([decide(h.scores, setting, c) for h, c in zip((first, second), cuts, strict=True)])


class Examiner:
    """Scores predictions against the truth of one shuffled sample, and the gain over those as they are.

    `truth` and `known` as in ScoreSample, every row with a truth; `as_is` the predictions to compare with.
    """

    def __init__(
        self, truth: NDArray[Any], known: NDArray[np.bool_] | None, metric: str, n_classes: int, as_is: NDArray[Any]
    ) -> None:
        self.metric = metric
        self.truth = truth
        self.known = known
        self.groups = min(len(truth), GROUPS)
        self.n_classes = n_classes
        self._of_truth = self._table(truth), self._known()
        self._as_is = self._counts(as_is)
        # At least 200 draws; more where they are cheap.
        draws = int(np.clip(4e8 / (self.groups * n_classes), 200, 1000))
        drawn = np.random.default_rng(SEED).integers(self.groups, size=(draws, self.groups))
        drawn += np.arange(draws)[:, None] * self.groups
        self._draws = np.bincount(drawn.ravel(), minlength=drawn.size).reshape(drawn.shape).astype(np.float32)
        self._values_as_is = self._values(self._as_is)
        self.as_is = self._score(self._as_is)

    def examine(self, predicted: NDArray[Any]) -> tuple[float, tuple[float, float]]:
        """The metric on all rows, and a 95 % bootstrap interval of its gain over the predictions as they are.

        Rows are drawn with replacement, seeded; up to `GROUPS` random groups of them instead of single rows, whose
        sums vary as rows do, so that all draws are one matrix product. The cuts are not fitted anew in each draw.
        """
        counts = self._counts(predicted)
        low, high = np.percentile(self._values(counts) - self._values_as_is, [2.5, 97.5])
        return self._score(counts), (float(low), float(high))

    def _score(self, counts: Counts) -> float:
        return float(scoring.value(self.metric, _each(counts, lambda table: table.sum(axis=0))))

    def _values(self, counts: Counts) -> Numbers:
        """The metric in every draw; a block of draws at a time bounds the memory to some 50 MB."""
        size = max(1, 1_000_000 // self.n_classes)
        blocks = [self._draws[start : start + size] for start in range(0, len(self._draws), size)]
        return np.concatenate([scoring.value(self.metric, _drawn(counts, block)) for block in blocks])

    def _counts(self, predicted: NDArray[Any]) -> Counts:
        """Counts per group of consecutive rows, (groups, K)."""
        support, known = self._of_truth
        many = self.truth.ndim == 2
        hits = predicted & self.truth if many else np.where(predicted == self.truth, predicted, -1)
        return Counts(self._table(hits), self._table(predicted), support, known, many)

    def _known(self) -> Numbers:
        if self.truth.ndim == 2:
            return self._table(np.ones(self.truth.shape, np.bool_))
        return np.bincount(self._group(), minlength=self.groups)[:, None]

    def _table(self, cells: NDArray[Any]) -> Numbers:
        """Rows per group and class: of class indices, -1 for none, or of booleans where the truth is known."""
        if cells.ndim == 1:
            there = cells >= 0
            index = self._group()[there] * self.n_classes + cells[there]
            return np.bincount(index, minlength=self.groups * self.n_classes).reshape(self.groups, self.n_classes)
        counted = cells if self.known is None else cells & self.known
        starts = -(-np.arange(self.groups) * len(cells) // self.groups)
        return np.asarray(np.add.reduceat(counted, starts, axis=0, dtype=np.int32))

    def _group(self) -> NDArray[np.int64]:
        return np.arange(len(self.truth)) * self.groups // len(self.truth)


def _drawn(counts: Counts, draws: Numbers) -> Counts:
    """The counts of every draw, (draws, K). Sums stay below 2**24, where float32 is exact."""
    return _each(counts, lambda table: (draws @ table.astype(np.float32)).astype(np.float64))


def _each(counts: Counts, change: Callable[[Numbers], Numbers]) -> Counts:
    tables = (counts.hits, counts.predicted, counts.support, counts.known)
    hits, predicted, support, known = (change(table) for table in tables)
    return Counts(hits, predicted, support, known, counts.many)


def _hash(rows: NDArray[np.int64]) -> NDArray[np.uint64]:
    """splitmix64 of the row numbers, with a salt of its own: a sample chosen by the plain hash is no obstacle."""
    x = rows.astype(np.uint64) ^ np.uint64(0x5DEECE66D1CE4E5B)
    x = x + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(x ^ (x >> np.uint64(31)))
