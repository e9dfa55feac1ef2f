"""Thresholds for scores that do not compete: one cut for each column (sigmoid, binary), on the scale of the scores.

Every function returns one threshold per column, NaN where there is no ground to move it: the column then stays as it
is. A threshold is reached by equality. It lies midway between two neighbouring scores, so that rounding it, to float32
say, moves no row.

Sources: Lipton, Elkan and Naryanaswamy 2014, "Optimal thresholding of classifiers to maximize F1 measure" (F*/2);
Yang 2001, "A study of thresholding strategies for text categorization" (prior matching is her PCut, a threshold per
class her SCut, which overfits on rare classes); Elkan 2001, "The foundations of cost-sensitive learning", theorem 2
(what a weight does to an output).
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .links import probabilities, sigmoid
from .ranking import Ranking

Floats = NDArray[np.float64]
Objective = Callable[[NDArray[Any], NDArray[Any], int, int], NDArray[Any]]
"""From true positives, false positives, positives and negatives to what shall be largest."""

SHRINKAGE = 5
"""Samples of the rarer side at which a tuned threshold counts half, and the prior the other half. In simulations with
normal, heavy-tailed, skewed and mixed scores and 4 to 300 positives a half, 5 lost least against the best threshold."""
ENOUGH = 20
"""Samples of the rarer side from which a ranking at chance is held against a class."""
FEWEST = 10
"""Samples of the rarer side below which a threshold is not tuned where the prior is no guide (accuracy …)."""
PLATEAU = 0.02
"""Cuts this close to the best are taken for equally good: the peak of an F1 curve is flat and its top is noise."""
CHANCE_Z = 2.0
"""An AUROC with a z below this says nothing: the best F1 cut of such a class is to predict it everywhere."""


def on_scale(p: Floats, kind: str) -> Floats:
    """Probabilities on the scale of the scores: as they are, or as log odds for logits. NaN for 0 and 1."""
    inside = np.where((p > 0) & (p < 1), p, np.nan)
    return np.log(inside) - np.log1p(-inside) if kind == "logits" else inside


def prior_boundary(priors: Floats, kind: str) -> Floats:
    """Cut each class at its prior p: where the evidence is neutral, the optimum for balanced accuracy."""
    return on_scale(priors, kind)


def prior_matching(scores: Floats, priors: Floats) -> Floats:
    """Fire as often as the class occurs: the (1 - p) quantile of its scores. Needs no truth.

    `scores` (m, columns). Exactly round(p m) rows of these reach the threshold unless scores tie there, then the
    nearest number that a cut can give. NaN where that number is 0, or where only all or none can fire.
    """
    ordered = np.sort(scores.T, axis=1)
    counts = np.floor(priors * len(scores) + 0.5).astype(np.int64)
    return np.array([_cut_for(row, int(count)) for row, count in zip(ordered, counts, strict=True)], np.float64)


def tuned(scores: Floats, truth: NDArray[np.bool_], known: NDArray[np.bool_] | None, objective: str) -> Floats:
    """A threshold of its own for each column, by the truth: `objective` is f1, both-f1, accuracy or balanced-accuracy.

    F1: the number of rows that fire is the mean, in log odds, over the cuts within `PLATEAU` of the best, then shrunk
    towards the number of positives (prior matching) by n / (n + SHRINKAGE), n being the rarer of positives and
    negatives. A column with n >= ENOUGH that ranks at chance keeps its cut, and so does one without positives.
    The other objectives have no such guide: they keep the cut below `FEWEST`.
    """
    cuts = []
    for k in range(scores.shape[1]):
        rows = slice(None) if known is None else known[:, k]
        column, positive = scores[rows, k], truth[rows, k]
        cuts.append(_tuned_column(np.sort(column[positive]), np.sort(column[~positive]), objective))
    return np.array(cuts, np.float64)


def _tuned_column(positives: Floats, negatives: Floats, objective: str) -> float:
    n = min(len(positives), len(negatives))
    by_f1 = objective in ("f1", "both-f1")
    if n < (1 if by_f1 else FEWEST) or (n >= ENOUGH and _z(positives, negatives) < CHANCE_Z):
        return math.nan
    reached = np.unique(positives)
    tp = len(positives) - np.searchsorted(positives, reached)
    fp = len(negatives) - np.searchsorted(negatives, reached)
    worth = OBJECTIVES[objective](tp, fp, len(positives), len(negatives))
    ordered = np.sort(np.concatenate([positives, negatives]))
    if objective == "accuracy" and worth.max() <= len(negatives):
        return float(np.nextafter(ordered[-1], math.inf))
    fired = (tp + fp)[worth >= worth.max() * (1 - PLATEAU)] if by_f1 else (tp + fp)[[worth.argmax()]]
    m = len(ordered)
    log_odds = float(np.mean(np.log(fired + 0.5) - np.log(m - fired + 0.5)))
    if by_f1:
        prior = math.log(len(positives) + 0.5) - math.log(len(negatives) + 0.5)
        log_odds = (n * log_odds + SHRINKAGE * prior) / (n + SHRINKAGE)
    share = 1 / (1 + math.exp(-log_odds))
    return _cut_for(ordered, round((m + 1) * share - 0.5))


def pooled_f1(scores: Floats, truth: NDArray[np.bool_], known: NDArray[np.bool_] | None) -> float:
    """One threshold for all columns, the best for F1 over all cells (micro-F1). NaN without positives.

    On calibrated probabilities it is F*/2; here it is searched for, so that scores may be any.
    """
    cells = truth if known is None else truth & known
    positives = np.sort(scores[cells])
    negatives = np.sort(scores[~truth if known is None else ~truth & known])
    if not len(positives):
        return math.nan
    reached = np.unique(positives)
    tp = len(positives) - np.searchsorted(positives, reached)
    fp = len(negatives) - np.searchsorted(negatives, reached)
    best = reached[OBJECTIVES["f1"](tp, fp, len(positives), len(negatives)).argmax()]
    below = [side[i - 1] for side in (positives, negatives) if (i := int(np.searchsorted(side, best)))]
    return _between(max(below), float(best)) if below else float(best)


def expected_f1(scores: Floats, kind: str) -> float:
    """One threshold for all columns without truth: F*/2, where F* is the best F1 that the scores expect of themselves.

    If probabilities q are calibrated, predicting those from a cut up has F1 of 2 sum(q fired) / (fired + sum(q)).
    """
    q = np.sort(probabilities(scores, kind, "sigmoid").ravel())[::-1]
    expected = 2 * np.cumsum(q) / (np.arange(1, len(q) + 1) + q.sum())
    return float(on_scale(np.array([expected.max() / 2]), kind)[0]) if len(q) else math.nan


def weight_undone(scores: Floats, priors: Floats, kind: str, steps: int = 32) -> Floats:
    """ln of the weight ratio w = w1/w0 per column that training seems to have used: ln odds too high by a constant.

    The inverse map q = o / (o + w (1 - o)) brings the mean probability back to the prior. NaN for a prior of 0 or 1.
    By bisection between -40 and 40; `scores` (m, columns).
    """
    logits = scores if kind == "logits" else on_scale(np.clip(scores, 1e-15, 1 - 1e-15), "logits")
    low, high = np.full(len(priors), -40.0), np.full(len(priors), 40.0)
    for _ in range(steps):
        middle = (low + high) / 2
        above = sigmoid(logits - middle).mean(axis=0) > priors
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return np.where((priors > 0) & (priors < 1), (low + high) / 2, np.nan)


def shifted(threshold: float, logs: Floats, kind: str) -> Floats:
    """The output whose log odds are `logs` above those of `threshold`: where a weighted model has to be cut."""
    if kind == "logits":
        return threshold + logs
    odds = np.exp(logs) * threshold / (1 - threshold)
    return np.asarray(odds / (1 + odds))


def area_z(scores: Floats, truth: NDArray[np.bool_], known: NDArray[np.bool_] | None) -> Floats:
    """z of the AUROC of each column against 0.5 under no skill; NaN where positives or negatives are missing."""
    found = []
    for k in range(scores.shape[1]):
        rows = slice(None) if known is None else known[:, k]
        column, positive = scores[rows, k], truth[rows, k]
        found.append(_z(np.sort(column[positive]), np.sort(column[~positive])))
    return np.array(found, np.float64)


def _z(positives: Floats, negatives: Floats) -> float:
    """That of sorted scores, ties counting half."""
    n1, n0 = len(positives), len(negatives)
    if not n1 or not n0:
        return math.nan
    below = np.searchsorted(negatives, positives).sum() + np.searchsorted(negatives, positives, "right").sum()
    return Ranking(n1, n0, float(below) / (2 * n1 * n0), None, None).z or 0.0


def _cut_for(ordered: Floats, count: int) -> float:
    """The threshold that `count` of the ascending scores reach, or the nearest number where scores tie; else NaN."""
    m = len(ordered)
    if not 0 < count < m or ordered[0] == ordered[-1]:
        return float(ordered[0]) if count == m > 0 else math.nan
    value = ordered[m - count]
    start, end = int(np.searchsorted(ordered, value)), int(np.searchsorted(ordered, value, "right"))
    more, fewer = m - start, m - end
    at = start if start and more - count <= count - fewer else end
    if at == m:
        return math.nan
    return _between(float(ordered[at - 1]), float(ordered[at]))


def _between(below: float, reached: float) -> float:
    """A number above `below` that `reached` still reaches: the middle where floats have one."""
    middle = below + (reached - below) / 2
    return middle if below < middle <= reached else reached


def _both_f1(tp: NDArray[Any], fp: NDArray[Any], n1: int, n0: int) -> NDArray[Any]:
    tn = n0 - fp
    return np.asarray(tp / (tp + fp + n1) + tn / (tn + n1 - tp + n0))


OBJECTIVES: dict[str, Objective] = {
    "f1": lambda tp, fp, n1, _n0: 2 * tp / (tp + fp + n1),
    "both-f1": _both_f1,
    "accuracy": lambda tp, fp, _n1, n0: tp + n0 - fp,
    "balanced-accuracy": lambda tp, fp, n1, n0: tp / n1 + (n0 - fp) / n0,
}
