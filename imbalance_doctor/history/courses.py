"""How a run went: where its numbers ended, whether its loss diverged, stood still at first, or turned in validation."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ..model import HistoryProfile, Point, Series
from .movement import ends, thirds
from .pairs import SCORES, finite, partner, share
from .stuck import gain

UP, OFF_BEST = 1.5, 3.0
"""A training loss has diverged when it ends this many times above its start, and above its best."""
EXPLODED = 10.0
"""A loss without a training loss beside it has diverged when it ends this many times above its start."""
GAP, FEWEST = 0.1, 5
"""The validation loss has turned when it ends this share above its best, in a log of at least FEWEST values."""
LEVEL, LONG, LEFT_IT = 0.02, 5, 0.03
"""A metric stood still at first: within LEVEL for LONG values from its first or second, and it gained LEFT_IT later."""


@dataclass(frozen=True)
class Divergence:
    """A loss that grew: where it began, where it was best, and where it ended."""

    loss: Series
    first: Point
    best: Point
    last: Point


@dataclass(frozen=True)
class Gap:
    """The validation loss turned at `best`. `train_best` and `train_last`: the training loss there and at the end."""

    loss: Series
    best: Point
    last: Point
    train_best: Point | None
    train_last: Point | None


@dataclass(frozen=True)
class Start:
    """A metric that stood still from `first` to `last`, and then learnt."""

    metric: Series
    first: Point
    last: Point
    values: int


def not_finite(history: HistoryProfile) -> list[tuple[Series, bool]]:
    """The series with NaN or infinity, and whether they ended so."""
    ill = [s for s in history.series if s.not_finite is not None and s.role in ("loss", *SCORES)]
    return [(s, not math.isfinite(s.last)) for s in ill]


def divergences(history: HistoryProfile) -> list[Divergence]:
    """The losses that grew instead of falling, while the metric beside them did not get better.

    The training losses where there are any, else all; the median of the last three values stands for the end.
    """
    found = []
    for run in history.runs:
        losses = [s for s in history.series if s.run == run and s.role == "loss"]
        trained = [s for s in losses if s.split == "train"]
        for loss in trained or losses:
            points = finite(loss)
            best = min(points, key=lambda p: p.value, default=None)
            if best is None or len(points) < 3 or best.value <= 0:
                continue
            start, end = points[0].value, median(p.value for p in points[-3:])
            grew = end > UP * start and end > OFF_BEST * best.value if trained else end > EXPLODED * start
            metric = partner(loss, history.series)
            if grew and points[-1].value > UP * start and (metric is None or gain(metric) <= 0):
                found.append(Divergence(loss, points[0], best, points[-1]))
    return found


def gaps(history: HistoryProfile) -> list[Gap]:
    """The validation losses that turned and rose by a tenth or more, while the training went on or is not in the log.

    The end is the median of the last fifth, so that a noisy loss does not turn at its lowest value.
    """
    found = []
    for loss in history.series:
        points = finite(loss) if loss.role == "loss" and loss.split == "validation" else ()
        if len(points) < FEWEST:
            continue
        best, tail = min(points, key=lambda p: p.value), max(3, len(points) // 5)
        end = median(p.value for p in points[-tail:])
        if best.value <= 0 or end < (1 + GAP) * best.value or points.index(best) >= len(points) - tail:
            continue
        train = training_loss(loss, history.series)
        if train is not None and fell(train) <= 0:
            continue
        last = finite(train)[-1] if train is not None else None
        found.append(Gap(loss, best, points[-1], at(train, best), last))
    return found


def plateaus_at_start(history: HistoryProfile) -> list[Start]:
    """The metrics that stood still at first and then learnt."""
    found = []
    for metric in history.series:
        points = share(metric) if metric.role in ("accuracy", "f1") else ()
        stretch = max(standing(points), standing(points[1:]), key=len)
        if len(stretch) < LONG or len(stretch) == len(points):
            continue
        level, (early, late) = median(p.value for p in stretch), thirds([p.value for p in stretch])
        if ends(points)[1] - level >= LEFT_IT and abs(late - early) <= LEVEL / 2:
            found.append(Start(metric, stretch[0], stretch[-1], len(stretch)))
    return found


def standing(points: Sequence[Point]) -> Sequence[Point]:
    """The longest stretch from the first value on that stays within LEVEL."""
    low, high = math.inf, -math.inf
    for n, point in enumerate(points):
        low, high = min(low, point.value), max(high, point.value)
        if high - low > LEVEL:
            return points[:n]
    return points


def training_loss(loss: Series, series: Sequence[Series]) -> Series | None:
    """The training loss of the same run, the one whose name goes with the validation loss first."""
    near = [s for s in series if s.role == "loss" and s.split == "train" and s.run == loss.run and s.min is not None]
    same = [s for s in near if loss.name.endswith(s.name)]
    return next(iter(same or near), None)


def at(series: Series | None, point: Point) -> Point | None:
    """The value of a series at the record of another one, or the last one before it."""
    before = [p for p in finite(series) if p.record <= point.record] if series is not None else []
    return before[-1] if before else None


def fell(series: Series) -> float:
    """The share of its start by which a loss fell to its end."""
    start, end = ends(finite(series))
    return (start - end) / abs(start) if start else 0.0
