"""The inverse of the effective number of samples: beyond some count more samples add nothing new.

Formula:
    E(n) = (1 - beta^n) / (1 - beta)        w_c = 1 / E(n_c)        beta = `--beta`

    beta = 0 is `uniform`, beta -> 1 is `inverse`. 1/(1-beta) is the count at which E saturates, so beta must match
    the counts: 0.9 saturates at 10 samples and does nothing to classes of hundreds. Unless given, beta is
    1 - 1/m with m the median count, and the number used is reported.

When it helps:
    Long tails with near-duplicate samples in the head; a middle way between no weights and the inverse.

What it costs:
    The only scheme whose weights change when all counts double. A beta copied from a paper is often a no-op, or the
    inverse: look at the ratio of the largest to the smallest weight.

Example:
    >>> weigh(ClassCounts.of([90, 9, 1]), beta=0.9).round(6).tolist()
    [0.100008, 0.163244, 1.0]

Reference:
    Cui et al. (2019), Class-balanced loss based on effective number of samples, CVPR; its repository, richardaecn/
    class-balanced-loss, `src/cifar_main.py`, then normalises to a sum of K (`--normalize sum`).
"""

import math
from statistics import median

import numpy as np
from numpy.typing import NDArray

from ..errors import UsageError
from ..model import ClassCounts
from ..plugins import Scheme

SCHEME = Scheme("effective-number", "class-weight")


def matched(counts: ClassCounts) -> dict[str, float]:
    """The default of `beta`: 1 - 1/m for the median positive count m, so that half of the classes are not saturated."""
    middle = median(n for n in counts.counts if n > 0)
    return {"beta": min(1 - 1 / middle, math.nextafter(1, 0))}


def weigh(counts: ClassCounts, *, beta: float | None = None) -> NDArray[np.float64]:
    """(1 - beta) / (1 - beta^n), shape (K,), by way of expm1. Raises UsageError when `beta` is not in [0, 1)."""
    beta = matched(counts)["beta"] if beta is None else beta
    if not 0 <= beta < 1:
        raise UsageError(f"beta must be at least 0 and below 1, not {beta}", "1/(1-beta) is the saturation count")
    if beta == 0:
        return np.ones(len(counts.counts))
    gap = 1 - beta  # exact from 0.5 on; 1 - beta**n would lose all digits where n gap is small
    return np.array([gap / -math.expm1(n * math.log(beta)) for n in counts.counts], dtype=np.float64)
