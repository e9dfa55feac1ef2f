"""The losses with one sigmoid per label as their papers have them, in probabilities, for numpy and torch alike.

`xp` is either of the two; `z` holds logits and `y` targets, (N, C) or of any one shape for a single logit. Each returns
the mean that an emitted loss promises. Fine for moderate logits only: they take the logarithm of what was rounded.
"""

from types import ModuleType
from typing import Any

import numpy as np

from imbalance_doctor.model import Weights


def sigmoid(z: Any, xp: ModuleType) -> Any:
    return 1 / (1 + xp.exp(-z))


def vector(values: Any, xp: ModuleType) -> Any:
    return xp.asarray(values, dtype=xp.float64)


def per_output(weights: Weights, values: Any) -> Any:
    """One number a column; that of the class at index 1 where there is one logit."""
    return [values[1]] if weights.task == "binary" else list(values)


def odds(weights: Weights) -> Any:
    """Positives over negatives of every output."""
    if weights.task == "binary":
        return [weights.counts[1] / weights.counts[0]]
    return [n / (weights.n_samples - n) for n in weights.counts]


def pair(z: Any, y: Any, w1: Any, w0: Any, xp: ModuleType) -> Any:
    p = sigmoid(z, xp)
    terms = vector(w1, xp) * y * xp.log(p) + vector(w0, xp) * (1 - y) * xp.log(1 - p)
    return -terms.mean()


def bce_pos_weight(z: Any, y: Any, weights: Weights, xp: ModuleType) -> Any:
    w = [1 / o for o in odds(weights)]
    return pair(z, y, w, [1.0] * len(w), xp)


def bce_pair(z: Any, y: Any, weights: Weights, xp: ModuleType) -> Any:
    """1/(2p) and 1/(2(1-p)), with p = o / (1 + o)."""
    o = odds(weights)
    return pair(z, y, [(1 + x) / (2 * x) for x in o], [(1 + x) / 2 for x in o], xp)


def f1_surrogate(z: Any, y: Any, weights: Weights, xp: ModuleType) -> Any:
    """F is 0.5, or the 2p/(1+p) of predicting everything, which is 2o/(1+2o), where that is more."""
    expected = [max(0.5, 2 * x / (1 + 2 * x)) for x in odds(weights)]
    return pair(z, y, [1 - f / 2 for f in expected], [f / 2 for f in expected], xp)


def logit_adjusted(z: Any, y: Any, weights: Weights, xp: ModuleType) -> Any:
    """Odds times the odds of the prior, e^o e^z: Menon et al., equation 10, for two classes."""
    raised = vector(odds(weights), xp) * xp.exp(z)
    p = raised / (1 + raised)
    return -(y * xp.log(p) + (1 - y) * xp.log(1 - p)).mean()


def asymmetric(z: Any, y: Any, weights: Weights, xp: ModuleType, numbers: Any = (4, 1, 0.05)) -> Any:
    """As in Alibaba-MIIL/ASL: the probability of a negative is raised by the margin, and both share one power."""
    gamma_neg, gamma_pos, clip = numbers
    p = sigmoid(z, xp)
    negative = xp.clip(1 - p + clip, None, 1)
    right = y * p + (1 - y) * negative
    return -((1 - right) ** (gamma_pos * y + gamma_neg * (1 - y)) * xp.log(right)).mean()


def hard_truncation(z: Any, y: Any, weights: Weights, xp: ModuleType, m: float = 0.6) -> Any:
    """lambda = 1 - th(y - m) th(p - m) - th(1 - m - y) th(1 - m - p), th the unit step; no tie is tried."""
    p = sigmoid(z, xp)
    left = 1 - 1.0 * ((y > m) & (p > m)) - 1.0 * ((y < 1 - m) & (p < 1 - m))
    return -(left * (y * xp.log(p) + (1 - y) * xp.log(1 - p))).mean()


def soft_truncation(z: Any, y: Any, weights: Weights, xp: ModuleType, k: float = 1) -> Any:
    positive = -sigmoid(-k * z, xp) * xp.log(sigmoid(z, xp))
    negative = -sigmoid(k * z, xp) * xp.log(sigmoid(-z, xp))
    return (y * positive + (1 - y) * negative).mean()


def row_weights(y: Any, counts: Any, a: float = 0.1, b: float = 10, mu: float = 0.2) -> Any:
    """r-hat of every cell, from r = P_class / P_row: 1/n_k over the sum of 1/n_j of the row. numpy, shape (N, C)."""
    found = np.full(np.shape(y), a + 1.0)
    for i, row in enumerate(np.asarray(y)):
        on_row = sum(1 / n for n, label in zip(counts, row, strict=True) if label)
        if on_row:
            found[i] = [a + 1 / (1 + np.exp(-b * (1 / n / on_row - mu))) for n in counts]
    return found


def distribution_balanced(z: Any, y: Any, weights: Weights, xp: ModuleType, gamma: float = 2) -> Any:
    """kappa 0.05, lambda 2; the focal factor and the logarithm of q = s(u), and of q = s(2u) for negatives."""
    u = z - 0.05 * vector([np.log(1 / o) for o in odds(weights)], xp)
    q, eased = sigmoid(u, xp), sigmoid(2 * u, xp)
    terms = y * (1 - q) ** gamma * xp.log(q) + (1 - y) * eased**gamma * xp.log(1 - eased) / 2
    return -(vector(row_weights(y, weights.counts), xp) * terms).mean()


def zlpr(z: Any, y: Any, weights: Weights, xp: ModuleType) -> Any:
    """y may hold indices, (N,), or 0/1, (N, C)."""
    on = y if y.ndim == 2 else 1.0 * (y[:, None] == xp.arange(z.shape[1]))
    return (xp.log(1 + ((1 - on) * xp.exp(z)).sum(1)) + xp.log(1 + (on * xp.exp(-z)).sum(1))).mean()


FORMULAS = {
    "bce-pos-weight": bce_pos_weight,
    "bce-pair": bce_pair,
    "f1-surrogate": f1_surrogate,
    "logit-adjusted": logit_adjusted,
    "asymmetric": asymmetric,
    "hard-truncation": hard_truncation,
    "soft-truncation": soft_truncation,
    "distribution-balanced": distribution_balanced,
    "zlpr": zlpr,
}
