"""ZLPR of one class per sample: its best constant scores, and the posterior at which a score is 0."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def one_label_floor(counts: Sequence[int]) -> float:
    """The least sum_k pi_k [ln(1 + e^-z_k) + ln(1 + sum_{i != k} e^z_i)] over scores z, pi_k = counts_k / N.

    It is convex and symmetric, so that classes of one count have one score. 0 with less than two classes.
    """
    from scipy.optimize import minimize

    distinct, times = np.unique(np.array([n for n in counts if n], dtype=np.int64), return_counts=True)
    if times.sum() < 2:
        return 0.0
    mass = distinct * times / (distinct * times).sum()
    # In units of about the curvature a rare class moves as fast as a frequent one.
    unit = 1 / np.sqrt(mass)
    start = np.log(mass / times)

    def cost(steps: Floats) -> tuple[float, Floats]:
        value, slope = constant(start + unit * steps, mass, times)
        return value, unit * slope

    found = minimize(
        cost, np.zeros(len(mass)), jac=True, method="L-BFGS-B", options={"ftol": 0, "gtol": 1e-9, "maxiter": 2_000}
    )
    return float(found.fun)


def constant(z: Floats, mass: Floats, times: NDArray[np.int64]) -> tuple[float, Floats]:
    """The loss of constant scores and its gradient; `mass` is the share of all classes with that score."""
    x = np.exp(z)
    rest = 1 + times @ x - x
    value = mass @ (np.logaddexp(0, -z) + np.log(rest))
    slope = -mass / (1 + x) + x * (times * (mass / rest).sum() - mass / rest)
    return float(value), slope


def even_rest(k: int) -> float:
    """The posterior of a class at which its score is 0, where the rest is spread evenly over k - 1 rivals.

    With the rivals' scores at ln u, the slope to the class's own score is 0 at q = 2 / (4 + (k - 2) u); the slope to
    theirs, rising in u, is brought to 0 by bisection.
    """
    if k <= 2:
        return 0.5
    low, high = -40.0, 5.0
    for _ in range(100):
        middle = (low + high) / 2
        u = float(np.exp(middle))
        q = 2 / (4 + (k - 2) * u)
        own = (k - 1) * u / (1 + (k - 1) * u)
        others = (k - 2) * u / (2 + (k - 2) * u) - 1 / (1 + u)
        low, high = (low, middle) if q * own + (1 - q) * others > 0 else (middle, high)
    return 2 / (4 + (k - 2) * float(np.exp((low + high) / 2)))
