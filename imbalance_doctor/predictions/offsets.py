"""Offsets for scores that compete: numbers added to the logits (or log probabilities) before the argmax (softmax).

Every function takes `z` (m, K), log probabilities or logits, and returns one offset per class. Adding one number to
all offsets changes nothing.

Sources: Menon et al. 2021, "Long-tail learning via logit adjustment" (-tau ln prior); Saerens, Latinne and
Decaestecker 2002, "Adjusting the outputs of a classifier to new a priori probabilities" (q' ~ q p'/p, the same map
for known priors); Yang 2001 (prior matching).
"""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from .decisions import winners

Floats = NDArray[np.float64]
Worth = Callable[[NDArray[np.int32]], float]
"""From predictions to the metric on the rows that are fitted on."""

TAUS = tuple(round(t / 10, 1) for t in range(-10, 21))
"""Strengths of the adjustment that are tried: 0 is the argmax, 1 balanced accuracy, below 0 for scores already
pushed towards rare classes."""
MOST_CLASSES = 30
"""Classes up to which an offset of its own is tuned for each."""
FEWEST_ROWS = 5
"""Expected rows of a class from which its predicted number can be matched to its prior."""
SHRINKAGE = 20
"""Samples of a class at which its own offset counts half, and the common adjustment the other half."""


def normalised(z: Floats) -> Floats:
    """Log probabilities: each row less the log of the sum of its exponentials."""
    top = z.max(axis=1, keepdims=True)
    return np.asarray(z - (top + np.log(np.exp(z - top).sum(axis=1, keepdims=True))))


def adjustment(priors: Floats, tau: float = 1.0) -> Floats:
    """-tau ln prior: at tau 1 a class wins where its evidence is largest, whatever its prior. NaN for a prior of 0."""
    return np.asarray(-tau * np.log(np.where(priors > 0, priors, np.nan)))


def best_tau(z: Floats, priors: Floats, worth: Worth) -> float:
    """The strength of the adjustment with the best metric; the one nearest to 0 among equals."""
    found = {tau: worth(winners(z + np.nan_to_num(adjustment(priors, tau)))) for tau in TAUS}
    return max(sorted(TAUS, key=abs), key=lambda tau: found[tau])


def prior_matching(z: Floats, priors: Floats, steps: int = 100) -> Floats:
    """Offsets under which each class wins as often as it occurs. Needs no truth.

    Minimises the convex function mean(max_k(z_k + b_k)) - sum(prior_k b_k), whose slope is share - prior, by steps
    that grow while the sign of the slope lasts and shrink when it turns (Riedmiller and Braun 1993). Returns the
    offsets whose shares came nearest.
    """
    b, step, before = np.zeros(len(priors)), np.full(len(priors), 0.5), np.zeros(len(priors))
    best, nearest = b, math.inf
    for _ in range(steps):
        won = np.bincount((z + b).argmax(axis=1), minlength=len(priors))
        lacking = priors - won / len(z)
        distance = float(np.abs(lacking).sum())
        if distance < nearest:
            best, nearest = b, distance
        sign = np.sign(np.where(np.abs(lacking) * len(z) < 0.5, 0, lacking))
        if not sign.any():
            break
        step = np.clip(step * np.where(sign * before < 0, 0.5, np.where(sign * before > 0, 1.2, 1)), 1e-9, 50)
        b, before = b + step * sign, sign
    return best


def weights_undone(z: Floats, priors: Floats, steps: int = 50) -> Floats:
    """-ln of the class weights that training seems to have used: the offsets that bring mean probabilities to priors.

    By the fixed point b += ln(prior / mean probability), from which the weights follow up to a factor (that of the
    commonest class is 1). NaN for a prior of 0.
    """
    absent = priors <= 0
    wanted = np.where(absent, 1.0, priors)
    b = np.zeros(len(priors))
    for _ in range(steps):
        mean = np.exp(normalised(z + b)).mean(axis=0)
        change = np.where(absent, 0, np.log(wanted) - np.log(np.maximum(mean, 1e-300)))
        b = b + np.clip(change, -5, 5)
        if np.abs(change).max() < 1e-6:
            break
    return np.where(absent, np.nan, b - b[priors.argmax()])


def tuned(z: Floats, start: Floats, support: NDArray[np.int64], worth: Worth, passes: int = 2) -> Floats:
    """An offset of its own for each class, by coordinate ascent on the metric from `start`.

    For each class up to 40 shifts are tried, at quantiles of the margin by which it wins or loses. At the end each
    offset is shrunk towards `start` by n / (n + SHRINKAGE), n the samples of the class; `start` is returned if that
    is not better than it. Needs K <= MOST_CLASSES.
    """
    b = np.nan_to_num(start)
    rows = np.arange(len(z))
    before = best = worth(winners(z + b))
    for _ in range(passes):
        for k in np.nonzero(support)[0]:
            others = z + b
            own = others[:, k].copy()
            others[:, k] = -np.inf
            rival = others.argmax(axis=1)
            margin = own - others[rows, rival]
            shift, value = _best_shift(margin, rival, int(k), int(support[k]), worth)
            if value > best:
                b[k] += shift
                best = value
    shrunk = np.nan_to_num(start) + (b - np.nan_to_num(start)) * support / (support + SHRINKAGE)
    return shrunk if worth(winners(z + shrunk)) > before else start


def _best_shift(margin: Floats, rival: NDArray[np.int64], k: int, support: int, worth: Worth) -> tuple[float, float]:
    """The shift of the offset of class k with the best metric: from a tenth to ten times as many wins as samples."""
    ordered = np.sort(margin)
    m = len(ordered)
    wins = np.unique(np.clip(np.geomspace(support / 10, support * 10, 40).astype(np.int64), 1, m - 1))
    shifts = -(ordered[m - wins] + ordered[m - wins - 1]) / 2
    values = [worth(np.where(margin + shift > 0, k, rival).astype(np.int32)) for shift in shifts]
    at = int(np.argmax(values))
    return float(shifts[at]), values[at]
