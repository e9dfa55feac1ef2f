"""Which loss belongs to which metric: the same run, the same split, the same record.

A loss and a metric belong together when their names agree once the words for the role and the split are taken off
(`eval_g0_loss` and `eval_g0_accuracy`), or when the run has only one of each. Logs that write every scalar on its own
have no common records; there the step joins them.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..model import Point, Series, Split

SCORES = ("accuracy", "f1", "auc", "precision", "recall", "dice")
"""The roles that say how good the answers are, larger being better."""

EXACT_DIGITS = 7
"""With this many digits after the point a log writes whatever the number has, so that 0.5 is one half and not 0.50."""

SHORT = 4
"""Fewer digits than this cannot tell the constants apart when they are rounded."""
HUGE = 1e100

_WORDS = re.compile(
    r"train(ing)?|valid(ation)?|val|eval(uation)?|test(ing)?|dev|loss|logloss|crossentropy|cross|entropy|"
    r"acc(uracy)?|error|merror|bce|ce|nll|binary|sparse|categorical|multi|mean|avg|total"
)
_ERROR = re.compile(r"(^|[^a-z])m?err(or)?($|[^a-z])")
_TOP_K = re.compile(r"(top|acc)[^a-z0-9]*([2-9]|1\d)|top_?k")


@dataclass(frozen=True)
class Together:
    """One record's values: the loss, the metric as printed, and the metric as a share of 1 (accuracy, never error)."""

    loss: Point
    metric: Point
    share: Point


@dataclass(frozen=True)
class Pair:
    """A loss and the metric beside it, record by record."""

    loss: Series
    metric: Series
    rows: tuple[Together, ...]

    @property
    def run(self) -> str:
        """The run of both."""
        return self.loss.run

    @property
    def split(self) -> Split:
        """The split of both."""
        return self.loss.split


def finite(series: Series) -> tuple[Point, ...]:
    """The points that are numbers, with as many digits as the column is known to be written with.

    Numbers beyond HUGE are held at HUGE, so that their squares are numbers too.
    """
    digits = written(series)
    points = series.points if series.not_finite is None else [p for p in series.points if math.isfinite(p.value)]
    if max(series.max or 0.0, -(series.min or 0.0)) > HUGE:
        points = [replace(point, value=min(max(point.value, -HUGE), HUGE)) for point in points]
    if all(point.decimals == digits for point in points):
        return tuple(points)
    return tuple(replace(point, decimals=digits) for point in points)


def written(series: Series) -> int | None:
    """Digits after the point of the column: the most that any value shows, for a 0 at the end is often not written."""
    digits = {point.decimals for point in series.points}
    return max((n for n in digits if n is not None), default=None) if None not in digits else None


def writes_all_digits(series: Iterable[Series]) -> bool:
    """Whether a log writes numbers as they are, not rounded to a fixed width."""
    return max((written(one) or 0 for one in series), default=0) >= EXACT_DIGITS


def is_accuracy(series: Series) -> bool:
    """Whether a series is an accuracy of the first answer, or its complement, the error rate."""
    name = series.name.lower()
    if series.role == "accuracy":
        return not _TOP_K.search(name)
    return series.role == "other" and bool(_ERROR.search(name))


def share(series: Series) -> tuple[Point, ...]:
    """The points as shares of 1: per cent divided by 100, error rates turned into accuracies."""
    points = finite(series)
    if (series.max or 0.0) > 1.5:
        points = tuple(
            replace(p, value=p.value / 100, decimals=None if p.decimals is None else p.decimals + 2) for p in points
        )
    if series.role == "other":
        points = tuple(replace(p, value=1 - p.value) for p in points)
    return points


def pairs(series: Iterable[Series]) -> list[Pair]:
    """Every loss with the accuracy that belongs to it; losses without one are left out."""
    found = []
    for group in by_split(series).values():
        losses = [s for s in group if s.role == "loss"]
        accuracies = [s for s in group if is_accuracy(s)]
        exact = writes_all_digits(group)
        for loss in losses:
            partners = [metric for metric in accuracies if stem(metric) == stem(loss)]
            if not partners and len(losses) == len(accuracies) == 1:
                partners = accuracies
            for metric in partners[:1]:
                rows = joined(loss, metric, exact)
                found += [Pair(loss, metric, rows)] if rows else []
    return found


def by_split(series: Iterable[Series]) -> dict[tuple[str, Split], list[Series]]:
    """The series by run and split, in the order of the log."""
    groups: dict[tuple[str, Split], list[Series]] = defaultdict(list)
    for one in series:
        groups[one.run, one.split].append(one)
    return groups


def stem(series: Series) -> str:
    """What is left of a name without the words for role and split: "g0" of `eval_g0_loss`."""
    parts = re.split(r"[^a-z0-9]+", series.name.lower())
    return "_".join(part for part in parts if part and not _WORDS.fullmatch(part))


def joined(loss: Series, metric: Series, exact: bool) -> tuple[Together, ...]:
    """The records, or else the steps, that hold both. `exact`: the log writes every digit there is."""
    shares = {point.record: point for point in share(metric)}
    printed = {point.record: point for point in metric.points}
    losses = finite(loss)
    both = [(point, shares[point.record]) for point in losses if point.record in shares]
    if not both:
        steps = {point.step: point for point in shares.values() if point.step is not None}
        both = [(point, steps[point.step]) for point in losses if point.step in steps]
    if exact:
        both = [(unrounded(a), unrounded(b)) for a, b in both]
    return tuple(Together(a, printed[b.record], b) for a, b in both)


def unrounded(point: Point) -> Point:
    """A point of a log that writes all digits: few of them are then the whole number, and not a rounded one."""
    short = point.decimals is not None and point.decimals < SHORT
    return replace(point, decimals=None) if short else point


def partner(series: Series, others: Sequence[Series], roles: Sequence[str] = SCORES) -> Series | None:
    """The metric that belongs to a loss, of any of the roles, accuracy first; None when there is none with numbers."""
    near = [s for s in others if s.run == series.run and s.split == series.split and s.role in roles]
    near = [s for s in near if s.min is not None]
    same = [s for s in near if stem(s) == stem(series)] or near
    return min(same, key=lambda s: roles.index(s.role), default=None)
