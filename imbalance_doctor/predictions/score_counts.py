"""What is counted of the scores themselves, truth or not."""

from dataclasses import dataclass

import numpy as np

from .compensated import Sum
from .links import Floats, logit
from .pieces import Counts, Piece, count_true, single_largest

OUTSIDE = 1e-4
"""How far a probability may leave [0, 1] through rounding before it is counted as outside."""
SATURATED = 1e-6
SATURATED_LOGIT = 13.8
OFF_SUM = 1e-3
"""How far the sum of a row's probabilities may be off 1: room for half precision."""


@dataclass
class ScoreCounts:
    """Of K columns of scores. `predicted`, `at`, `above`, `adjusted` (K,): rows per class that win the argmax, reach
    the threshold, exceed it, and win or reach the cut after correcting for the prior. `probability` (K,): sum of the
    probabilities, for logits. The rest counts rows, but `outside` and `saturated`, which count cells."""

    predicted: Counts
    at: Counts
    above: Counts
    adjusted: Counts
    probability: Sum
    tied: int = 0
    all_zero: int = 0
    all_one: int = 0
    off_sum: int = 0
    outside: int = 0
    saturated: int = 0
    smallest_sum: float = np.inf
    largest_sum: float = -np.inf

    @classmethod
    def none(cls, n_classes: int) -> "ScoreCounts":
        """Nothing counted."""
        predicted, at, above, adjusted = np.zeros((4, n_classes), dtype=np.int64)
        return cls(predicted, at, above, adjusted, Sum.zero(n_classes))

    def add(self, piece: Piece) -> None:
        """Count a piece, n >= 1."""
        setting = piece.setting
        at = count_true(piece.at)
        self.at += at
        self.all_zero += int(np.count_nonzero(piece.top < piece.as_stored(setting.threshold)))
        if at.all():
            self.all_one += int(np.count_nonzero(piece.at.all(axis=0)))
        if setting.task == "softmax":
            wins = count_true(piece.wins)
            self.predicted += wins
            self.tied += piece.n - int(wins.sum())
        else:
            self.above += count_true(piece.scores > piece.as_stored(setting.threshold))
        if setting.score_kind == "labels":
            return
        self._add_cells(piece)
        if setting.score_kind == "logits":
            self.probability += Sum.of(piece.probability_sums)
        elif setting.task != "binary":
            self._add_row_sums(piece)
        if setting.priors is not None:
            self.adjusted += adjusted(piece, np.asarray(setting.priors))

    def _add_cells(self, piece: Piece) -> None:
        scores, logits = piece.scores, piece.setting.score_kind == "logits"
        low, high = (-SATURATED_LOGIT, SATURATED_LOGIT) if logits else (SATURATED, 1 - SATURATED)
        if (piece.lowest <= low).any():
            self.saturated += int(np.count_nonzero(scores <= scores.dtype.type(low)))
        if (piece.highest >= high).any():
            self.saturated += int(np.count_nonzero(scores >= scores.dtype.type(high)))
        if (piece.lowest < -OUTSIDE).any():
            self.outside += int(np.count_nonzero(scores < -OUTSIDE))
        if (piece.highest > 1 + OUTSIDE).any():
            self.outside += int(np.count_nonzero(scores > 1 + OUTSIDE))

    def _add_row_sums(self, piece: Piece) -> None:
        sums = piece.wide.sum(axis=0)
        self.smallest_sum = min(self.smallest_sum, float(sums.min()))
        self.largest_sum = max(self.largest_sum, float(sums.max()))
        if piece.setting.task == "softmax":
            self.off_sum += int(np.count_nonzero(np.abs(sums - 1.0) > OFF_SUM))

    def merge(self, other: "ScoreCounts") -> "ScoreCounts":
        """Of both together; neither operand changes."""
        return ScoreCounts(
            predicted=self.predicted + other.predicted,
            at=self.at + other.at,
            above=self.above + other.above,
            adjusted=self.adjusted + other.adjusted,
            probability=self.probability + other.probability,
            tied=self.tied + other.tied,
            all_zero=self.all_zero + other.all_zero,
            all_one=self.all_one + other.all_one,
            off_sum=self.off_sum + other.off_sum,
            outside=self.outside + other.outside,
            saturated=self.saturated + other.saturated,
            smallest_sum=min(self.smallest_sum, other.smallest_sum),
            largest_sum=max(self.largest_sum, other.largest_sum),
        )


def adjusted(piece: Piece, priors: Floats) -> Counts:
    """Rows per class after correcting for the priors (K,).

    softmax: argmax of log p - log prior (Menon et al. 2021, "Long-tail learning via logit adjustment", tau = 1), rows
    with ties left out. sigmoid and binary: probability at or above the prior. A class whose prior is 0 gets no rows.
    """
    setting = piece.setting
    if setting.task == "softmax":
        with np.errstate(divide="ignore"):
            weights = np.where(priors > 0, 1.0 / priors, 0.0)
            shifts = np.log(priors)
        values = piece.wide - shifts[:, None] if setting.score_kind == "logits" else piece.wide * weights[:, None]
        values[priors <= 0] = -np.inf
        return count_true(single_largest(values, values.max(axis=0)))
    if setting.task == "binary":
        priors = priors[1:]
    cuts = logit(priors) if setting.score_kind == "logits" else priors
    cuts = np.where(priors > 0, cuts, np.inf)
    return count_true(piece.scores >= piece.as_stored(cuts)[:, None])
