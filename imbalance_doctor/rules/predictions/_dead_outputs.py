"""Which loss trained a dead head: the constant that minimises each common loss at a given prior.

A head that ignores its input can only choose one number q. For branches L1 (true) and L0 (false) of a loss it settles
where p L1'(q) + (1 - p) L0'(q) = 0, which is found by bisection on the logit. Focal loss: Lin et al. 2017; asymmetric
loss (ASL): Ridnik et al. 2021; Poly-1: Leng et al. 2022; MAE has no root and goes to 0 for p < 0.5.
"""

import math
from collections.abc import Callable, Mapping, Sequence

Slope = Callable[[float], float]

CLOSE = 0.15
"""Mean distance of the logits within which a constant is attributed to a loss: 16 % of the odds."""
SAME = 0.05
"""Losses whose distance differs by less cannot be told apart."""
EDGE = 1e-9
ASL_MARGIN = 0.05


def _focal(alpha: float) -> tuple[Slope, Slope]:
    def on_true(q: float) -> float:
        return alpha * (2 * (1 - q) * math.log(q) - (1 - q) ** 2 / q)

    def on_false(q: float) -> float:
        return (1 - alpha) * (-2 * q * math.log1p(-q) + q**2 / (1 - q))

    return on_true, on_false


def _asymmetric(gamma: int) -> tuple[Slope, Slope]:
    """ASL with gamma- 4, margin 0.05 and the given gamma+."""

    def on_true(q: float) -> float:
        easing = gamma * (1 - q) ** (gamma - 1) * math.log(q) if gamma else 0.0
        return easing - (1 - q) ** gamma / q

    def on_false(q: float) -> float:
        m = max(q - ASL_MARGIN, 0.0)
        return -4 * m**3 * math.log1p(-m) + m**4 / (1 - m)

    return on_true, on_false


def _poly() -> tuple[Slope, Slope]:
    return (lambda q: -1 / q - 1), (lambda q: 1 / (1 - q) + 1)


SLOPES: Mapping[str, tuple[Slope, Slope]] = {
    "focal loss, gamma 2": _focal(0.5),
    "focal loss, gamma 2, alpha 0.25": _focal(0.25),
    "focal loss, gamma 2, alpha 0.75": _focal(0.75),
    "asymmetric loss, gammas 4 and 1, margin 0.05": _asymmetric(1),
    "asymmetric loss, gammas 4 and 0, margin 0.05": _asymmetric(0),
    "Poly-1 cross-entropy, epsilon 1": _poly(),
}


def dead_output(loss: str, prior: float) -> float:
    """The constant output under one of SLOPES at a prior strictly between 0 and 1."""
    on_true, on_false = SLOPES[loss]
    low, high = -40.0, 40.0
    for _ in range(80):
        middle = (low + high) / 2
        q = min(max(1 / (1 + math.exp(-middle)), 1e-15), 1 - 1e-15)
        if prior * on_true(q) + (1 - prior) * on_false(q) < 0:
            low = middle
        else:
            high = middle
    return 1 / (1 + math.exp(-(low + high) / 2))


def sigmoid_table(priors: Sequence[float]) -> dict[str, list[float]]:
    """Per loss, the constant of every label when each output stands for itself."""
    closed = {
        "plain cross-entropy or squared error": list(priors),
        "balanced weights, pos_weight (1-p)/p, or no training at all": [0.5] * len(priors),
        "pos_weight sqrt((1-p)/p)": [math.sqrt(p) / (math.sqrt(p) + math.sqrt(1 - p)) for p in priors],
        "absolute error (MAE), which goes to 0 or 1": [float(p > 0.5) for p in priors],
    }
    return closed | {loss: [dead_output(loss, p) for p in priors] for loss in SLOPES}


def softmax_table(priors: Sequence[float]) -> dict[str, list[float]]:
    """Per loss, the constant of every class when they compete."""
    roots = [math.sqrt(p) for p in priors]
    return {
        "plain cross-entropy": list(priors),
        "balanced weights, logit-adjusted cross-entropy, or no training at all": [1 / len(priors)] * len(priors),
        "weights in proportion to 1/sqrt(p)": [root / math.fsum(roots) for root in roots],
    }


def explain(outputs: Sequence[float], table: Mapping[str, Sequence[float]]) -> list[str]:
    """The losses whose constants are these outputs, nearest first, those that cannot be told apart together."""
    if not outputs:
        return []
    distance = {
        loss: math.fsum(abs(_logit(q) - _logit(c)) for q, c in zip(outputs, constants, strict=True)) / len(outputs)
        for loss, constants in table.items()
    }
    best = min(distance.values())
    near = [loss for loss, far in distance.items() if far <= CLOSE and far - best <= SAME]
    return sorted(near, key=lambda loss: distance[loss])


def _logit(q: float) -> float:
    q = min(max(q, EDGE), 1 - EDGE)
    return math.log(q / (1 - q))
