"""The weights as a scikit-learn `class_weight`: a dict by label, or a list of dicts with one per label.

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

Offsets and margins have no place in an estimator. What logit adjustment does is reached after training with
`FixedThresholdClassifier`, a cut at the prior.
"""

import re

from ..model import Weights
from ..plugins import Emitter
from ._literals import number, python_string
from ._python import head, names, numbers

_NO_OFFSET = "its estimators take no offset on the logits"
_BALANCED = "use --scheme balanced, or --scheme balanced-pair for multi-label"

EMITTER = Emitter(
    "sklearn",
    ".py",
    fits={
        "class-weight": ("binary", "multiclass"),
        "pos-weight": ("binary", "multilabel"),
        "pair": ("binary", "multilabel"),
    },
    refuses={
        "binary offset": (
            _NO_OFFSET,
            (
                "after training, FixedThresholdClassifier(estimator, threshold=share of the positive class); "
                "or use --scheme balanced"
            ),
        ),
        "multiclass offset": (
            _NO_OFFSET,
            "after training take the argmax of predict_proba divided by the class shares; or use --scheme balanced",
        ),
        "multilabel offset": (
            _NO_OFFSET,
            (
                "after training, a FixedThresholdClassifier(estimator, threshold=prevalence) per label; "
                "or use --scheme balanced-pair"
            ),
        ),
        "prior-bias": (
            "its estimators fit the intercept to the end, wherever it starts",
            "nothing is needed; for weights use --scheme balanced, or --scheme balanced-pair for multi-label",
        ),
        "margin": ("its estimators take no margin on the logits", _BALANCED),
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

_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")

_BY_LABEL = """\
assert len(CLASS_WEIGHT) == len(CLASSES), "one weight per class"

# LogisticRegression(class_weight=CLASS_WEIGHT)
"""
_BY_ROW = """\
assert len(CLASS_WEIGHT) == len(CLASSES), "one weight per class"

# Not as class_weight=, which looks for a label such as "01" under the integer 1; a weight per row:
# LogisticRegression().fit(X, y, sample_weight=[CLASS_WEIGHT[label] for label in y])
"""
_BY_COLUMN = """\
assert len(CLASS_WEIGHT) == len(CLASSES), "one dict per column of Y, in the order of CLASSES"

# An estimator for each label:
# [LogisticRegression(class_weight=w).fit(X, Y[:, i]) for i, w in enumerate(CLASS_WEIGHT)]
# A multi-output tree or forest takes the list whole, but multiplies the weights of a row's labels.
"""


def emit(weights: Weights) -> str:
    """A Python module."""
    one_sided = weights.task == "binary" and weights.kind != "class-weight"
    table = by_column(weights) if weights.task == "multilabel" else by_label(weights)
    top = head(weights, EMITTER.name, one_sided)
    return top + "\n".join([names(weights), numbers("COUNTS", weights.counts), table])


def by_label(weights: Weights) -> str:
    """A dict from label to weight, in class order. Of pos-weights and pairs the class at index 1 is the positive."""
    integers = all(map(_INTEGER.fullmatch, weights.classes))
    keys = weights.classes if integers else map(python_string, weights.classes)
    values = weights.values if weights.kind == "class-weight" else factors(weights)[1]
    rows = (f"    {k}: {number(v)},  # {n}" for k, v, n in zip(keys, values, weights.counts, strict=True))
    types = "integers" if integers else "strings"
    note = f"# The keys are {types}, as the values of y must be. label: weight, number of samples"
    use = _BY_LABEL if integers or not any(map(reads_as_integer, weights.classes)) else _BY_ROW
    return "\n".join([note, "CLASS_WEIGHT = {", *rows, "}", use])


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
    return "\n".join(["CLASS_WEIGHT = [  # number of samples with the label", *rows, "]", _BY_COLUMN])


def factors(weights: Weights) -> list[tuple[float, float]]:
    """Per class, the factors of the negative and of the positive term."""
    negative = weights.values_negative or (1.0,) * len(weights.values)
    return list(zip(negative, weights.values, strict=True))
