"""Seeded data for the zoo: Gaussian clouds for one label a row, prototypes that add up for several."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def clouds(
    counts: tuple[int, ...], distance: float, *, seed: int, width: int = 8, model_seed: int = 7
) -> tuple[Floats, Ints]:
    """Rows of each class around a centre of its own, in random order: X (n, width), y (n,).

    `distance` scales the centres against unit noise; `model_seed` fixes them, so that train and test share them.
    """
    centres = distance * np.random.default_rng(model_seed).standard_normal((len(counts), width)) / np.sqrt(2)
    rng = np.random.default_rng(seed)
    y = rng.permutation(np.repeat(np.arange(len(counts)), counts))
    return centres[y] + rng.standard_normal((len(y), width)), y


def tags(
    prevalences: tuple[float, ...], distance: float, n: int, *, seed: int, width: int = 16, model_seed: int = 7
) -> tuple[Floats, NDArray[np.bool_]]:
    """Rows with independent labels, each adding its prototype: X (n, width), Y (n, K)."""
    prototypes = np.random.default_rng(model_seed).standard_normal((len(prevalences), width)) / np.sqrt(width)
    rng = np.random.default_rng(seed)
    truth = rng.random((n, len(prevalences))) < np.array(prevalences)
    return distance * truth @ prototypes + rng.standard_normal((n, width)), truth
