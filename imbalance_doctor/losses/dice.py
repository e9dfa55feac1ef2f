"""One minus the soft Dice coefficient of each label over the batch, which does not count true negatives.

Formula:
    mean over labels of 1 - (2 sum p y + s) / (sum p + sum y + s),  sums over the batch, p = sigmoid(z), s = `smooth`

    Self-adjusting with `--param self_adjusting=a`: (1 - p)^a p in place of p.

Implied threshold:
    Half the Dice that the model reaches: a gain in p pays where the posterior is above D / 2, so at D = 0.4 the label
    is named from 0.2 on. It moves while training and there is none to state before.

When it helps:
    The metric is F1 or Dice and batches hold positives of every label: segmentation masks, dense labels.

When it does not:
    Rare labels and small batches: without a positive in the batch the label only learns to say no. Outputs are driven
    to 0 and 1 and are no probabilities. The self-adjusting form has, for a positive, its minimum at p = 1 / (1 + a),
    not at 1: with a = 1 and s = 1, one sample a batch, it is 1/3 at p = 0.5 and 1/2 at both p = 0 and p = 1, so a run
    frozen at 0.3333 has converged; a popular port with other constants freezes at 0.8. A cut at 0.5 then means little.
    Not recommended.

Reference:
    Milletari et al. (2016), V-Net, 3DV (with squares below the line); Li et al. (2020), Dice loss for data-imbalanced
    NLP tasks, ACL (self-adjusting).
"""

import math

from ..errors import UsageError
from ..model import Recipe, Weights
from ..plugins import Loss
from ._sigmoid_floor import sides

LOSS = Loss("dice", {"binary": "", "multilabel": ""})

_BODY = """\
p = @sigmoid(logits){adjusted}
overlap = 2 * @sum(targets * p{axis}) + SMOOTH
total = @sum(p{axis}) + @sum(targets{axis}) + SMOOTH
loss = {mean}
"""
NOTES: tuple[str, ...] = (
    "A label is named from a true posterior of half the Dice it reaches.",
    "The floor is that of the whole data in one batch. A batch without positives of a label only teaches it to say no.",
)


def recipe(weights: Weights, *, smooth: float = 1.0, self_adjusting: float = 0.0) -> Recipe:
    """The loss over the batch. Raises UsageError when `smooth` is not above 0 or `self_adjusting` is negative."""
    if smooth <= 0:
        raise UsageError(f"smooth must be above 0, not {smooth}", "without it an empty label is 0 / 0")
    if self_adjusting < 0:
        raise UsageError(f"self_adjusting must be at least 0, not {self_adjusting}", "0 is plain soft Dice")
    one = weights.task == "binary"
    labels = sides(weights)
    alpha = float(self_adjusting)
    constants: dict[str, float | tuple[float, ...]] = {"SMOOTH": float(smooth)}
    notes = NOTES
    if alpha:
        constants["SELF_ADJUSTING"] = alpha
        notes += (
            f"The minimum for a positive lies at p = {1 / (1 + alpha):.6g}, not at 1: a cut at 0.5 means little.",
        )
    spelled = {
        "{adjusted}": " * @exp(-SELF_ADJUSTING * @softplus(logits))" if alpha else "",
        "{axis}": "" if one else ", 0",
        "{mean}": "1 - overlap / total" if one else "@mean(1 - overlap / total)",
    }
    body = _BODY
    for slot, code in spelled.items():
        body = body.replace(slot, code)
    return Recipe(
        LOSS.name,
        "One minus the soft Dice coefficient over the batch",
        "one-logit" if one else "columns",
        "batch",
        constants,
        body,
        (None,) * len(weights.classes),
        math.fsum(floor(n, m, smooth, alpha) for n, m in labels) / len(labels),
        notes,
    )


def floor(positives: int, negatives: int, smooth: float, alpha: float) -> float:
    """The least loss of one label for a constant p: Dice is monotone in (1 - p)^alpha p, so one of its two ends."""
    largest = math.pow(alpha / (1 + alpha), alpha) / (1 + alpha)
    known = positives + negatives
    nothing = smooth / (positives + smooth)
    everything = (2 * positives * largest + smooth) / (known * largest + positives + smooth)
    return 1 - max(nothing, everything)
