"""The bounded logarithmic weights of ENet.

Formula:
    w_c = 1 / ln(c + share_c)        c = `--c`, 1.02 unless given

When it helps:
    Semantic segmentation, or any task with extreme shares: the weights cannot leave (1/ln(c+1), 1/ln c), which is
    (1.42, 50.5) for c = 1.02, and a class without samples needs no special case.

What it costs:
    The bounds, not the data, set the ratio between rare classes: below a share of about c - 1 all weigh nearly the
    same.

Example:
    >>> weigh(ClassCounts.of([90, 9, 1])).round(4).tolist()
    [1.533, 9.5822, 33.8309]

Reference:
    Paszke et al. (2016), ENet: a deep neural network architecture for real-time semantic segmentation,
    arXiv:1606.02147.
"""

import math

import numpy as np
from numpy.typing import NDArray

from ..errors import UsageError
from ..model import ClassCounts
from ..plugins import Scheme

SCHEME = Scheme("enet", "class-weight", needs_all_classes=False)


def weigh(counts: ClassCounts, *, c: float = 1.02) -> NDArray[np.float64]:
    """1 / ln(c + share), shape (K,). Raises UsageError when `c` is not above 1: the weights would not be bounded."""
    if not c > 1:
        raise UsageError(f"c must be above 1, not {c}", "the usual values are 1.02 and 1.10")
    return np.array([1 / math.log1p((c - 1) + share) for share in counts.shares], dtype=np.float64)
