"""The pair (1/2p, 1/(2(1-p))): scikit-learn's "balanced", label by label.

Formula:
    w1_c = 1 / (2 p_c)        w0_c = 1 / (2 (1 - p_c))        p = prevalence: count / samples, blanks left out

When it helps:
    Multi-label or binary training from scratch where `pos-weight` would raise the loss: the mean weight of each label
    stays one, the boundary at a cut of 0.5 is p.

What it costs:
    Positives of a rare label still weigh 1/(2p); the boundary p is too low for F1; probabilities must be mapped back.
    Frameworks with one `pos_weight` cannot express it: they need a loss that takes both factors.

Example:
    First the factors of the positive terms, then those of the negative terms:

    >>> weigh(ClassCounts.of([90, 10])).round(4).tolist()
    [[0.5556, 5.0], [5.0, 0.5556]]

Reference:
    sklearn.utils.class_weight.compute_class_weight("balanced") for the two values of one label.
"""

import numpy as np
from numpy.typing import NDArray

from ..model import ClassCounts
from ..plugins import Scheme
from ._odds import require_negatives

SCHEME = Scheme("balanced-pair", "pair")


def weigh(counts: ClassCounts) -> NDArray[np.float64]:
    """Factors of the positive and of the negative term, shape (2, K).

    Raises InputError when a class is on every sample: 1/(2(1-p)) is not finite.
    """
    require_negatives(counts, "the factor of the negative term, 1/(2(1-p)), is not finite")
    triples = list(zip(counts.counts, counts.negatives, counts.known, strict=True))
    positive = [k / (2 * n) for n, _, k in triples]
    negative = [k / (2 * rest) for _, rest, k in triples]
    return np.array([positive, negative], dtype=np.float64)
