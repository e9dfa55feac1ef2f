"""Predictions against truth: the metrics, from counts.

Conventions are scikit-learn's with zero_division = 0. One class a row: the macro average runs over the classes that
occur in truth or predictions, balanced accuracy over those that occur in the truth. Any number of classes a row: macro
averages run over all classes, accuracy is that of the cells, and balanced accuracy is the mean over the classes that
some rows carry and some do not of (recall + specificity) / 2.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..labels.measures import entropy

MAX_ASSIGNED = 2_000
"""Classes up to which the best order of the columns is looked for."""


@dataclass(frozen=True)
class Agreement:
    """Per class: rows that carry it (`support`), `predicted`, and both (`hits`), of the `known` ones; `n` rows in all.

    `confusion`: rows by (true, predicted) index, None where a row carries any number of classes.
    """

    n: int
    support: tuple[int, ...]
    predicted: tuple[int, ...]
    hits: tuple[int, ...]
    known: tuple[int, ...]
    confusion: Mapping[tuple[int, int], int] | None = None

    @classmethod
    def of_confusion(cls, confusion: Mapping[tuple[int, int], int], n_classes: int) -> "Agreement":
        """From rows by (true, predicted) index, one class a row."""
        support, predicted, hits = ([0] * n_classes for _ in range(3))
        for (true, answer), n in confusion.items():
            support[true] += n
            predicted[answer] += n
            hits[true] += n if true == answer else 0
        n = sum(support)
        return cls(n, tuple(support), tuple(predicted), tuple(hits), (n,) * n_classes, confusion)

    @property
    def recall(self) -> tuple[float | None, ...]:
        """Per class, None without support."""
        return tuple(h / s if s else None for h, s in zip(self.hits, self.support, strict=True))

    @property
    def precision(self) -> tuple[float | None, ...]:
        """Per class, None where it is never predicted."""
        return tuple(h / p if p else None for h, p in zip(self.hits, self.predicted, strict=True))

    @property
    def f1(self) -> tuple[float | None, ...]:
        """Per class, None where it occurs on neither side."""
        sides = zip(self.hits, self.support, self.predicted, strict=True)
        return tuple(2 * h / (s + p) if s + p else None for h, s, p in sides)

    @property
    def accuracy(self) -> float | None:
        """Share of rows (one class a row) or of known cells that are right."""
        if self.confusion is not None:
            return sum(self.hits) / self.n if self.n else None
        cells = sum(self.known)
        wrong = sum(self.support) + sum(self.predicted) - 2 * sum(self.hits)
        return (cells - wrong) / cells if cells else None

    @property
    def balanced_accuracy(self) -> float | None:
        """Mean recall of the classes that occur; of both sides of every class where a row carries any number."""
        if self.confusion is not None:
            return mean([recall for recall in self.recall if recall is not None])
        halves = []
        for h, s, p, known in zip(self.hits, self.support, self.predicted, self.known, strict=True):
            if s and known - s:
                halves.append((h / s + (known - s - p + h) / (known - s)) / 2)
        return mean(halves)

    @property
    def macro_f1(self) -> float:
        """Unweighted mean."""
        if self.confusion is not None:
            return mean([f1 for f1 in self.f1 if f1 is not None]) or 0.0
        return mean([f1 or 0.0 for f1 in self.f1]) or 0.0

    @property
    def micro_f1(self) -> float:
        """2 TP / (true + predicted), over all classes together."""
        both = sum(self.support) + sum(self.predicted)
        return 2 * sum(self.hits) / both if both else 0.0

    @property
    def weighted_f1(self) -> float:
        """Mean weighted by support."""
        total = sum(self.support)
        weighted = math.fsum(s * (f1 or 0.0) for s, f1 in zip(self.support, self.f1, strict=True))
        return weighted / total if total else 0.0

    @property
    def mcc(self) -> float | None:
        """Matthews correlation coefficient, for any number of classes: Gorodkin (2004). 0 when one side is constant.

        None where a row carries any number of classes.
        """
        if self.confusion is None or not self.n:
            return None
        n, right = self.n, sum(self.hits)
        together = sum(s * p for s, p in zip(self.support, self.predicted, strict=True))
        of_truth = n * n - sum(s * s for s in self.support)
        of_answers = n * n - sum(p * p for p in self.predicted)
        if not (of_truth and of_answers):
            return 0.0
        return (right * n - together) / math.sqrt(of_truth * of_answers)

    @property
    def loss_floor(self) -> float | None:
        """Log loss, in nats, of a model that puts out the prior: entropy of the shares, or its mean over the cells."""
        if self.confusion is not None:
            return entropy(self.support) if self.n else None
        cells = sum(self.known)
        sides = zip(self.support, self.known, strict=True)
        return math.fsum(known * entropy((s, known - s)) for s, known in sides if known) / cells if cells else None

    def best_permutation(self) -> tuple[tuple[int, ...], float] | None:
        """The order of the columns that raises the accuracy most, and that accuracy; None when it is the order given.

        Entry i is the column that holds class i: `scores[:, order]` is in class order. Kuhn (1955), "The Hungarian
        method for the assignment problem".
        """
        k, right = len(self.support), sum(self.hits)
        if self.confusion is None or not self.n or k > MAX_ASSIGNED:
            return None
        table = np.zeros((k, k), dtype=np.float64)
        for (true, answer), n in self.confusion.items():
            table[true, answer] = n
        if right == int(table.max(axis=1).sum()):
            return None
        order = assigned(table)
        best = int(table[np.arange(k), order].sum())
        return (tuple(order.tolist()), best / self.n) if best > right else None


def assigned(gains: NDArray[np.float64]) -> NDArray[np.int64]:
    """The column (K,) given to each row so that the gains (K, K) add up to most; its own where that is no loss."""
    from scipy.optimize import linear_sum_assignment

    k = len(gains)
    # whole numbers: a bonus of 1 in K + 1 for staying can never outweigh a row
    _, order = linear_sum_assignment(gains * (k + 1) + np.eye(k), maximize=True)
    return np.asarray(order, dtype=np.int64)


def mean(values: Sequence[float]) -> float | None:
    """The mean, None of nothing."""
    return math.fsum(values) / len(values) if values else None
