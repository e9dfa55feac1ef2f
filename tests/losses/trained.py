"""What a loss leads to, found by plain minimisation of its body: the best constant output, and the outputs per bin."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.optimize import minimize

from imbalance_doctor.model import Recipe
from tests.losses.numpy_functions import mean


def class_rows(counts: Sequence[int]) -> Any:
    """Targets 0 ... K-1, as many of each as counted."""
    return np.repeat(np.arange(len(counts)), counts)


def label_rows(counts: Sequence[int], n: int) -> Any:
    """0/1 targets (n, C): label k on the first `counts[k]` rows."""
    return (np.arange(n)[:, None] < np.asarray(counts)).astype(np.float64)


def best_constant(recipe: Recipe, targets: Any, outputs: int, starts: Sequence[float] = (0.0, 1.0)) -> Any:
    """The least mean loss over all constant logits, and those logits."""

    def loss(z: Any) -> float:
        return mean(recipe, np.tile(z, (len(targets), 1)), targets)

    slopes = np.linspace(0, 1, outputs)
    best = min((lowest(loss, start * slopes) for start in starts), key=lambda found: found.fun)
    return float(best.fun), best.x


def per_bin(recipe: Recipe, targets: Sequence[Any], outputs: int) -> Any:
    """The logits (bins, outputs) that minimise the mean loss over the targets of all bins together."""
    rows = np.concatenate([np.asarray(t) for t in targets])
    place = np.repeat(np.arange(len(targets)), [len(t) for t in targets])

    def loss(z: Any) -> float:
        return mean(recipe, z.reshape(len(targets), outputs)[place], rows)

    return lowest(loss, np.full(len(targets) * outputs, 0.01)).x.reshape(len(targets), outputs)


def lowest(loss: Any, start: Any) -> Any:
    found = minimize(loss, start, method="BFGS", options={"gtol": 1e-9})
    return minimize(loss, found.x, method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-15, "maxiter": 2000})
