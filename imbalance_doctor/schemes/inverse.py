"""The inverse of the share of each class.

Formula:
    w_c = N / n_c            N = sum of the counts

When it helps:
    Every class is to pull equally on the loss, and the loss divides by the weights of the batch (a weighted mean), so
    that the scale does not matter. Normalised to a sample mean of one it is the same as `balanced`.

What it costs:
    Raw, its sample mean is K: where a loss does not divide by the weights it multiplies the learning rate by the
    number of classes. Probabilities become those of a balanced world; a handful of samples can dominate the gradient.

Example:
    >>> weigh(ClassCounts.of([90, 9, 1])).round(4).tolist()
    [1.1111, 11.1111, 100.0]

Reference:
    The baseline of Cui et al. (2019), Class-balanced loss based on effective number of samples, CVPR.
"""

import numpy as np
from numpy.typing import NDArray

from ..model import ClassCounts
from ..plugins import Scheme

SCHEME = Scheme("inverse", "class-weight")


def weigh(counts: ClassCounts) -> NDArray[np.float64]:
    """N / n, shape (K,)."""
    total = counts.n_assignments
    return np.array([total / n for n in counts.counts], dtype=np.float64)
