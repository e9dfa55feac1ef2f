"""The weights as a scikit-learn `class_weight`, a dict by label or one per label; offsets as thresholds.

Where it goes:
    Into the constructor of a classifier that has the parameter: `LogisticRegression(class_weight=CLASS_WEIGHT)`, and
    so for SVC, LinearSVC, SGD, Perceptron, Ridge, trees, forests and histogram boosting. Others take
    `fit(sample_weight=...)` or nothing: put the weights on the base estimator of OneVsRest and chains.

The trap:
    The keys must be of the labels' own type, `1` and `"1"` differ: names that are all canonical integers become int
    keys, else all are strings. Among strings, scikit-learn 1.9 looks for `"01"` under the integer 1: where
    a name could be read so, a weight per row is shown instead. A class that is missing counts as 1. In multi-label a
    tree or forest multiplies the weights of a row's labels, which explodes: give every label an estimator of its own.

It divides by:
    nothing, or by C and the sum over samples: weights with a sample mean of 1 leave the regularisation as strong as it
    was. The validation score is not weighted.

What logit adjustment does to a loss is reached here after training, and without a loss: a cut of the posterior with
`FixedThresholdClassifier`, for several classes the argmax of the posteriors over the shares. A margin has no place.
"""

import math

from ..model import Weights
from ..plugins import Emitter
from . import _sklearn_forms as forms
from ._labels import are_integers, by_label, factors, literals, per_class
from ._literals import number
from ._python import head, names, numbers

EMITTER = Emitter(
    "sklearn",
    ".py",
    fits={
        "class-weight": ("binary", "multiclass"),
        "pos-weight": ("binary", "multilabel"),
        "pair": ("binary", "multilabel"),
        "offset": ("binary", "multiclass", "multilabel"),
    },
    refuses={
        "prior-bias": (
            "its estimators fit the intercept to the end, wherever it starts",
            "nothing is needed; for weights use --scheme balanced, or --scheme balanced-pair for multi-label",
        ),
        "margin": (
            "its estimators take no margin on the logits",
            "use --scheme balanced, or --scheme balanced-pair for multi-label",
        ),
        "repeat": (
            "its estimators have no sampler",
            (
                "pass the factor of each row as fit(sample_weight=...); "
                "or use --scheme power, --scheme balanced-pair for multi-label"
            ),
        ),
    },
    model="linear",
)


def emit(weights: Weights) -> str:
    """A Python module."""
    one_sided = weights.task == "binary" and weights.kind != "class-weight"
    body = offsets if weights.kind == "offset" else by_column if weights.task == "multilabel" else class_weight
    return head(weights, EMITTER.name, one_sided) + body(weights)


def data(weights: Weights) -> str:
    """CLASSES and COUNTS."""
    return names(weights) + "\n" + numbers("COUNTS", weights.counts) + "\n"


def class_weight(weights: Weights) -> str:
    """A dict from label to weight, in class order. Of pos-weights and pairs the class at index 1 is the positive."""
    safe = are_integers(weights) or not any(map(reads_as_integer, weights.classes))
    table = by_label(weights, "CLASS_WEIGHT", per_class(weights), "weight")
    return data(weights) + table + "\n" + (forms.BY_LABEL if safe else forms.BY_ROW)


def reads_as_integer(name: str) -> bool:
    """Whether scikit-learn's compute_class_weight takes a label of this name for an integer."""
    try:
        int(name)
    except ValueError:
        return False
    return True


def by_column(weights: Weights) -> str:
    """A list with a dict per label, the keys being the 0 and 1 of its column."""
    rows = (
        f"    {{0: {number(w0)}, 1: {number(w1)}}},  # {n}"
        for (w0, w1), n in zip(factors(weights), weights.counts, strict=True)
    )
    table = "\n".join(["CLASS_WEIGHT = [  # number of samples with the label", *rows, "]", forms.BY_COLUMN])
    return data(weights) + table


def offsets(weights: Weights) -> str:
    """LOG_PRIOR, and the rule that does to posteriors what the offset does to a loss."""
    if weights.task == "multiclass":
        table = by_label(weights, "LOG_PRIOR", weights.values, "offset")
        return f"import numpy as np\n\n{data(weights)}{table}\n{forms.ARGMAX}"
    top = f"{forms.IMPORTS}\n{data(weights)}{numbers('LOG_PRIOR', weights.values)}\n"
    if weights.task == "multilabel":
        return top + numbers("THRESHOLDS", map(posterior, weights.values)) + "\n" + forms.CUTS
    cut = number(posterior(weights.values[1] - weights.values[0]))
    return f"{top}POSITIVE = {literals(weights)[1]}\nTHRESHOLD = {cut}\n{forms.CUT}"


def posterior(log_odds: float) -> float:
    """1 / (1 + exp(-log_odds)), without overflow."""
    part = math.exp(-abs(log_odds))
    return (1.0 if log_odds > 0 else part) / (1 + part)
