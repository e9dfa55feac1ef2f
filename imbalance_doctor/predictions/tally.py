"""The sufficient statistic of the prediction examination: what is kept of the rows, and nothing else.

A tally is updated block by block and merges: `merge(a, b)` equals the tally of the whole, in any order (sums of floats
up to rounding). Memory grows with classes and with a bounded sample of rows, never with rows.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .blocks import ScoreBlock, ScoreSample, Setting
from .distinct import DistinctRows, row_hashes
from .moments import Moments
from .outcomes import Outcomes
from .pieces import Counts, Mask, Piece, as_matrix, pieces
from .sample import SampleTally, truth_of
from .score_counts import ScoreCounts


class PredictionTally:
    """Counts of one examination.

    Conservation: n_rows = n_samples + nan_rows. `nan_rows` hold a NaN or an infinity (`infinite_rows` of them an
    infinity), or no prediction in a dump of predicted classes; nothing else is taken from them.
    """

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        n_columns = 1 if setting.task == "binary" else len(setting.classes)
        self.n_rows = 0
        self.nan_rows = 0
        self.infinite_rows = 0
        self.named: Counts = np.zeros(len(setting.classes), dtype=np.int64)
        """Rows per predicted class, in a dump of predicted classes."""
        self.scores = ScoreCounts.none(n_columns)
        self.moments = Moments.none(n_columns)
        self.distinct = DistinctRows()
        self.outcomes = Outcomes.none(setting)
        self.samples = SampleTally(setting)

    @property
    def n_samples(self) -> int:
        """Good rows."""
        return self.n_rows - self.nan_rows

    @property
    def has_scores(self) -> bool:
        """Whether the dump holds scores, and not predicted labels."""
        return self.setting.score_kind != "labels"

    @property
    def sample(self) -> ScoreSample | None:
        """The bounded sample of good rows (rows with ties included), None for predicted labels or without rows."""
        return self.samples.finish() if self.has_scores else None

    def update(self, block: ScoreBlock) -> None:
        """Add the rows of a block; scores (n, K), or (n,) for one column, of any numeric type."""
        self.n_rows += block.n
        if block.n == 0:
            return
        if block.scores is None:
            self._add_labels(block)
        else:
            with np.errstate(over="ignore", invalid="ignore", under="ignore"):
                self._add_scores(block, as_matrix(np.asarray(block.scores)))

    def _add_labels(self, block: ScoreBlock) -> None:
        predicted = np.asarray(block.predicted, dtype=np.int64)
        if self.setting.task == "sigmoid":
            chosen = (predicted[:, None] == np.arange(len(self.named))).astype(np.float32)
            chosen[predicted < 0] = np.nan
            self._add_scores(block, chosen)
            return
        given = predicted[predicted >= 0]
        self.nan_rows += block.n - len(given)
        self.named += np.bincount(given, minlength=len(self.named))
        truth, _ = truth_of(block, self.setting, 0)
        if truth is not None:
            self.outcomes.add_classes(truth, predicted)

    def _add_scores(self, block: ScoreBlock, scores: NDArray[Any]) -> None:
        good = np.ones(len(scores), dtype=bool)
        truth, known = truth_of(block, self.setting, scores.shape[1])
        winners = np.full(len(scores), -1, dtype=np.int64)
        for piece in pieces(scores, self.setting):
            if piece.kept is not None:
                good[piece.first : piece.last] = piece.kept
                self.nan_rows += int(np.count_nonzero(~piece.kept))
                self.infinite_rows += piece.n_infinite
            if piece.n == 0:
                continue
            self.scores.add(piece)
            if self.has_scores:
                self.moments = self.moments.merge(Moments.of(piece.wide, piece.lowest, piece.highest))
            if self.distinct.seen is not None:
                self.distinct.add(row_hashes(piece))
            if truth is not None:
                self._judge(piece, truth, known, winners)
        if truth is not None and self.setting.task == "softmax":
            self.outcomes.add_classes(truth, winners)
        if self.has_scores:
            self.samples.add(block, scores, good)

    def _judge(self, piece: Piece, truth: NDArray[Any], known: Mask | None, winners: NDArray[np.int64]) -> None:
        """Compare a piece with the block's truth; notes the class that wins each row in `winners`."""
        if self.setting.task == "softmax":
            where = np.arange(piece.first, piece.last)
            winners[where if piece.kept is None else where[piece.kept]] = piece.winner
            if self.has_scores:
                self.outcomes.add_softmax(piece, piece.of(truth))
        elif self.setting.task == "binary":
            index = piece.of(truth)
            self.outcomes.add_cells(piece, index[None, :] == 1, index[None, :] >= 0)
        else:
            known = None if known is None else np.ascontiguousarray(piece.of(known).T)
            self.outcomes.add_cells(piece, np.ascontiguousarray(piece.of(truth).T), known)

    @np.errstate(over="ignore", invalid="ignore")
    def merge(self, other: "PredictionTally") -> "PredictionTally":
        """The tally of both inputs together; neither operand changes."""
        merged = PredictionTally(self.setting)
        merged.n_rows = self.n_rows + other.n_rows
        merged.nan_rows = self.nan_rows + other.nan_rows
        merged.infinite_rows = self.infinite_rows + other.infinite_rows
        merged.named = self.named + other.named
        merged.scores = self.scores.merge(other.scores)
        merged.moments = self.moments.merge(other.moments)
        merged.distinct = self.distinct.merge(other.distinct)
        merged.outcomes = self.outcomes.merge(other.outcomes)
        merged.samples = self.samples.merge(other.samples)
        return merged
