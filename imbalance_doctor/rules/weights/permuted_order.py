"""The weights are in another order than the classes.

Why it matters: the loss takes the first number for the class at index 0, whatever it was made for. Nothing complains:
a frequent class gets the weight of a rare one, and the training goes on, worse than without weights.

What to do: put the numbers into the order of the model's outputs, as printed, and emit names beside them. Weights that
follow the counts fall where the counts rise: the rank correlation of the two is near -1.

Example: MELD publishes [4, 15, 15, 3, 1, 6, 3] for the labels neutral, surprise, fear, sadness, joy, disgust, anger.
The rank correlation with the counts is -0.42. They are in alphabetical order: as [1, 3, 15, 6, 3, 15, 4] it is -0.98.

Reference: declare-lab/MELD, issue 51. CatBoost takes the order of the keys of class_weights for that of its classes.
"""

from collections.abc import Iterator

from ...model import ClassOrder, Finding, GivenProfile
from ...plugins import Rule, Severity
from .._wording import number
from ._facts import listed

RULE = Rule("permuted-order", "IMB403", Severity.ERROR)


def check(weights: GivenProfile, *, sure: int = 5) -> Iterator[Finding]:
    """One finding; a warning where fewer than `sure` classes could follow an order by chance and no scheme tells."""
    if weights.order is not None and weights.values is not None:
        yield _permuted(weights, weights.order, sure)
    names = weights.given.names
    if weights.given.framework == "catboost" and names is not None and weights.values is not None:
        order = tuple(name for name in names if name in weights.counts.names)
        if order != tuple(name for name in weights.counts.names if name in order):
            yield Finding(
                RULE,
                "CatBoost takes the order of these keys for the order of its classes, and of the columns it predicts",
                (),
                {"keys": list(order[:20]), "classes": list(weights.counts.names[:20])},
                "write the keys in the order of the classes",
                Severity.WARNING,
            )


def _permuted(weights: GivenProfile, order: ClassOrder, sure: int) -> Finding:
    assert weights.values is not None
    placed = [0.0] * len(order.classes)
    for value, at in zip(weights.values, order.classes, strict=True):
        placed[at] = value
    rho = weights.rank_correlation
    message = "the weights do not follow the class counts"
    message += f" (rank correlation {number(rho)})" if rho is not None else ""
    message += f", but do in another order: {order.name}"
    message += f", where they are those of the scheme {order.scheme}" if order.scheme else ""
    return Finding(
        RULE,
        message,
        (),
        {
            "rank_correlation": rho,
            "order": order.name,
            "scheme": order.scheme or None,
            "made_for": [weights.counts.names[i] for i in order.classes[:1000]],
            "in_class_order": placed[:1000],
        },
        f"in the order of the classes they are {listed(placed)}",
        None if order.scheme or len(placed) >= sure else Severity.WARNING,
    )
