"""The square root of the inverse share: half of the correction, on a log scale.

Formula:
    w_c = sqrt(N / n_c)        N = sum of the counts

When it helps:
    The full inverse over-corrects: long tails, label noise in rare classes, macro-F1 at a fixed cut of 0.5.

What it costs:
    Neither calibrated nor balanced: a compromise without a metric of its own. The same as `power` with 0.5.

Example:
    >>> weigh(ClassCounts.of([90, 9, 1])).round(4).tolist()
    [1.0541, 3.3333, 10.0]

Reference:
    Mahajan et al. (2018), Exploring the limits of weakly supervised pretraining, ECCV (as sampling);
    `SqrtBalanced` of CatBoost, which has the same ratios.
"""

import math

import numpy as np
from numpy.typing import NDArray

from ..model import ClassCounts
from ..plugins import Scheme

SCHEME = Scheme("sqrt", "class-weight")


def weigh(counts: ClassCounts) -> NDArray[np.float64]:
    """sqrt(N / n), shape (K,)."""
    total = counts.n_assignments
    return np.array([math.sqrt(total / n) for n in counts.counts], dtype=np.float64)
