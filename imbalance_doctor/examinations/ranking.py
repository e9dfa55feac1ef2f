"""Exact ranking of every row, for `--exact`: the dump is read again, some classes at a time, in bounded memory."""

from dataclasses import replace

import numpy as np

from ..predictions.blocks import ScoreBlock
from ..predictions.ranking import Evidence, Ranking, evidence
from ..predictions.tally import PredictionTally
from .dumps import Prepared

MAX_CELLS = 16_000_000
"""Scores held at once: 128 MB."""


def exactly(prepared: Prepared, tally: PredictionTally) -> tuple[Ranking, ...] | None:
    """The ranking of every column of scores over all rows; None where the sample holds them all, or nothing to rank."""
    setting = prepared.setting
    if not setting.has_truth or tally.sample is None or tally.sample.whole:
        return None
    width = 1 if setting.task == "binary" else len(setting.classes)
    step = max(1, MAX_CELLS // tally.n_samples)
    rankings: list[Ranking] = []
    for first in range(0, width, step):
        rankings += _held(prepared, tally.n_samples, slice(first, min(width, first + step))).rankings()
    return tuple(rankings)


def _held(prepared: Prepared, n_rows: int, columns: slice) -> Evidence:
    """The rows that can be judged, restricted to some columns."""
    width = columns.stop - columns.start
    scores = np.empty((n_rows, width), order="F")
    positives, known = (np.empty((n_rows, width), dtype=bool, order="F") for _ in range(2))
    n = 0
    for block in prepared.rows():
        if prepared.setting.task == "sigmoid":
            rows = evidence(_restricted(block, columns), prepared.setting)
            part = slice(0, width)
        else:
            rows, part = evidence(block, prepared.setting), columns
        here = slice(n, n + len(rows.scores))
        scores[here] = rows.scores[:, part]
        positives[here] = rows.positives[:, part]
        known[here] = True if rows.known is None else rows.known[:, part]
        n += len(rows.scores)
    some = known[:n]
    return Evidence(scores[:n], positives[:n], None if some.all() else some)


def _restricted(block: ScoreBlock, columns: slice) -> ScoreBlock:
    """Some columns of a block; a row with a bad score in any column is bad in these."""
    assert block.scores is not None
    with np.errstate(invalid="ignore"):  # widening a signalling NaN
        scores = block.scores[:, columns].astype(np.float64)
    scores[~np.isfinite(block.scores).all(axis=1)] = np.nan
    known = None if block.known is None else block.known[:, columns]
    return replace(block, scores=scores, truth=None if block.truth is None else block.truth[:, columns], known=known)
