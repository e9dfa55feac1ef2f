"""Metrics from counts, with any number of leading axes: one count a class, or one a class and a bootstrap replicate.

All follow scikit-learn with zero_division = 0. softmax and binary: `accuracy_score`, `balanced_accuracy_score`, and
`f1_score` averaged over the classes that occur in truth or predictions. sigmoid: accuracy is that of the cells,
balanced accuracy the mean over classes of (recall + specificity) / 2, F1 averages run over all classes.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

METRICS = ("accuracy", "balanced-accuracy", "macro-f1", "micro-f1")
"""The metrics that depend on a cut, and can be gained by moving it."""

Numbers = NDArray[Any]


@dataclass(frozen=True)
class Counts:
    """Per class: rows predicted rightly (`hits`), `predicted`, and carrying the class (`support`), each (..., K).

    `known` (..., K) holds the rows whose truth is known, per class for sigmoid, the same number for all otherwise.
    """

    hits: Numbers
    predicted: Numbers
    support: Numbers
    known: Numbers
    many: bool
    """Whether every class is answered for itself (sigmoid)."""


def value(metric: str, counts: Counts) -> Numbers:
    """The metric, (...). 0 where there is nothing to divide by. Raises KeyError for a metric that has no cut."""
    return _METRICS[metric](counts)


def _accuracy(c: Counts) -> Numbers:
    if c.many:
        wrong = (c.predicted + c.support - 2 * c.hits).sum(-1)
        return _ratio(c.known.sum(-1) - wrong, c.known.sum(-1))
    return _ratio(c.hits.sum(-1), c.known[..., 0])


def _balanced_accuracy(c: Counts) -> Numbers:
    recall = _ratio(c.hits, c.support)
    if not c.many:
        return _mean(recall, c.support > 0)
    negatives = c.known - c.support
    specificity = _ratio(negatives - c.predicted + c.hits, negatives)
    return _mean((recall + specificity) / 2, (c.support > 0) & (negatives > 0))


def _macro_f1(c: Counts) -> Numbers:
    f1 = _ratio(2 * c.hits, c.predicted + c.support)
    return _mean(f1, np.ones(f1.shape, bool) if c.many else c.predicted + c.support > 0)


def _micro_f1(c: Counts) -> Numbers:
    return _ratio(2 * c.hits.sum(-1), (c.predicted + c.support).sum(-1))


def _ratio(above: Numbers, below: Numbers) -> Numbers:
    return np.divide(above, below, out=np.zeros(np.shape(above)), where=below > 0)


def _mean(values: Numbers, counted: Numbers) -> Numbers:
    """The mean over the last axis of what is counted."""
    return _ratio((values * counted).sum(-1), counted.sum(-1))


_METRICS = {
    "accuracy": _accuracy,
    "balanced-accuracy": _balanced_accuracy,
    "macro-f1": _macro_f1,
    "micro-f1": _micro_f1,
}
