"""From scores to probabilities: the link functions, in float64."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def sigmoid(logits: NDArray[Any]) -> Floats:
    """1 / (1 + e^-z), with full relative precision for rare classes (z far below 0).

    >>> sigmoid(np.array([0.0, -800.0, 800.0])).tolist()
    [0.5, 0.0, 1.0]
    """
    with np.errstate(over="ignore"):
        odds_against = np.negative(logits, dtype=np.float64)
        np.exp(odds_against, out=odds_against)
    odds_against += 1.0
    return np.asarray(np.reciprocal(odds_against, out=odds_against))


def softmax(logits: NDArray[Any], axis: int) -> Floats:
    """Probabilities along `axis`; shifted by the largest logit, so that nothing overflows.

    >>> softmax(np.array([[1000.0, 1000.0, -1000.0]]), axis=1).tolist()
    [[0.5, 0.5, 0.0]]
    """
    logits = np.asarray(logits, dtype=np.float64)
    raised = np.exp(logits - logits.max(axis=axis, keepdims=True, initial=-np.inf))
    raised /= raised.sum(axis=axis, keepdims=True)
    return np.asarray(raised)


def probabilities(scores: NDArray[Any], score_kind: str, task: str, axis: int = 1) -> Floats:
    """The probabilities that scores stand for, in the shape of the scores; classes run along `axis`.

    Probabilities are taken as they are, even where they do not sum to one.
    """
    if score_kind != "logits":
        return np.asarray(scores, dtype=np.float64)
    return softmax(scores, axis) if task == "softmax" else sigmoid(scores)


def logit(probabilities: NDArray[Any]) -> Floats:
    """ln(p / (1 - p)), infinite at 0 and 1.

    >>> logit(np.array([0.0, 0.5, 1.0])).tolist()
    [-inf, 0.0, inf]
    """
    p = np.asarray(probabilities, dtype=np.float64)
    with np.errstate(divide="ignore"):
        return np.log(p) - np.log1p(-p)
