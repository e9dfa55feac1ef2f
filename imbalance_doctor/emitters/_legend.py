"""The legend of a text that has no literals of its own to carry names exactly: comment lines, one per class.

Every line is the comment sign and a JSON array: index, class, count, value, and the negative factor of a pair. A name
cannot leave its line, since JSON escapes line ends, and a reader that wants the exact names can load the arrays.
"""

from ..model import Weights
from ._literals import json_string, number, require_scalars
from ._python import facts


def head(weights: Weights, target: str, sign: str = "#", one_logit: bool = False) -> str:
    """Comment lines: where the numbers come from, then the legend. Raises OutputError for a lone surrogate."""
    require_scalars(weights.classes, target)
    lines = facts(weights, target, one_logit)
    lines.append("index, class, count, value" + (", negative" if weights.values_negative is not None else ""))
    return "".join(f"{sign} {line}\n" for line in [*lines, *rows(weights)])


def rows(weights: Weights) -> list[str]:
    """The legend, one JSON array a class, in class order."""
    negative = weights.values_negative
    return [
        f"[{i}, {json_string(name)}, {n}, {number(value)}" + ("]" if negative is None else f", {number(negative[i])}]")
        for i, (name, n, value) in enumerate(zip(weights.classes, weights.counts, weights.values, strict=True))
    ]
