"""Binary cross entropy of the samples that are not yet right by a margin; the others cost nothing.

Formula:
    y = 1:    -ln s(z) where s(z) <= m, else 0            s = sigmoid, m = `margin`
    y = 0:    -ln(1 - s(z)) where 1 - s(z) <= m, else 0

Implied threshold:
    0.5: it is symmetric in the two classes and takes no weights.

When it helps:
    Noisy or easy negatives that would go on pulling when they are long right: a batch of negatives predicted as such
    has no gradient, so that all-zero is no resting place while positives are wrong. Half a point to one of accuracy on
    sentiment data in the source.

When it does not:
    Where probabilities are wanted: it stops at the margin. It never tells the model to stay right, so it needs many
    more epochs and wavers; its value can be exactly 0. It moves no threshold: rare classes still need their own.

Reference:
    Su Jianlin (2017), kexue.fm 4293, who uses m = 0.6.
"""

import math

from ..errors import UsageError
from ..labels.floor_losses import weighted
from ..model import Recipe, Weights
from ..plugins import Loss
from ._sigmoid_floor import by_class, rates

LOSS = Loss("hard-truncation", dict.fromkeys(("binary", "multilabel"), ""))

BODY = """\
# Above 0 where the sign of the logit is right
signed = (2 * targets - 1) * logits
loss = @where(signed > MARGIN, @zeros_like(logits), @softplus(-signed))
"""


def recipe(weights: Weights, *, margin: float = 0.6) -> Recipe:
    """The loss for any counts: they only set its floor. Raises UsageError unless `margin` lies in 0.5 ... 1."""
    if not 0.5 <= margin < 1:
        raise UsageError(f"margin must be a probability from 0.5 to below 1, not {margin:g}", "for example margin=0.6")
    masses = rates(weights)
    return Recipe(
        LOSS.name,
        "Binary cross entropy of what is not yet right by a margin",
        "one-logit" if weights.task == "binary" else "columns",
        "element",
        {"MARGIN": math.log(margin / (1 - margin))},
        BODY,
        by_class(weights, [0.5] * len(masses)),
        math.fsum(least(*mass, margin) for mass in masses) / len(masses),
        (f"MARGIN is a logit: the probability {margin:g}.",),
    )


def least(a: float, b: float, margin: float) -> float:
    """The least a constant output costs, for masses a and b of positives and negatives.

    Just beyond the margin of one side that side is free and the other costs -ln(1 - margin); between the margins it is
    plain cross entropy, whose optimum is a / (a + b).
    """
    outside = min(a, b) * -math.log1p(-margin)
    inside = a + b > 0 and 1 - margin <= a / (a + b) <= margin
    return min(outside, weighted(a, b)[0]) if inside else outside
