"""The loss floors: what a loss is worth for a model that ignores its input and puts out one constant.

Every row has a value per predictor. `prior` is the best constant under that very loss, so for the plain losses the
prevalences and for the balanced ones 0.5 or 1/K; `uniform` is the output 0.5 or 1/K. A constant of hard zeros and ones
costs infinitely much as soon as it is wrong once: None.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from .focal_floor import sigmoid_focal_floor, softmax_focal_floor
from .measures import entropy

HARD = ("majority", "all_zero", "all_one")
LN2 = math.log(2)
FOCAL_ALPHA = 0.25

Row = dict[str, float | None]
Wrong = Mapping[str, int]


def softmax_losses(counts: Sequence[int], wrong: Wrong) -> dict[str, Row]:
    """Floors of a softmax over K classes, `counts` samples each; `wrong` has the mistakes of the hard constants.

    Cross-entropy H(pi) and ln K. Under balanced weights N / (K n_k) a class weighs the same whatever its count, so
    nothing is better than 1/K over the classes that have samples; the mean is the same whether it is divided by the
    sum of the weights (PyTorch) or by N (Keras), because these weights average 1. Squared error is the mean over
    classes and samples.
    """
    total, k, present = sum(counts), len(counts), sum(n > 0 for n in counts)
    squares = sum(n * n for n in counts)
    return {
        "cross_entropy": row(entropy(counts), math.log(k), wrong),
        "cross_entropy_balanced": row(math.log(present), math.log(k), wrong),
        "focal_2": row(softmax_focal_floor(counts), (1 - 1 / k) ** 2 * math.log(k), wrong),
        "mse": {
            **{name: 2 * wrong[name] / (k * total) if name in wrong else None for name in HARD},
            "prior": (total * total - squares) / (k * total * total),
            "uniform": (k - 1) / (k * k),
        },
    }


def weighted(a: float, b: float) -> tuple[float, float]:
    """Log loss with mass a on the positives and b on the negatives: (a+b) H(a/(a+b)) at best, (a+b) ln 2 at 0.5."""
    best = a * math.log1p(b / a) + b * math.log1p(a / b) if a > 0 and b > 0 else 0.0
    return best, (a + b) * LN2


MASSES: Mapping[str, Callable[[int, int], tuple[float, float]]] = {
    "bce": lambda n1, n0: (n1 / (n1 + n0), n0 / (n1 + n0)),
    "bce_pos_weight": lambda n1, n0: (n0 / (n1 + n0) if n1 else 0.0, n0 / (n1 + n0)),
    "bce_complement_pair": lambda n1, n0: (n1 * n0 / (n1 + n0) ** 2,) * 2,
    "bce_balanced_pair": lambda n1, n0: (0.5 if n1 else 0.0, 0.5 if n0 else 0.0),
}
"""Prevalence times weight of the positives and of the negatives, from the counts of one label: without weights, with
(1-p)/p on the positives, with (1-p, p), and with (1/2p, 1/2(1-p)), which is scikit-learn's "balanced" for one label. A
label without positives has no such weight; whatever it is given, it costs nothing at best."""


def sigmoid_losses(labels: Sequence[tuple[int, int]], rows: int, wrong: Wrong, *, sums: bool) -> dict[str, Row]:
    """Floors of one sigmoid per label, from the (positives, negatives) of each label among `rows` samples.

    `_mean` is the mean over all known cells of the label matrix, `_sum` the sum over labels and the mean over samples,
    given where `sums` is asked for. Focal loss has gamma 2; alpha 0.25 weighs the positives, 0.75 the negatives.
    """
    kinds = [(label, times) for label, times in Counter(labels).items() if sum(label)]
    cells = sum(sum(label) * times for label, times in kinds)
    if not cells:
        return {}
    found: dict[str, Row] = {}

    def add(name: str, values: Sequence[tuple[float, float]]) -> None:
        best, even = (
            math.fsum(value[side] * sum(label) * times for value, (label, times) in zip(values, kinds, strict=True))
            for side in (0, 1)
        )
        found[f"{name}_mean"] = row(best / cells, even / cells, wrong)
        if sums:
            found[f"{name}_sum"] = row(best / rows, even / rows, wrong)

    for name, mass in MASSES.items():
        add(name, [weighted(*mass(*label)) for label, _ in kinds])
    plain = [MASSES["bce"](*label) for label, _ in kinds]
    add("focal_2", focal_values(plain))
    add("focal_2_alpha_25", focal_values([(FOCAL_ALPHA * a, (1 - FOCAL_ALPHA) * b) for a, b in plain]))
    squared = math.fsum(n1 * n0 / (n1 + n0) * times for (n1, n0), times in kinds)
    found["mse"] = {
        **{name: wrong[name] / cells if name in wrong else None for name in HARD},
        "prior": squared / cells,
        "uniform": 0.25,
    }
    return found


def focal_values(masses: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Focal loss per label: at best, and at 0.5."""
    best = sigmoid_focal_floor([a for a, _ in masses], [b for _, b in masses])
    return [(value, (a + b) * LN2 / 4) for value, (a, b) in zip(best, masses, strict=True)]


def row(prior: float, uniform: float, wrong: Wrong) -> Row:
    """One loss: 0 for a hard constant that is never wrong, None for one that is."""
    return {**{name: 0.0 if wrong.get(name) == 0 else None for name in HARD}, "prior": prior, "uniform": uniform}
