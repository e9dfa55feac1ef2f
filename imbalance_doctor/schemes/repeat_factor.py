"""How often to repeat the samples of a class in an epoch: only classes below a threshold are repeated.

A sample with several classes is repeated by the largest of their factors, one without any by 1; the fraction is
rounded at random, anew in every epoch.

Formula:
    r_c = max(1, sqrt(t / f_c))        t = `--threshold`, f = prevalence: count / samples, blanks left out

When it helps:
    Multi-label data such as detection, where weights cannot follow the image, and tails that no batch would show.

What it costs:
    Longer epochs, over-fitting on the repeated samples, and every other label of a repeated image is repeated too.
    A class at half of the threshold is repeated 1.41 times; the docstring of detectron2 says twice, its code does not.

Example:
    >>> weigh(ClassCounts.of([90, 9, 1]), threshold=0.04).tolist()
    [1.0, 1.0, 2.0]

Reference:
    Gupta, Dollár and Girshick (2019), LVIS: a dataset for large vocabulary instance segmentation, CVPR;
    `RepeatFactorTrainingSampler` of detectron2.
"""

import math

import numpy as np
from numpy.typing import NDArray

from ..errors import UsageError
from ..model import ClassCounts
from ..plugins import Scheme

SCHEME = Scheme("repeat-factor", "repeat")


def weigh(counts: ClassCounts, *, threshold: float = 1e-3) -> NDArray[np.float64]:
    """Repeat factors, at least 1, shape (K,). Raises UsageError when `threshold` is not above 0."""
    if not threshold > 0:
        raise UsageError(f"threshold must be above 0, not {threshold}", "it is a prevalence: 0.001 in LVIS")
    pairs = zip(counts.known, counts.counts, strict=True)
    return np.array([max(1.0, math.sqrt(threshold * k / n)) for k, n in pairs], dtype=np.float64)
