"""The logarithm of the inverse frequency, never below one: rare classes gain, frequent ones keep their weight.

Formula:
    w_c = max(1, ln(mu N / n_c))        N = label assignments, mu = `--param mu=X`, 0.15 unless given

When it helps:
    Long tails where the inverse is far too steep: a class a thousand times rarer gains a factor of about seven.

What it costs:
    Every class above the share mu / e weighs one, so moderate imbalance is not corrected at all. mu has no theory.

Example:
    >>> weigh(ClassCounts.of([90, 9, 1])).round(5).tolist()
    [1.0, 1.0, 2.70805]

Reference:
    A recipe in wide use with Keras `class_weight` (Q&A threads, 2016 on); no paper is known to us.
"""

import math

import numpy as np
from numpy.typing import NDArray

from ..errors import UsageError
from ..model import ClassCounts
from ..plugins import Scheme

SCHEME = Scheme("log-smoothed", "class-weight")


def weigh(counts: ClassCounts, *, mu: float = 0.15) -> NDArray[np.float64]:
    """max(1, ln(mu N / n)), shape (K,). Raises UsageError when `mu` is not above 0."""
    if not 0 < mu < math.inf:
        raise UsageError(f"mu must be above 0, not {mu}", "0.15 is the usual value")
    total = counts.n_assignments
    return np.array([max(1.0, math.log(mu * total / n)) for n in counts.counts], dtype=np.float64)
