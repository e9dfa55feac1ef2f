"""Does the model rank positives above negatives? AUROC and average precision, exact or from a histogram."""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .blocks import ScoreBlock, ScoreSample, Setting
from .histogram import Histogram
from .links import Floats, probabilities
from .pieces import Mask, as_matrix, single_largest
from .sample import truth_of


@dataclass(frozen=True)
class Ranking:
    """How one class is ranked.

    `auroc` is None when one side is empty, `average_precision` without positives; `average_precision_of_rest` is that
    of the other side, ranked from the other end. `error`: the largest possible error of `auroc`, half the share of
    positive-negative pairs that fall in one bin; 0 when exact.
    """

    positives: int
    negatives: int
    auroc: float | None
    average_precision: float | None
    average_precision_of_rest: float | None
    error: float = 0.0

    @property
    def z(self) -> float | None:
        """AUROC - 0.5 in standard errors under no skill, sqrt((n1 + n0 + 1) / (12 n1 n0)): Mann and Whitney (1947)."""
        if self.auroc is None:
            return None
        n1, n0 = self.positives, self.negatives
        return (self.auroc - 0.5) / math.sqrt((n1 + n0 + 1) / (12 * n1 * n0))

    @property
    def mirrored(self) -> "Ranking":
        """That of the class with index 0 in a binary task, by the same scores from the other end."""
        precisions = self.average_precision_of_rest, self.average_precision
        return Ranking(self.negatives, self.positives, self.auroc, *precisions, self.error)


UNRANKED = Ranking(0, 0, None, None, None)
"""Where there are no scores, or none were kept."""


def exact(scores: NDArray[np.floating], positives: Mask) -> Ranking:
    """Ranking of finite scores (n,) against the truth (n,); tied scores count half (AUROC) or together (AP).

    Equal to scikit-learn's roc_auc_score and average_precision_score.
    """
    order = np.argsort(scores)
    ordered = scores[order]
    last = np.flatnonzero(np.append(ordered[1:] != ordered[:-1], np.ones(min(1, len(ordered)), dtype=bool)))
    true_to = np.cumsum(positives[order], dtype=np.int64)[last]
    ones = np.diff(true_to, prepend=0)
    return of_groups(ones, np.diff(last, prepend=-1) - ones)


def binned(histogram: Histogram) -> tuple[Ranking, ...]:
    """Ranking of every class, the scores of a bin taken as tied; `error` says how much that can matter."""
    rankings = []
    for ones, zeros in zip(*histogram.sides(), strict=True):
        occupied = np.flatnonzero(ones + zeros)
        ranking = of_groups(ones[occupied], zeros[occupied])
        pairs = ranking.positives * ranking.negatives
        tied = float(np.dot(ones.astype(np.float64), zeros))
        rankings.append(replace(ranking, error=tied / (2 * pairs) if pairs else 0.0))
    return tuple(rankings)


def of_groups(ones: NDArray[np.int64], zeros: NDArray[np.int64]) -> Ranking:
    """Ranking of groups of equal scores, ascending, with so many positives and negatives each.

    >>> of_groups(np.array([0, 1]), np.array([1, 0])).auroc
    1.0
    """
    n1, n0 = int(ones.sum()), int(zeros.sum())
    auroc = None
    if n1 and n0:
        below = np.cumsum(zeros) - zeros
        # twice the Mann-Whitney statistic is a whole number, at most 2 n1 n0: exact unless that overflows
        whole = np.int64 if n1 * n0 < 2**62 else np.float64
        auroc = float(np.sum(ones.astype(whole) * (2 * below + zeros))) / (2 * n1 * n0)
    precision = average_precision(ones[::-1], zeros[::-1])
    return Ranking(n1, n0, auroc, precision, average_precision(zeros, ones))


def average_precision(hits: NDArray[np.int64], misses: NDArray[np.int64]) -> float | None:
    """Mean, over the hits, of the precision down to their group; groups from the best score down. None without hits."""
    so_far = np.cumsum(hits)
    if not len(so_far) or not so_far[-1]:
        return None
    return math.fsum((hits * (so_far / (so_far + np.cumsum(misses)))).tolist()) / int(so_far[-1])


@dataclass(frozen=True)
class Evidence:
    """Rows to rank: `scores` (m, K) float64, `positives` (m, K), `known` (m, K) or None when every cell is."""

    scores: Floats
    positives: Mask
    known: Mask | None

    def rankings(self) -> tuple[Ranking, ...]:
        """Exact ranking of every column, over its known cells."""
        return tuple(exact(*self.column(index)) for index in range(self.scores.shape[1]))

    def column(self, index: int) -> tuple[Floats, Mask]:
        """Scores and truth of one column's known cells."""
        scores, positives = self.scores[:, index], self.positives[:, index]
        if self.known is None:
            return scores, positives
        known = self.known[:, index]
        return scores[known], positives[known]


def evidence(block: ScoreBlock | ScoreSample, setting: Setting) -> Evidence:
    """The rows of a block that can be judged, ready for ranking: finite, with known truth, and untied in softmax.

    Classes that compete are ranked by their probabilities, others by the scores as they are. One column for binary.
    """
    scores = as_matrix(np.asarray(block.scores))
    width = scores.shape[1]
    truth, known = truth_of(ScoreBlock(0, scores, None, block.truth, block.known), setting, width)
    if truth is None:
        raise ValueError("ranking needs a truth")
    good = np.isfinite(scores).all(axis=1)
    if setting.task == "sigmoid":
        good &= True if known is None else known.any(axis=1)
        return Evidence(scores[good].astype(np.float64), truth[good], None if known is None else known[good])
    good &= truth >= 0
    if setting.task == "binary":
        return Evidence(scores[good].astype(np.float64), truth[good, None] == 1, None)
    turned = scores[good].T
    untied = single_largest(turned, turned.max(axis=0, initial=-np.inf)).any(axis=0)
    kept = np.flatnonzero(good)[untied]
    p = probabilities(scores[kept].astype(np.float64), setting.score_kind, setting.task)
    return Evidence(p, truth[kept, None] == np.arange(width), None)


def rankings_of(sample: ScoreSample | None, histogram: Histogram | None, setting: Setting) -> tuple[Ranking, ...]:
    """Ranking of every column of scores, exact when the sample is whole, else from the histogram; else none."""
    if sample is None:
        return ()
    if sample.whole:
        return evidence(sample, setting).rankings()
    return () if histogram is None else binned(histogram)
