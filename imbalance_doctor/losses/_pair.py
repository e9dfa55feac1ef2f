"""The recipe of a binary cross entropy whose two terms have a factor each."""

import math
from collections.abc import Sequence

from ..labels.floor_losses import weighted
from ..model import Recipe, Weights
from ._sigmoid_floor import by_class, rates

BODY = """\
positive = {w1} * targets * @softplus(-logits)
negative = {w0} * (1 - targets) * @softplus(logits)
loss = positive + negative
"""


def factors(weights: Weights) -> tuple[list[float], list[float]]:
    """The factors of the positive and of the negative term of every output; a plain scheme weighs 1, 1."""
    positive = weights.values
    negative = weights.values_negative or (1.0,) * len(positive)
    start = 1 if weights.task == "binary" else 0
    return list(positive[start:]), list(negative[start:])


def recipe(
    weights: Weights,
    loss: str,
    title: str,
    positive: Sequence[float],
    negative: Sequence[float],
    notes: tuple[str, ...] = (),
) -> Recipe:
    """One factor a term and output; the constants are WEIGHTS and WEIGHTS_NEGATIVE."""
    one = weights.task == "binary"
    pairs = list(zip(positive, negative, strict=True))
    masses = [(p * w1, rest * w0) for (p, rest), (w1, w0) in zip(rates(weights), pairs, strict=True)]
    names = ("WEIGHTS", "WEIGHTS_NEGATIVE")
    w1, w0 = names if one else (name.lower() for name in names)
    return Recipe(
        loss,
        title,
        "one-logit" if one else "columns",
        "element",
        {name: values[0] if one else tuple(values) for name, values in zip(names, (positive, negative), strict=True)},
        BODY.replace("{w1}", w1).replace("{w0}", w0),
        by_class(weights, [cut(*pair) for pair in pairs]),
        math.fsum(weighted(*mass)[0] for mass in masses) / len(masses),
        notes,
    )


def cut(w1: float, w0: float) -> float | None:
    """w0 / (w0 + w1), the posterior of a 0.5 cut; None where a term has no weight and nothing is decided."""
    return w0 / (w0 + w1) if w0 > 0 and w1 > 0 else None
