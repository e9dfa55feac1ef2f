"""What a loss of a softmax is worth at the best constant output: the least over the simplex of class probabilities.

`masses` are the weights of the classes in the mean: the share of a class times its factor. A class without mass is
given no probability.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
FAR = 700.0


def entropy(masses: Sequence[float]) -> float:
    """Entropy in nats of the masses over their sum: the floor of a cross entropy."""
    inside = [m for m in masses if m > 0]
    total = math.fsum(inside)
    return abs(math.fsum(m / total * math.log(total / m) for m in inside)) if inside else 0.0


def focal(masses: Sequence[float], gamma: float) -> float:
    """The least sum_k m_k (1 - q_k)^gamma (-ln q_k), gamma >= 0.

    The loss of a class is convex in q, so the one point where all m_k g'(q_k) equal some -lambda is the minimum; ln
    lambda is found by Newton's method inside a bracket.
    """
    distinct, times = np.unique(np.array([m for m in masses if m > 0]), return_counts=True)
    if gamma == 0 or times.sum() < 2:
        return math.fsum(masses) * entropy(masses)
    logs = np.log(distinct)
    v = np.full(len(logs), -math.log(times.sum() - 1))
    low, high = (float(x) for x in (logs[[0, -1]] + log_slope(v[:1], gamma)))
    t, q = (low + high) / 2, _sigmoid(v)
    for _ in range(100):
        v = _logit_at(t - logs, v, gamma)
        q = _sigmoid(v)
        excess = float(q @ times) - 1
        low, high = (t, high) if excess > 0 else (low, t)
        step = excess / float((q * (1 - q) / slope_of_log_slope(v, gamma)) @ times)
        inside = t - step if low < t - step < high else (low + high) / 2
        if abs(inside - t) < 1e-13:
            break
        t = inside
    q = q / (q @ times)
    return math.fsum((distinct * times * (1 - q) ** gamma * -np.log(q)).tolist())


def margin(masses: Sequence[float], margins: Sequence[float]) -> float:
    """The least mean of ln(1 + e^(m_k) (1 - q_k) / q_k), margins m_k of 0 ... 700 in units of the final logits.

    Convex in the logits. A gradient of zero means q - (1 - e^(-m)) q^2 = share / T with one T for all classes. Of the
    two roots every class takes the lower one but the most frequent, whose q may pass one half.
    """
    kept = [(m, s) for m, s in zip(masses, margins, strict=True) if m > 0]
    if len(kept) < 2:
        return 0.0
    shares, shrink = np.array([m for m, _ in kept]), np.exp(-np.array([s for _, s in kept]))
    shares = shares / math.fsum(shares.tolist())
    bend = (1 - shrink) * shares
    top = int(np.argmax(bend))
    others = np.arange(len(shares)) != top

    def outputs(log_t: float) -> Floats:
        level = shares * math.exp(-log_t)
        q: Floats = 2 * level / (1 + np.sqrt(np.maximum(1 - 4 * (1 - shrink) * level, 0)))
        return q

    def missing(log_t: float) -> float:
        """1 - q of the most frequent class on its upper root."""
        s, level = float(shrink[top]), float(shares[top]) * math.exp(-log_t)
        return 2 * (level - s) / (1 - 2 * s + math.sqrt(max(1 - 4 * (1 - s) * level, 0.0)))

    # Below this T a root is complex; at it the most frequent class changes from one root to the other.
    least = math.log(4 * float(bend[top])) if bend[top] > 0 else -1.0
    if outputs(least).sum() >= 1:
        q = outputs(_crossing(lambda x: 1 - float(outputs(x).sum()), least))
        rest = q.sum() - q
    else:
        at = _crossing(lambda x: float(outputs(x)[others].sum()) - missing(x), least)
        q = outputs(at)
        rest = np.where(others, 1 - q, q[others].sum())
        q[top] = 1 - q[others].sum()
    return math.fsum((shares * np.log1p(rest / (q * shrink))).tolist())


def _crossing(rising: Callable[[float], float], low: float) -> float:
    """Where a function that is negative at `low` and positive far above it changes sign."""
    high = low + 2 * FAR
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (low, middle) if rising(middle) > 0 else (middle, high)
    return (low + high) / 2


def _logit_at(target: Floats, start: Floats, gamma: float) -> Floats:
    """The logits at which `log_slope` equals `target`."""
    v = start
    for _ in range(200):
        step = (log_slope(v, gamma) - target) / slope_of_log_slope(v, gamma)
        v = np.clip(v - step, -FAR, FAR)
        if np.all(np.abs(step) < 1e-12):
            break
    return v


def _sigmoid(v: Floats) -> Floats:
    out: Floats = np.exp(-np.logaddexp(0, -v))
    return out


def log_slope(v: Floats, gamma: float) -> Floats:
    """ln(-g'(q)) at q = sigmoid(v), for g(q) = (1 - q)^gamma (-ln q): it falls from left to right."""
    odds = np.exp(-np.clip(v, -FAR, FAR))
    logs: Floats = (1 - gamma) * np.logaddexp(0, v) - v + np.log1p(gamma * np.log1p(odds) / odds)
    return logs


def slope_of_log_slope(v: Floats, gamma: float) -> Floats:
    """The derivative of `log_slope` to v, between -1 on the far left and -gamma on the far right."""
    odds = np.exp(-np.clip(v, -FAR, FAR))
    q, ratio = _sigmoid(v), np.log1p(odds) / odds
    slopes: Floats = (1 - gamma) * q - 1 + gamma * (ratio - q) / (1 + gamma * ratio)
    return slopes
