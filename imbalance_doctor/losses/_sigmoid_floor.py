"""The best constant output of a loss with one sigmoid per label, and the posterior at which its sign flips.

A label has two branches over the logit z: what a positive costs, falling, and what a negative costs, rising.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from ..model import Weights

Floats = NDArray[np.float64]
Branch = Callable[[Floats], Floats]
Masses = Sequence[tuple[float, float]]

GRID = np.arange(-60, 60.125, 0.125)
GOLDEN = (math.sqrt(5) - 1) / 2
STEPS = 45
"""A bracket of two cells of the grid shrinks to 1e-10; the loss is flat there, so it is known to 1e-15."""
BLOCK = 2_000
"""Pairs of masses at a time: what bounds the memory."""


def sides(weights: Weights) -> list[tuple[int, int]]:
    """(positives, negatives) of every output: that of the class at index 1 in a binary task, else one a class."""
    if weights.task == "binary":
        return [(weights.counts[1], weights.counts[0])]
    return list(zip(weights.counts, weights.negatives, strict=True))


def rates(weights: Weights) -> list[tuple[float, float]]:
    """(p, 1 - p) of every output, zeros where nothing is known."""
    return [(n / (n + m), m / (n + m)) if n + m else (0.0, 0.0) for n, m in sides(weights)]


def floor(positive: Branch, negative: Branch, masses: Masses) -> float:
    """The mean over the labels of `least`."""
    return math.fsum(least(positive, negative, masses)) / len(masses)


def least(positive: Branch, negative: Branch, masses: Masses) -> list[float]:
    """Per label the least a positive(z) + b negative(z) over z, for masses (a, b) of its positives and negatives.

    0 where one of them is 0: the other side is then free at an infinite logit. Every cell of a grid is looked at, so
    that the branches need not be convex, and the best one is narrowed by golden section.
    """
    distinct = sorted({(a, b) for a, b in masses if a > 0 and b > 0})
    found = dict.fromkeys(masses, 0.0)
    for start in range(0, len(distinct), BLOCK):
        block = distinct[start : start + BLOCK]
        found.update(zip(block, narrowed(positive, negative, np.array(block)), strict=True))
    return [found[pair] for pair in masses]


def narrowed(positive: Branch, negative: Branch, masses: Floats) -> list[float]:
    """`least` for masses of shape (n, 2), all above 0."""
    a, b = masses[:, 0], masses[:, 1]
    on_grid = np.multiply.outer(a, positive(GRID)) + np.multiply.outer(b, negative(GRID))
    cell = np.clip(on_grid.argmin(axis=1), 1, len(GRID) - 2)
    low, high = GRID[cell - 1], GRID[cell + 1]
    for _ in range(STEPS):
        span = GOLDEN * (high - low)
        left, right = high - span, low + span
        go_left = a * positive(left) + b * negative(left) < a * positive(right) + b * negative(right)
        low, high = np.where(go_left, low, left), np.where(go_left, right, high)
    z = (low + high) / 2
    values: list[float] = (a * positive(z) + b * negative(z)).tolist()
    return values


def cut(slope_positive: float, slope_negative: float) -> float | None:
    """The posterior q at which z = 0 is best: q s1 + (1 - q) s0 = 0 for the slopes of the two branches at 0.

    None unless the positive branch falls and the negative one rises there: no posterior in 0..1 is the cut.
    """
    if slope_positive >= 0 or slope_negative <= 0:
        return None
    return slope_negative / (slope_negative - slope_positive)


def by_class(weights: Weights, cuts: Sequence[float | None]) -> tuple[float | None, ...]:
    """The cuts of the outputs as one a class: with one output, the class at index 0 takes what index 1 leaves."""
    if weights.task != "binary":
        return tuple(cuts)
    (cut_of_one,) = cuts
    return (None, None) if cut_of_one is None else (1 - cut_of_one, cut_of_one)


def focal(z: Floats, gamma: float) -> Floats:
    """(1 - s(z))^gamma (-ln s(z)), the focal branch of a positive; that of a negative is focal(-z)."""
    value: Floats = np.exp(-gamma * np.logaddexp(0, z)) * np.logaddexp(0, -z)
    return value


def focal_slope(z: float, gamma: float) -> float:
    """The derivative of `focal` at one logit, below 0."""
    s, rest = 1 / (1 + math.exp(-z)), 1 / (1 + math.exp(z))
    return -math.pow(rest, gamma) * (gamma * s * math.log1p(math.exp(-z)) + rest)
