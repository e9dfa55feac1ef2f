"""Binary cross entropy with a factor on the positive term of each label.

Formula:
    w_c y (-ln s(z)) + (1 - y) (-ln(1 - s(z))),        s = sigmoid, y = 0 or 1; the mean over all elements

Implied threshold:
    1 / (1 + w_c). With w = (1 - p)/p that is the prevalence p; capped at c it is 1 / (1 + c), whatever the prevalence.

When it helps:
    Binary and multi-label networks scored by recall or balanced accuracy at a fixed cut of 0.5, and a tail that gets no
    gradient: every label pulls as hard on its positives as on its negatives.

When it does not:
    For F1: a cut at the prevalence names far too much, `--cap 10` to 20 is nearer. One positive of a rare label can
    weigh hundreds, and a model that learnt nothing stands at up to 2 ln 2 = 1.386: mind the learning rate. Outputs are
    not probabilities until their logits are lowered by ln w. A `weight` a label, on both terms, is not this loss: it
    moves no threshold.

Reference:
    `pos_weight` of torch.nn.BCEWithLogitsLoss. Elkan (2001), The foundations of cost-sensitive learning, IJCAI,
    theorem 1.
"""

import math

from ..labels.floor_losses import weighted
from ..model import Recipe, Weights
from ..plugins import Loss
from . import _pair
from ._sigmoid_floor import by_class, rates

LOSS = Loss("bce-pos-weight", dict.fromkeys(("binary", "multilabel"), "pos-weight"))

BODY = """\
positive = {weight} * targets * @softplus(-logits)
negative = (1 - targets) * @softplus(logits)
loss = positive + negative
"""


def recipe(weights: Weights) -> Recipe:
    """The loss with the factors of a scheme of kind `pos-weight`, one a class, or that of the class at index 1."""
    one = weights.task == "binary"
    values = weights.values[1:] if one else weights.values
    masses = [(p * w, rest) for (p, rest), w in zip(rates(weights), values, strict=True)]
    return Recipe(
        LOSS.name,
        "Binary cross entropy with a factor on the positive term",
        "one-logit" if one else "columns",
        "element",
        {"POS_WEIGHT": values[0] if one else values},
        BODY.replace("{weight}", "POS_WEIGHT" if one else "pos_weight"),
        by_class(weights, [_pair.cut(w, 1.0) for w in values]),
        math.fsum(weighted(*mass)[0] for mass in masses) / len(masses),
        ("Its logits are those of the true posterior plus ln(POS_WEIGHT): subtract it for probabilities.",),
    )
