"""The scale of weights: normalisation, the cap, and the figures that describe it."""

import math

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..model import ClassCounts

Array = NDArray[np.float64]
ROUNDING = 1e-14  # a mean this close to 1 is 1: scikit-learn's own numbers are passed on to the last bit


def scale(kind: str, counts: ClassCounts, factors: Array, how: str, cap: float | None) -> Array:
    """Factors, shape (1 or 2, K), normalised and capped."""
    if kind == "class-weight" and how in ("sample-mean", "sum"):
        mass = np.array(counts.counts, dtype=np.float64) if how == "sample-mean" else np.ones(len(counts.counts))
        level = divide(factors, math.fsum(mass * factors[0]) / math.fsum(mass))
        return level if cap is None else fill(level[0], mass, cap)[np.newaxis]
    if cap is not None:
        ceiling = cap * factors[1] if kind == "pair" else cap
        factors = np.stack([np.minimum(factors[0], ceiling), *factors[1:]])
    if how == "max":
        return divide(factors, float(factors.max()))
    mean = sample_mean(kind, counts, factors)
    return divide(factors, mean) if how == "sample-mean" and mean is not None else factors


def divide(factors: Array, by: float) -> Array:
    """Factors over a number, untouched when it is 1 up to rounding. Raises InputError when it is 0."""
    if by == 0:
        raise InputError("every label is on every sample: the mean weight is 0, which has no scale", "leave them out")
    return factors if abs(by - 1) <= ROUNDING else factors / by


def fill(weights: Array, mass: Array, cap: float) -> Array:
    """Weights of mean one (by `mass`) with none above `cap`: the excess flows to the others in proportion."""
    order = np.argsort(-weights, kind="stable")
    w, m = weights[order], mass[order]
    room = m.sum() - cap * (np.cumsum(m) - m)  # what is left for the others once the k heaviest are at the cap
    fits = w * room <= cap * np.cumsum((m * w)[::-1])[::-1]
    if not fits.any():
        return np.full(len(weights), cap)
    k = int(fits.argmax())
    return np.minimum(weights * ((math.fsum(m) - cap * math.fsum(m[:k])) / math.fsum((m * w)[k:])), cap)


def sample_mean(kind: str, counts: ClassCounts, factors: Array) -> float | None:
    """Mean weight of the loss over the data, None for numbers that are not factors of a loss.

    Class weights: sum of n w / sum of n. Pos-weights and pairs: the mean over labels of p w1 + (1-p) w0.
    """
    if kind == "class-weight":
        return math.fsum(n * w for n, w in zip(counts.counts, factors[0].tolist(), strict=True)) / counts.n_assignments
    if kind not in ("pos-weight", "pair"):
        return None
    positive, negative = factors[0].tolist(), factors[1].tolist() if kind == "pair" else [1.0] * len(counts.names)
    rows = zip(counts.counts, counts.negatives, counts.known, positive, negative, strict=True)
    return math.fsum((n * w1 + rest * w0) / known for n, rest, known, w1, w0 in rows) / len(counts.names)


def max_min_ratio(kind: str, counts: ClassCounts, factors: Array) -> float | None:
    """Largest over smallest value (w1/w0 for a pair) among classes with samples; None for offsets and if one is 0."""
    present = factors[:, [n > 0 for n in counts.counts]]
    values = present[0] / present[1] if kind == "pair" else present[0]
    smallest = float(values.min())
    return None if kind == "offset" or smallest == 0 else float(values.max()) / smallest
