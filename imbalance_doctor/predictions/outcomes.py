"""What is counted when the truth is known, over the rows that can be judged.

A row is judged when its scores are finite, its truth is known and, where classes compete, one score is the largest:
a tied row counts neither for nor against the model.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .blocks import Setting
from .compensated import Sum
from .confusion import Confusion
from .histogram import Histogram
from .log_loss import cell_loss, softmax_loss
from .pieces import Counts, Mask, Piece, count_true
from .reliability import Reliability


@dataclass
class Outcomes:
    """Of `n` judged rows.

    One class a row: `confusion`. Any number of classes, or one column of scores: per column (K,) the `known` cells,
    `support` of them true, `predicted`, and `hits` both; and of the `complete` rows, without unknown cells, the `exact`
    ones, right in every cell.

    From scores: `loss` sums the log loss over `loss_terms` rows (softmax) or cells; `probability` and
    `probability_of_positives` (K,) sum the probabilities over known and over true cells; `reliability` and `histogram`.
    """

    confusion: Confusion
    known: Counts
    support: Counts
    predicted: Counts
    hits: Counts
    probability: Sum
    probability_of_positives: Sum
    histogram: Histogram | None
    n: int = 0
    complete: int = 0
    exact: int = 0
    loss: Sum = field(default_factory=lambda: Sum.of(0.0))
    loss_terms: int = 0
    reliability: Reliability = field(default_factory=Reliability)

    @classmethod
    def none(cls, setting: Setting) -> "Outcomes":
        """Nothing judged."""
        n_columns = 1 if setting.task == "binary" else len(setting.classes)
        known, support, predicted, hits = np.zeros((4, n_columns), dtype=np.int64)
        histogram = Histogram.none(n_columns) if setting.has_truth and setting.score_kind != "labels" else None
        zero = Sum.zero(n_columns)
        return cls(Confusion(len(setting.classes)), known, support, predicted, hits, zero, zero, histogram)

    def add_classes(self, truth: NDArray[np.int64], predicted: NDArray[np.int64]) -> None:
        """Count rows (n,) by true and predicted class; -1 in either leaves a row out."""
        judged = (truth >= 0) & (predicted >= 0)
        self.n += int(np.count_nonzero(judged))
        self.confusion = self.confusion.add(truth[judged], predicted[judged])

    def add_softmax(self, piece: Piece, truth: NDArray[np.int64]) -> None:
        """Count the scores of a piece whose classes compete; `truth` (n,) indices, -1 unknown."""
        judged = (truth >= 0) & (piece.winner >= 0)
        p, winner = piece.probabilities, piece.winner
        if not judged.all():
            p, winner, truth = p[:, judged], winner[judged], truth[judged]
        n = len(truth)
        of_truth = truth * n + np.arange(n)
        p_true = p.ravel()[of_truth]
        self.loss += Sum.of(softmax_loss(piece, p_true, truth, judged))
        self.loss_terms += n
        self.known += n
        self.probability += Sum.of(p.sum(axis=1))
        self.probability_of_positives += Sum.of(np.bincount(truth, p_true, len(p)))
        self.reliability.add(p.ravel()[winner * n + np.arange(n)], winner == truth)
        if self.histogram is not None:
            self.histogram.add(p, of_truth, None)

    def add_cells(self, piece: Piece, truth: Mask, known: Mask | None) -> None:
        """Count the cells of a piece whose classes stand for themselves; `truth` and `known` (K, n)."""
        at, n = piece.at, piece.n
        if known is not None and known.all():
            known = None
        if known is None:
            self.n += n
            self.known += n
            wrong = np.asarray(at != truth)
            rows = np.ones(n, dtype=bool)
        else:
            truth, at = truth & known, at & known
            self.n += int(np.count_nonzero(known.any(axis=0)))
            self.known += count_true(known)
            rows = np.asarray(known.all(axis=0))
            wrong = np.asarray(at != truth)
        self.complete += int(np.count_nonzero(rows))
        self.exact += int(np.count_nonzero(rows & ~wrong.any(axis=0)))
        self.support += count_true(truth)
        self.predicted += count_true(at)
        self.hits += count_true(truth & at)
        if piece.setting.score_kind != "labels":
            self._add_probabilities(piece, truth, known)

    def _add_probabilities(self, piece: Piece, truth: Mask, known: Mask | None) -> None:
        p = piece.probabilities
        positives = np.flatnonzero(truth)
        sums = piece.probability_sums if known is None else np.einsum("ij,ij->i", p, known)
        self.probability += Sum.of(sums)
        self.probability_of_positives += Sum.of(np.bincount(positives // piece.n, p.ravel()[positives], len(p)))
        self.loss += Sum.of(cell_loss(piece, positives, known))
        flat = p.ravel() if known is None else p[known]
        self.loss_terms += len(flat)
        self.reliability.add(flat, truth.ravel() if known is None else truth[known])
        if self.histogram is not None:
            self.histogram.add(p, positives, known)

    def merge(self, other: "Outcomes") -> "Outcomes":
        """Of both together; neither operand changes."""
        histogram = None
        if self.histogram is not None and other.histogram is not None:
            histogram = self.histogram.merge(other.histogram)
        return Outcomes(
            known=self.known + other.known,
            support=self.support + other.support,
            predicted=self.predicted + other.predicted,
            hits=self.hits + other.hits,
            probability=self.probability + other.probability,
            probability_of_positives=self.probability_of_positives + other.probability_of_positives,
            histogram=histogram,
            n=self.n + other.n,
            complete=self.complete + other.complete,
            exact=self.exact + other.exact,
            loss=self.loss + other.loss,
            loss_terms=self.loss_terms + other.loss_terms,
            confusion=self.confusion.merge(other.confusion),
            reliability=self.reliability.merge(other.reliability),
        )
