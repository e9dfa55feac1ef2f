"""Where the bias of the last layer should start: at the prior, not at zero.

A model that starts at the prior does not spend its first epochs learning that rare classes are rare. It is a starting
value: training goes on to move it, so the optimum and the boundary stay where they were.

Formula:
    multi-class:               bias_c = ln(share_c)
    binary and multi-label:    bias_c = ln(n1_c / n0_c) = ln(p_c / (1 - p_c))

    For the two classes of a binary task that is the log-odds of each class against the other: use the positive
    class's with one sigmoid output. Half of each suits two softmax outputs, which see only the difference.

When it helps:
    Nearly always, first and free of cost: a loss stuck at ln 2 or ln K, or exploding in the first steps.

What it costs:
    Nothing, but it corrects nothing either: a cut at 0.5 still needs the posterior 0.5.

Example:
    >>> weigh(ClassCounts.of([284_315, 492])).round(4).tolist()
    [6.3594, -6.3594]

Reference:
    Lin et al. (2017), Focal loss for dense object detection, ICCV, section 4.1; TensorFlow tutorial "Classification on
    imbalanced data" (ln(pos/neg) = -6.359 for these counts).
"""

import numpy as np
from numpy.typing import NDArray

from ..model import ClassCounts
from ..plugins import Scheme
from ._odds import log_ratio, require_negatives

SCHEME = Scheme("prior-bias", "offset")

START_ONLY = True
"""The numbers are a starting point that training may leave: they do not move the optimum, nor the boundary."""


def weigh(counts: ClassCounts) -> NDArray[np.float64]:
    """Initial biases in nats, shape (K,).

    Raises InputError when a class of binary or multi-label data is on every sample: its log-odds are not finite.
    """
    if counts.task == "multiclass":
        against = (counts.n_assignments,) * len(counts.counts)
    else:
        require_negatives(counts, "its log-odds ln(p/(1-p)) are not finite")
        against = counts.negatives
    return np.array([log_ratio(n, m) for n, m in zip(counts.counts, against, strict=True)], dtype=np.float64)
