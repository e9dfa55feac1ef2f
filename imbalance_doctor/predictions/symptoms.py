"""What the answers look like, whatever the cause: all zero, all one, a single class, or classes that are missing.

Rows that are lost (NaN, ties) are counted as if they had held the answers that are missing, so that they never make a
dump look worse than it is.
"""

import math

from ..model import PredictionProfile, ScoreRow
from .expected import FEW_SEEN, NONE_SEEN, Due, answered, due, enough, lost, positive, quiet, top
from .skill import TWO_ERRORS

NEARLY_ALL = 0.95
"""Share of the rows that must be all zero (or all one) where every class stands for itself: else it is partial."""
MANY_ROWS = 100
"""Rows without one answer after which even a model that expects none is suspect: 3 / 100 bounds what it missed."""
PARTIAL_SHARE = 0.05
"""Classes that exist and are never predicted, among those with enough rows: one of 20 is no accident, one of 1,000 is
the tail."""


def symptom(p: PredictionProfile) -> str | None:
    """all_zero, all_one, single_class, or None."""
    return _symptom(p, lost(p))


def hidden_by_lost_rows(p: PredictionProfile) -> bool:
    """Whether all answers are alike, and the missing ones may be among the rows that are lost."""
    return lost(p) > 0 and symptom(p) is None and _symptom(p, 0) is not None


def _symptom(p: PredictionProfile, away: int) -> str | None:
    n, expected = answered(p), due(p)
    yes = positive(p)
    if yes is not None:
        of_yes, of_no = expected.counts[yes.index], expected.counts[1 - yes.index]
        if _missing(p, yes.predicted + away, of_yes, rare=True):
            return "all_zero"
        return "all_one" if _missing(p, n - yes.predicted + away, of_no, rare=True) else None
    total = _total(expected)
    if p.task == "sigmoid":
        return _of_cells(p, away, total)
    most = top(p)
    own = expected.counts[most.index]
    rest = None if total is None or own is None else total - own
    return "single_class" if _missing(p, n - most.predicted + away, rest, rare=len(p.classes) == 2) else None


def _of_cells(p: PredictionProfile, away: int, total: float | None) -> str | None:
    """all_zero or all_one where every class stands for itself; a lost row holds as many answers as are due to a row."""
    n, k = answered(p), len(p.classes)
    positives = sum(row.predicted for row in p.classes)
    a_row = 1.0 if total is None or not n else max(1.0, total / n)
    if p.all_zero_rows >= NEARLY_ALL * n and _missing(p, positives + away * a_row, total, rare=k == 1):
        return "all_zero"
    negatives = None if total is None else n * k - total
    seen = n * k - positives + away * k
    return "all_one" if p.all_one_rows >= NEARLY_ALL * n and _missing(p, seen, negatives, rare=k == 1) else None


def _missing(p: PredictionProfile, seen: float, expected: float | None, *, rare: bool) -> bool:
    """Whether answers are missing. Where nothing but the scores says how many are due, a model may be sure of none:
    that is believed of one rare class (`rare`), and of several for the first hundred rows."""
    if expected is None:
        return seen == 0
    n, source = answered(p), due(p).source
    if quiet(seen, expected):
        return enough(p, expected, source)
    return source == "scores" and not rare and seen == 0 and n >= MANY_ROWS


def _total(expected: Due) -> float | None:
    known = [count for count in expected.counts if count is not None]
    return math.fsum(known) if known else None


def too_few_positives(p: PredictionProfile) -> bool:
    """Whether no row got the answer that a few rows of the truth ask for, and the ranking does not speak for it."""
    expected = due(p)
    if expected.source != "truth":
        return False
    most = top(p)
    if p.task == "sigmoid":
        unseen = sum(row.predicted for row in p.classes) == 0
        missed = _total(expected) or 0.0
    else:
        unseen = most.predicted == answered(p)
        missed = answered(p) - (expected.counts[most.index] or 0.0)
    speaks = any((row.auroc_z or 0.0) >= TWO_ERRORS for row in (p.truth.classes if p.truth else ()))
    return unseen and 0.5 <= missed < NONE_SEEN and not speaks


def missing_classes(p: PredictionProfile) -> tuple[ScoreRow, ...]:
    """Classes that were never predicted, though enough rows were due to them, and more than are lost."""
    expected = due(p)
    return tuple(
        row
        for row in p.classes
        if row.predicted == 0
        and enough(p, expected.counts[row.index], expected.source)
        and lost(p) <= FEW_SEEN * (expected.counts[row.index] or 0.0)
    )


def many_missing(p: PredictionProfile) -> bool:
    """At least a twentieth of the classes that are due at all."""
    missing, expected = missing_classes(p), due(p)
    asked = sum(enough(p, count, expected.source) for count in expected.counts)
    return bool(missing) and len(missing) >= PARTIAL_SHARE * asked
