"""The vocabulary of a recipe's body in numpy, in float64: what a loss is worth where no framework is installed.

Every function is written from its definition, with the positional arguments the three frameworks share.
"""

import re
from types import SimpleNamespace
from typing import Any

import numpy as np

from imbalance_doctor.model import Recipe


def sigmoid(x: Any) -> Any:
    return np.exp(-np.logaddexp(0, -x))


def softplus(x: Any) -> Any:
    return np.logaddexp(0, x)


def logsumexp(x: Any, axis: int) -> Any:
    return np.logaddexp.reduce(x, axis=axis)


def log_softmax(x: Any, axis: int) -> Any:
    return x - np.expand_dims(logsumexp(x, axis), axis)


def one_hot(indices: Any, size: int) -> Any:
    return np.eye(size)[indices]


FUNCTIONS = SimpleNamespace(
    **{
        name: getattr(np, name)
        for name in (
            *("abs", "exp", "log", "log1p", "square", "sqrt", "clip", "maximum", "minimum", "where"),
            *("ones_like", "zeros_like", "sum", "mean", "cumsum", "cumsum", "take", "take_along_axis"),
        )
    },
    logsumexp=logsumexp,
    one_hot=one_hot,
    sigmoid=sigmoid,
    log_sigmoid=lambda x: -softplus(-x),
    softplus=softplus,
    relu=lambda x: np.maximum(x, 0),
    softmax=lambda x, axis: np.exp(log_softmax(x, axis)),
    log_softmax=log_softmax,
)


def values(recipe: Recipe, logits: Any, targets: Any) -> Any:
    """What the body computes: a number per element, per sample or for the batch, as the recipe's `per` says."""
    targets = np.asarray(targets)
    scope: dict[str, Any] = {
        "f": FUNCTIONS,
        "logits": np.asarray(logits, dtype=np.float64),
        "targets": targets if recipe.targets == "indices" else targets.astype(np.float64),
    }
    for name, value in recipe.constants.items():
        vector = isinstance(value, tuple)
        scope[name.lower() if vector else name] = np.array(value, dtype=np.float64) if vector else value
    exec(re.sub(r"@(\w+)", r"f.\1", recipe.body), scope)  # noqa: S102
    return scope["loss"]


def mean(recipe: Recipe, logits: Any, targets: Any) -> float:
    """The loss as reduced."""
    return float(np.mean(values(recipe, logits, targets)))
