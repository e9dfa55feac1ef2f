"""The pair (1 - p, p): positives weigh the share of negatives, negatives the share of positives.

The "balanced" alpha of the cross-entropy. It draws the same boundary as `pos-weight` and `balanced-pair`.

Formula:
    w1_c = 1 - p_c        w0_c = p_c        p = prevalence: count / samples, blanks left out

When it helps:
    Dense labels, such as edge or mask pixels, where most rates are near one half or the optimiser rescales gradients.

What it costs:
    The mean weight is only 2p(1-p): for rare labels the loss and its gradient all but vanish (0.0037 at p = 0.0018),
    so a plain SGD rate that worked before does nothing. `balanced-pair` has the same boundary and a mean of one.

Example:
    First the factors of the positive terms, then those of the negative terms:

    >>> weigh(ClassCounts.of([90, 10])).tolist()
    [[0.1, 0.9], [0.9, 0.1]]

Reference:
    Xie and Tu (2015), Holistically-nested edge detection, ICCV, equation 2.
"""

import numpy as np
from numpy.typing import NDArray

from ..model import ClassCounts
from ..plugins import Scheme

SCHEME = Scheme("complement-pair", "pair")


def weigh(counts: ClassCounts) -> NDArray[np.float64]:
    """Factors of the positive and of the negative term, shape (2, K)."""
    triples = list(zip(counts.counts, counts.negatives, counts.known, strict=True))
    return np.array([[rest / k for _, rest, k in triples], [n / k for n, _, k in triples]], dtype=np.float64)
