"""A wrapper that turns the descent round once the mean loss of a batch falls below a level b.

Formula:
    |L - b| + b        L the mean of the plain loss over the batch: BCE of the labels, or cross entropy of a softmax

    `--param b=0.05`; unless given b is a twentieth of the floor, what the plain loss is worth for a model that learnt
    nothing but the prior of these data. The plain loss must be able to fall below it, or nothing is learnt.

Implied threshold:
    That of the plain loss: 0.5 for a label, the largest posterior for a class.

When it helps:
    A network that would drive its training loss to 0: below b it walks about in flat regions instead.

When it does not:
    As a correction for imbalance: it has none, it only stops the majority from being fitted ever better. A training
    loss that hovers at b is then no fault. Put it around any other loss by hand, with b chosen on validation data.

Reference:
    Ishida et al. (2020), Do we need zero training loss after achieving zero training error?, ICML.
"""

import math

from ..errors import UsageError
from ..model import Recipe, Weights
from ..plugins import Loss
from ._largest_logit import unweighted
from ._sigmoid_floor import by_class, sides
from ._softmax_floor import entropy

LOSS = Loss("flooding", {"binary": "", "multiclass": "", "multilabel": ""})
SHARE = 0.05

_SIGMOID = """\
plain = @mean(targets * @softplus(-logits) + (1 - targets) * @softplus(logits))
loss = @abs(plain - FLOOD_LEVEL) + FLOOD_LEVEL
"""
_SOFTMAX = """\
log_p = @take_along_axis(@log_softmax(logits, -1), targets[:, None], -1)
plain = -@mean(log_p)
loss = @abs(plain - FLOOD_LEVEL) + FLOOD_LEVEL
"""


def recipe(weights: Weights, *, b: float | None = None) -> Recipe:
    """The flooded plain loss of the task. Raises UsageError for a negative level."""
    if b is not None and b < 0:
        raise UsageError(f"b must be at least 0, not {b}", "leave it out for a twentieth of the floor")
    softmax, one = weights.task == "multiclass", weights.task == "binary"
    labels = [] if softmax else sides(weights)
    floor = entropy(weights.counts) if softmax else math.fsum(map(entropy, labels)) / len(labels)
    level = SHARE * floor if b is None else float(b)
    chosen = f"FLOOD_LEVEL is {SHARE:.0%} of the floor {floor:.6g} of the plain loss; choose it on validation data."
    return Recipe(
        LOSS.name,
        f"{'Cross' if softmax else 'Binary cross'} entropy that is kept from falling below FLOOD_LEVEL",
        "indices" if softmax else "one-logit" if one else "columns",
        "batch",
        {"FLOOD_LEVEL": level},
        _SOFTMAX if softmax else _SIGMOID,
        unweighted(weights) if softmax else by_class(weights, [0.5] * len(labels)),
        max(floor, level),
        (chosen,) if b is None else ("FLOOD_LEVEL as given.",),
    )
