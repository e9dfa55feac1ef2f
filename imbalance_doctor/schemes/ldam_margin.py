"""A margin for the true class that grows as the class gets rarer.

The margin is subtracted from the logit of the true class while training, so a rare class must win by more.

Formula:
    margin_c = C n_c^(-1/4)        C such that the rarest class has `--max-margin`, 0.5 unless given

When it helps:
    Softmax networks that fit their training data to 100 %, where loss weights have no effect left: with a cosine
    classifier, scale 30, and class weights switched on late (deferred re-weighting).

What it costs:
    Margins presume normalised features and weights; on ordinary logits 0.5 is next to nothing. A margin moves the
    boundary by an amount that depends on how well the classes are separated: there is no fixed one to print.

Example:
    >>> weigh(ClassCounts.of([90, 9, 1])).round(4).tolist()
    [0.1623, 0.2887, 0.5]

Reference:
    Cao et al. (2019), Learning imbalanced datasets with label-distribution-aware margin loss, NeurIPS;
    LDAM-DRW `losses.py`.
"""

import numpy as np
from numpy.typing import NDArray

from ..errors import UsageError
from ..model import ClassCounts
from ..plugins import Scheme

SCHEME = Scheme("ldam-margin", "margin")


def weigh(counts: ClassCounts, *, max_margin: float = 0.5) -> NDArray[np.float64]:
    """Margins in logits, shape (K,). Raises UsageError when `max_margin` is not above 0."""
    if not max_margin > 0:
        raise UsageError(f"max_margin must be above 0, not {max_margin}", "0.5 is the value of the paper")
    rarest = min(counts.counts)
    return np.array([max_margin * (rarest / n) ** 0.25 for n in counts.counts], dtype=np.float64)
