"""Binary cross entropy that fades smoothly on what is already right; with K = 1 it is focal loss with gamma 1.

Formula:
    y = 1:    s(-K z) (-ln s(z))              s = sigmoid, K = `k`
    y = 0:    s(K z) (-ln(1 - s(z)))

Implied threshold:
    0.5: it is symmetric in the two classes and takes no weights.

When it helps:
    Easy samples that drown the hard ones, as for focal loss, with one number that says how fast right samples fade. The
    source tries K from 1 to 2.

When it does not:
    As a remedy for imbalance: its threshold is that of the plain loss, and its author calls that largely a matter of
    luck. Its outputs are not probabilities: rare classes come out too high. A large K leaves two minima, one on either
    side of 0, and a model may stay in the wrong one.

Reference:
    Su Jianlin (2017), kexue.fm 4733. Lin et al. (2017), Focal loss for dense object detection, ICCV.
"""

import numpy as np

from ..errors import UsageError
from ..model import Recipe, Weights
from ..plugins import Loss
from ._sigmoid_floor import Floats, by_class, floor, rates

LOSS = Loss("soft-truncation", dict.fromkeys(("binary", "multilabel"), ""))

BODY = """\
# Above 0 where the sign of the logit is right
signed = (2 * targets - 1) * logits
loss = @sigmoid(-K * signed) * @softplus(-signed)
"""


def recipe(weights: Weights, *, k: float = 1.0) -> Recipe:
    """The loss for any counts: they only set its floor. Raises UsageError unless `k` lies above 0 and at most at 20."""
    if not 0 < k <= 20:
        raise UsageError(f"k must lie above 0 and at most at 20, not {k:g}", "1 is focal loss with gamma 1")
    masses = rates(weights)
    return Recipe(
        LOSS.name,
        "Softly truncated binary cross entropy",
        "one-logit" if weights.task == "binary" else "columns",
        "element",
        {"K": k},
        BODY,
        by_class(weights, [0.5] * len(masses)),
        floor(lambda z: faded(z, k), lambda z: faded(-z, k), masses),
        ("The outputs are not probabilities.",),
    )


def faded(z: Floats, k: float) -> Floats:
    """What a positive costs at logit z."""
    cost: Floats = np.exp(-np.logaddexp(0, k * z)) * np.logaddexp(0, -z)
    return cost
