"""An offset on the logits while training, left out when predicting: balanced error without weights.

Train the loss on z + offset, predict from z. A cut at 0.5 on z, or its argmax, then decides by the evidence alone.

Formula:
    one class per sample:    offset_c = tau ln(share_c)
    multi-label:             offset_c = tau ln(p_c / (1 - p_c))        tau = `--tau`, p = prevalence

    With one sigmoid output for two classes the offset is that of the positive class less that of the other.

When it helps:
    Neural networks and long tails, scored by balanced accuracy or macro recall: consistent for the balanced error at
    tau = 1 where loss weights fade once the training data are separated. With a trained model, subtracting the offset
    from its logits gives the same decision without retraining.

What it costs:
    The adjusted outputs are not probabilities of the real mix of classes. Never add weights or resampling on top:
    each corrects the whole imbalance. Use the counts of the training split.

Example:
    >>> weigh(ClassCounts.of([90, 9, 1])).round(4).tolist()
    [-0.1054, -2.4079, -4.6052]

Reference:
    Menon et al. (2021), Long-tail learning via logit adjustment, ICLR; with tau = 1 the balanced softmax
    of Ren et al. (2020), NeurIPS.
"""

import numpy as np
from numpy.typing import NDArray

from ..errors import UsageError
from ..model import ClassCounts
from ..plugins import Scheme
from ._odds import log_ratio, require_negatives

SCHEME = Scheme("logit-adjustment", "offset")


def weigh(counts: ClassCounts, *, tau: float = 1.0) -> NDArray[np.float64]:
    """Offsets in nats, shape (K,). Raises UsageError when `tau` is negative.

    Raises InputError when a label of multi-label data is on every sample: its log-odds are not finite.
    """
    if not tau >= 0:
        raise UsageError(f"tau must be 0 or more, not {tau}", "1 balances the error, 0 is no adjustment")
    if counts.task == "multilabel":
        require_negatives(counts, "its log-odds ln(p/(1-p)) are not finite")
        against = counts.negatives
    else:
        against = (counts.n_assignments,) * len(counts.counts)
    return np.array([tau * log_ratio(n, m) for n, m in zip(counts.counts, against, strict=True)], dtype=np.float64)
