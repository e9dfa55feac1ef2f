"""Every class weighs one: no correction at all.

The log loss without weights is a proper score: its optimum is the true posterior, and a cut at 0.5 maximises accuracy.

Formula:
    w_c = 1

When it helps:
    Probabilities are wanted, costs are known, or the threshold can be moved after training. The baseline that every
    correction has to beat.

What it costs:
    A rare class needs evidence of (1-p)/p to 1 before a cut at 0.5 fires; with little training it may never fire.

Example:
    >>> weigh(ClassCounts.of([90, 9, 1])).tolist()
    [1.0, 1.0, 1.0]

Reference:
    Gneiting and Raftery (2007), Strictly proper scoring rules, prediction, and estimation, JASA 102.
"""

import numpy as np
from numpy.typing import NDArray

from ..model import ClassCounts
from ..plugins import Scheme

SCHEME = Scheme("uniform", "class-weight", needs_all_classes=False)


def weigh(counts: ClassCounts) -> NDArray[np.float64]:
    """Ones, shape (K,); a class without samples gets one too."""
    return np.ones(len(counts.counts))
