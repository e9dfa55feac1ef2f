"""The median share over the share of each class: the class in the middle weighs one.

Two definitions go by this name. The original divides the pixels of a class by the pixels of the images that contain
it; with one label per sample that is 1 for every class. This is the other, the median/global variant: shares of the
whole data set.

Formula:
    w_c = median(n) / n_c        the median of an even number of classes is the mean of the middle two

When it helps:
    Comparing with segmentation work that prints such weights.

What it costs:
    The ratios, and so the boundary, are those of `inverse`; only the scale differs. Published weights of the original
    definition are not comparable.

Example:
    >>> weigh(ClassCounts.of([90, 9, 1])).tolist()
    [0.1, 1.0, 9.0]

Reference:
    Eigen and Fergus (2015), Predicting depth, surface normals and semantic labels, ICCV (the original).
"""

from statistics import median

import numpy as np
from numpy.typing import NDArray

from ..model import ClassCounts
from ..plugins import Scheme

SCHEME = Scheme("median-frequency", "class-weight")


def weigh(counts: ClassCounts) -> NDArray[np.float64]:
    """median(n) / n, shape (K,)."""
    middle = median(counts.counts)
    return np.array([middle / n for n in counts.counts], dtype=np.float64)
