"""What a prediction layout hands to the tally: rows of scores or of predicted classes, with the truth beside them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class ScoreBlock:
    """Consecutive rows of a dump.

    `scores`: (n, K) floats of any precision as stored, or None. `predicted`: (n,) class indices, -1 for a row without a
    prediction, when the dump holds predicted labels; else None. `truth`: (n,) class indices (-1: no truth for this row)
    for softmax and binary tasks, (n, K) booleans for sigmoid, None without truth. `known`: (n, K) booleans, where some
    truths of a sigmoid task are unknown. `start` is the number of rows before this block.
    """

    start: int
    scores: NDArray[Any] | None = None
    predicted: NDArray[np.int32] | None = None
    truth: NDArray[Any] | None = None
    known: NDArray[np.bool_] | None = None

    @property
    def n(self) -> int:
        """Rows of the block."""
        rows = self.scores if self.scores is not None else self.predicted
        return 0 if rows is None else len(rows)


@dataclass(frozen=True)
class Setting:
    """What is fixed before the first row: the classes, what the scores are, the cut, and the priors where known.

    `threshold` is on the scale of the scores. `priors`: prevalence per class of the training data (or of the truth),
    None when unknown. For the task binary there are two classes and one column of scores, for the class at index 1.
    """

    classes: tuple[str, ...]
    score_kind: str
    task: str
    threshold: float
    priors: tuple[float, ...] | None = None
    prior_source: str = ""
    has_truth: bool = False
    declared: bool = False
    capacity: int | None = None


@dataclass(frozen=True)
class ScoreSample:
    """Rows kept for trying corrections: all of them when they are few, else a sample that no chunking changes.

    `scores` (m, K) float64 (K = 1 for binary), `truth` as in ScoreBlock or None, `known` likewise, `rows` (m,) row
    numbers in the dump, ascending.
    """

    rows: NDArray[np.int64]
    scores: NDArray[np.float64]
    truth: NDArray[Any] | None
    known: NDArray[np.bool_] | None
    whole: bool
