"""Focal loss with a stronger focus on negatives, and none at all on those that are easy enough.

Formula:
    positives:    (1 - p)^g1 (-ln p),              p = s(z), s = sigmoid; `gamma_pos` g1 = 1
    negatives:    p_m^g0 (-ln(1 - p_m)),           p_m = max(p - m, 0); `gamma_neg` g0 = 4, `clip` m = 0.05

Implied threshold:
    0.1473 with these numbers, 0.1276 with g1 = 0: the same for every class, whatever its prevalence.

When it helps:
    Multi-label networks with many labels and few positives a row, where easy negatives drown the positives, and labels
    that are missing from rows they belong on.

When it does not:
    Where probabilities are wanted: the outputs are far too high for rare labels (a model that learnt nothing puts out
    0.32 at a prevalence of 0.01). A negative below m has no gradient. On easy labels, whose F1-optimal cut is near
    0.5, it names too much. Dividing by the elements, as here, makes it small: the reference implementation sums over
    batch and labels, so its learning rates do not carry over.

Reference:
    Ridnik et al. (2021), Asymmetric loss for multi-label classification, ICCV; the repository Alibaba-MIIL/ASL.
"""

import math

import numpy as np

from ..errors import UsageError
from ..model import Recipe, Weights
from ..plugins import Loss
from ._sigmoid_floor import Floats, by_class, cut, floor, focal, focal_slope, rates

LOSS = Loss("asymmetric", dict.fromkeys(("binary", "multilabel"), ""))

BODY = """\
# (1 - p) ** GAMMA_POS, which stays exact and smooth at large logits
positive = @exp(-GAMMA_POS * @softplus(logits)) * @softplus(-logits)
{negative}
loss = targets * positive + (1 - targets) * negative
"""
SHIFTED = """\
shifted = @relu(@sigmoid(logits) - CLIP)
negative = -(shifted**GAMMA_NEG) * @log1p(-shifted)"""
WHOLE = "negative = @exp(-GAMMA_NEG * @softplus(-logits)) * @softplus(logits)"


def recipe(weights: Weights, *, gamma_neg: float = 4.0, gamma_pos: float = 1.0, clip: float = 0.05) -> Recipe:
    """The loss for any counts: they only set its floor. Raises UsageError for numbers without a smooth loss."""
    if gamma_pos < 0 or gamma_neg < 0 or (clip and 0 < gamma_neg < 1):
        raise UsageError(
            f"gamma_pos and gamma_neg must be 0 or at least 1, not {gamma_pos:g} and {gamma_neg:g}",
            "the published numbers are gamma_pos=1 and gamma_neg=4",
        )
    if not 0 <= clip < 0.5:
        raise UsageError(f"clip must lie from 0 to below 0.5, not {clip:g}", "the published number is clip=0.05")
    one = weights.task == "binary"
    constants = {"GAMMA_POS": gamma_pos, "GAMMA_NEG": gamma_neg, **({"CLIP": clip} if clip else {})}
    at_zero = cut(focal_slope(0, gamma_pos), shifted_slope(gamma_neg, clip))
    masses = rates(weights)
    return Recipe(
        LOSS.name,
        "Asymmetric loss",
        "one-logit" if one else "columns",
        "element",
        constants,
        BODY.replace("{negative}", SHIFTED if clip else WHOLE),
        by_class(weights, [at_zero] * len(masses)),
        floor(lambda z: focal(z, gamma_pos), lambda z: shifted(z, gamma_neg, clip), masses),
        ("The outputs are not probabilities. The reference sums over batch and labels, this is the mean.",),
    )


def shifted(z: Floats, gamma: float, clip: float) -> Floats:
    """What a negative costs at logit z."""
    if not clip:
        return focal(-z, gamma)
    p = np.maximum(np.exp(-np.logaddexp(0, -z)) - clip, 0)
    cost: Floats = p**gamma * -np.log1p(-p)
    return cost


def shifted_slope(gamma: float, clip: float) -> float:
    """The slope of `shifted` at z = 0, where p = 0.5 and dp/dz = 0.25."""
    p = 0.5 - clip
    return 0.25 * math.pow(p, gamma) * (gamma / p * -math.log1p(-p) + 1 / (1 - p))
