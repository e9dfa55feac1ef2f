"""What the scores are: probabilities, logits or hard answers; competing or each for itself. Inferred from the head."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError, UsageError
from ..model import PredictionTask, ScoreKind

UNIT_TOLERANCE = 1e-4
"""How far a probability may lie outside [0, 1]: some stored ones reach 1.00001."""
SUM_TOLERANCE = 0.02
"""How far the sum of a row of a softmax may be off 1: half precision and printed decimals are that coarse."""
SUM_SHARE = 0.95
"""Share of the rows of the head whose sum must be 1 for a softmax."""
LARGE_POSITIVE = 100.0
"""Scores that are never negative and reach this are hardly logits."""
KINDS = ("probabilities", "logits", "labels")
TASKS = ("softmax", "sigmoid", "binary")
CUTS = {"probabilities": 0.5, "logits": 0.0, "labels": 0.5}
"""The usual threshold on the scale of the scores."""


@dataclass(frozen=True)
class Nature:
    """What was decided about the scores, and why."""

    kind: ScoreKind
    task: PredictionTask
    threshold: float
    reason: str


def judge(head: NDArray[Any], truth: str | None, kind: str | None, task: str | None, threshold: float | None) -> Nature:
    """Decide from the first rows (n, K) of scores.

    `truth`: "single" or "multiple" labels a row, None when unknown. `kind`, `task` and `threshold` are the user's.
    Raises InputError for scores that can be read in two ways, UsageError for an impossible wish.
    """
    _check("--kind", kind, KINDS)
    _check("--task", task, TASKS)
    with np.errstate(invalid="ignore"):  # widening a signalling NaN
        rows = np.asarray(head, dtype=np.float64)
    rows = rows[np.isfinite(rows).all(axis=1)]
    found, why = (kind, "as asked") if kind else _kind(rows, head.dtype.kind in "iub")
    chosen, because = (task, "as asked") if task else _task(rows, found, truth)
    width = head.shape[1]
    if (chosen == "binary") != (width == 1):
        raise UsageError(
            f"--task {chosen} does not fit {width} column{'s' if width > 1 else ''} of scores",
            "binary is one column of scores, softmax and sigmoid are one column per class",
        )
    cut = CUTS[found] if threshold is None else threshold
    return Nature(found, chosen, cut, f"{found}: {why}; {chosen}: {because}")  # type: ignore[arg-type]


def _check(flag: str, value: str | None, allowed: tuple[str, ...]) -> None:
    if value is not None and value not in allowed:
        raise UsageError(f"there is no {flag[2:]} named {value!r}", f"known: {', '.join(allowed)}")


def _kind(rows: NDArray[np.float64], integers: bool) -> tuple[str, str]:
    if not rows.size:
        return "probabilities", "no row of the head is free of NaN and infinity"
    low, high = float(rows.min()), float(rows.max())
    span = f"{low:.4g} to {high:.4g}"
    if integers:
        if low >= 0 and high <= 1:
            return "labels", "whole numbers 0 and 1"
        raise InputError(
            f"the matrix holds whole numbers, {span}: class ids of several answers a row, counts or votes, not scores",
            "say --kind logits if the largest number of a row wins",
        )
    if low >= -UNIT_TOLERANCE and high <= 1 + UNIT_TOLERANCE:
        return "probabilities", f"the first {len(rows):,} rows hold {span}"
    if low >= -UNIT_TOLERANCE and rows.shape[1] > 1 and _sums_to(rows, 100.0):
        raise InputError(
            f"the scores hold {span} and their rows sum to 100: percentages",
            "divide them by 100, or say --kind logits to read them as they are",
        )
    if low >= 0 and high > LARGE_POSITIVE:
        raise InputError(
            f"the scores hold {span}: never negative, too large for probabilities and unusual for logits",
            "say --kind logits if they are scores, or name the columns of scores with --scores",
        )
    if high <= 0 and rows.shape[1] > 1 and _sums_to(np.exp(rows), 1.0):
        return "logits", f"log-probabilities, {span}, whose exponentials sum to 1"
    return "logits", f"the first {len(rows):,} rows hold {span}"


def _sums_to(rows: NDArray[np.float64], total: float) -> bool:
    off = np.abs(rows.sum(axis=1) / total - 1)
    return bool(len(rows)) and float(np.mean(off <= SUM_TOLERANCE)) >= SUM_SHARE


def _task(rows: NDArray[np.float64], kind: str, truth: str | None) -> tuple[str, str]:
    width = rows.shape[1]
    if width == 1:
        return "binary", "one column"
    if truth == "multiple":
        return "sigmoid", "the truth has several labels a row"
    if truth == "single":
        return "softmax", "the truth has one label a row, so the largest score of a row is its answer"
    if kind != "logits":
        if _sums_to(rows, 1.0):
            return "softmax", "rows sum to 1"
        if not len(rows):
            return "softmax", "nothing says otherwise"
        sums = rows.sum(axis=1)
        return "sigmoid", f"rows sum to {sums.min():.4g} up to {sums.max():.4g}, not to 1"
    return "softmax", "several logits a row, unless --task sigmoid says that each class is for itself"
