"""The weights as the exponent `cls_pw` of Ultralytics, which weighs classes by a power of their inverse count.

Where it goes:
    In the YAML that `cfg=` names, or as an argument: `yolo detect train cls_pw=0.63`, `model.train(cls_pw=0.63)`.
    Versions before 8.4.38 may not know the key. Count boxes, as it does.

The trap:
    cls_pw is a number from 0 to 1, never a list or a weight: the weights are (1 / n)^cls_pw, scaled to a mean of 1 over
    the classes. So the exponent is solved from the ratio of the largest to the smallest weight: exact for the schemes
    that are powers of the count (balanced, inverse, sqrt, power), near for others; the comment gives the largest
    deviation. A ratio that no exponent reaches is cut to 0 or 1. The classification trainer ignores the key without a
    word: use --to pytorch there. Semantic segmentation has another formula (ENet's, to that power). The YOLOv5 key of
    that name is a pos_weight.

It divides by:
    the sum of the target scores. The weights have a mean of 1 over the classes, not over the boxes: the classification
    loss gets smaller as the exponent grows, and `cls` (0.5) can make up for it.
"""

import math

from ..model import Weights
from ..plugins import Emitter
from ._legend import head
from ._literals import dotted, number
from ._python import unstated

_LIST = ("it takes one exponent for the weights of all classes", "use --scheme balanced, sqrt or power")
_MULTILABEL = (
    "an image with several classes has no one weight, and it counts boxes",
    "count one box a row, --task multiclass; for images --scheme repeat-factor with --to pytorch; or --to json",
)

EMITTER = Emitter(
    "ultralytics",
    ".yaml",
    fits={"class-weight": ("binary", "multiclass")},
    refuses={
        "multilabel repeat": ("it has no sampler", "use --to detectron2, --to mmdet, or --to pytorch"),
        "multilabel": _MULTILABEL,
        **dict.fromkeys(("multilabel pos-weight", "multilabel pair"), _MULTILABEL),
        **dict.fromkeys(("multilabel offset", "multilabel margin"), _MULTILABEL),
        "binary pos-weight": _LIST,
        "pair": _LIST,
        "offset": _LIST,
        "margin": _LIST,
        "repeat": ("it has no sampler", "use --scheme power"),
    },
)


LARGEST = 1e100  # a quotient must stay finite


def emit(weights: Weights) -> str:
    """One YAML key. Raises OutputError for a name with a lone surrogate."""
    wanted = solve(weights)
    power = min(max(wanted, 0.0), 1.0)
    off = worst(weights, power)
    lines = [
        "its weights are those above over their mean" + (f", up to a deviation of {off:.3g}" if off > 1e-9 else "")
    ]
    if power != wanted:
        lines.insert(0, f"the ratio wants an exponent of {wanted:.6g}, which is cut to {number(power)}")
    lines.append("for detection; the classification trainer ignores it")
    remarks = "".join(f"# {line}\n" for line in lines)
    # A sigmoid per class, both terms of which are weighed: no boundary moves.
    return f"{head(unstated(weights), EMITTER.name)}{remarks}cls_pw: {dotted(power)}\n"


def solve(weights: Weights) -> float:
    """ln(w of the rarest class / w of the most frequent) / ln(n_max / n_min), over classes that have samples.

    0 where all counts are alike, or a weight is 0.
    """
    present = [(n, w) for n, w in zip(weights.counts, weights.values, strict=True) if n > 0 and w > 0]
    if not present:
        return 0.0
    (n_min, w_rare), (n_max, w_common) = min(present), max(present)
    if n_min == n_max:
        return 0.0
    return (math.log(w_rare) - math.log(w_common)) / math.log(n_max / n_min)


def worst(weights: Weights, power: float) -> float:
    """The largest |a / b - 1| of Ultralytics' weights a and those wanted b, both scaled to a mean of 1."""
    present = [(n, w) for n, w in zip(weights.counts, weights.values, strict=True) if n > 0 and w > 0]
    own = scaled([math.exp(-power * math.log(n)) for n, _ in present])
    pairs = zip(own, scaled([w for _, w in present]), strict=True)
    return max((abs(a / b - 1) if a < b * LARGEST else LARGEST for a, b in pairs), default=0.0)


def scaled(values: list[float]) -> list[float]:
    """The values over their mean."""
    top = max(values, default=0.0) or 1.0
    mean = math.fsum(v / top for v in values) / len(values) if values else 1.0
    return [v / top / mean for v in values]
