"""The best constant output under focal loss with gamma 2, which has no closed form.

Focal loss of a true class with output q is g(q) = (1 - q)² (-ln q): Lin et al. (2017), "Focal loss for dense object
detection". On the logit scale v = logit q the logarithm of its slope, `log_slope`, falls at a rate between 0.88 and 2,
so Newton's method settles everywhere.
"""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
DIGITS = 9
"""Logits are rounded to this before the loss is taken. The loss is flat there, so no digit of it changes, and machines
whose vectorised logarithms differ in the last bit agree."""


def sigmoid_focal_floor(a: Sequence[float], b: Sequence[float]) -> list[float]:
    """Per label the least a g(q) + b g(1 - q) over q in 0..1, for weights a, b >= 0 of the positives and negatives."""
    floors = [0.0] * len(a)
    inside = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x > 0 and y > 0]
    target = np.array([math.log(a[i] / b[i]) for i in inside])
    z = target / 3
    for _ in range(60):
        gap = target + log_slope(z) - log_slope(-z)
        step = gap / (slope_of_log_slope(z) + slope_of_log_slope(-z))
        z = z - step
        if np.all(np.abs(step) < 1e-12):
            break
    for i, logit in zip(inside, z.tolist(), strict=True):
        floors[i] = a[i] * focal(round(logit, DIGITS)) + b[i] * focal(-round(logit, DIGITS))
    return floors


def softmax_focal_floor(counts: Sequence[int]) -> float:
    """The least sum_k pi_k g(q_k) over the simplex, pi_k = counts_k / N.

    g is convex, so the one point where all pi_k g'(q_k) equal some -lambda is the minimum; ln lambda is found by
    Newton's method inside a bracket.
    """
    distinct, times = np.unique(np.array([n for n in counts if n], dtype=np.int64), return_counts=True)
    total, k = int((distinct * times).sum()), int(times.sum())
    if k < 2:
        return 0.0
    shares = distinct / total
    log_shares = np.log(shares)
    even = float(log_slope(np.array([-math.log(k - 1)]))[0])
    low, high = float(log_shares.min()) + even, float(log_shares.max()) + even
    t, v = (low + high) / 2, np.full(len(shares), -math.log(k - 1))
    for _ in range(200):
        v = logit_at(t - log_shares, v)
        q = 1 / (1 + np.exp(-v))
        excess = float(times @ q) - 1
        low, high = (t, high) if excess > 0 else (low, t)
        step = excess / float(times @ (q * (1 - q) / slope_of_log_slope(v)))
        inside = t - step if low < t - step < high else (low + high) / 2
        if abs(inside - t) < 1e-12:
            break
        t = inside
    outputs = [1 / (1 + math.exp(-round(logit, DIGITS))) for logit in v.tolist()]
    repeats = times.tolist()
    norm = math.fsum(q * n for q, n in zip(outputs, repeats, strict=True))
    terms = zip(shares.tolist(), repeats, (q / norm for q in outputs), strict=True)
    return math.fsum(n * share * (1 - q) ** 2 * -math.log(q) for share, n, q in terms)


def logit_at(target: Floats, start: Floats) -> Floats:
    """The logits at which `log_slope` equals `target`."""
    v = start
    for _ in range(60):
        step = (log_slope(v) - target) / slope_of_log_slope(v)
        v = v - step
        if np.all(np.abs(step) < 1e-12):
            break
    return v


def focal(logit: float) -> float:
    """g(q) at q = sigmoid(logit)."""
    # ln(1 + e^-v) without overflow on the far negative side
    loss = math.log1p(math.exp(-logit)) if logit > 0 else math.log1p(math.exp(logit)) - logit
    return loss / (1 + math.exp(logit)) ** 2


def log_slope(v: Floats) -> Floats:
    """ln(-g'(q)) at q = sigmoid(v): -g'(q) = (1 - q) (2 (-ln q) + (1 - q) / q)."""
    logs: Floats = np.log(2 * np.logaddexp(0, -v) + np.exp(-v)) - np.logaddexp(0, v)
    return logs


def slope_of_log_slope(v: Floats) -> Floats:
    """The derivative of `log_slope` to v, between -2 and -0.88."""
    odds = np.exp(-v)
    slopes: Floats = -1 / (1 + odds) - (2 * odds / (1 + odds) + odds) / (2 * np.logaddexp(0, -v) + odds)
    return slopes
