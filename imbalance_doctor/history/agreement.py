"""Whether loss and metric agree: a loss that falls should come with a metric that rises."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from ..model import HistoryProfile, Point, Series
from .movement import ends, thirds, trend
from .pairs import SCORES, Together, by_split, joined, stem
from .standing import stands

FEWEST, MANY = 5, 10
FALLS, FALLS_MUCH = 0.1, 0.3
"""The share of its start by which a loss falls, beside a metric that falls, and beside one that stands still."""
DROP = 0.05
STILL, FEWER_ERRORS = 0.01, 0.1
"""A metric stands still when it changes by less than STILL, and what it lacks to 1 by less than this share."""
SIGNIFICANT = 3.0
"""Standard errors of the noise."""
WEAK = 0.3
"""A rank correlation above minus this is none."""


@dataclass(frozen=True)
class LeftBehind:
    """A metric that fell, or stood still, while the loss of its split fell."""

    loss: Series
    metric: Series
    first: tuple[Point, Point]
    last: tuple[Point, Point]
    fell: bool


@dataclass(frozen=True)
class Unrelated:
    """A loss and a metric that both move, but not with each other: their rank correlation over `n` records."""

    loss: Series
    metric: Series
    correlation: float
    n: int
    first: Point
    last: Point


def left_behind(history: HistoryProfile) -> list[LeftBehind]:
    """The metrics that got no better, or worse, while the loss beside them clearly fell."""
    found = []
    for loss, metric, rows in together(history):
        losses, scores = [row.loss.value for row in rows], [row.share.value for row in rows]
        start, end = ends([row.loss for row in rows])
        fell = (start - end) / abs(start) if start else 0.0
        if len(rows) < FEWEST or fell < FALLS or trend(losses) > -SIGNIFICANT:
            continue
        drops = dropped(scores)
        if drops or (fell >= FALLS_MUCH and stood(scores, rows[-1].share.half_width)):
            first, last = (rows[0].loss, rows[0].metric), (rows[-1].loss, rows[-1].metric)
            found.append(LeftBehind(loss, metric, first, last, drops))
    return found


def unrelated(history: HistoryProfile) -> list[Unrelated]:
    """Losses that clearly fall, of the training where it has metrics, beside metrics that wander about."""
    known = {(one.loss.name, one.metric.name) for one in left_behind(history)}
    rows_of = [one for one in together(history) if len(one[2]) >= MANY]
    trained = [one for one in rows_of if one[0].split == "train"] or rows_of
    found = []
    for loss, metric, rows in trained:
        losses, scores = [row.loss.value for row in rows], [row.share.value for row in rows]
        if (loss.name, metric.name) in known or trend(losses) > -SIGNIFICANT or stands(scores):
            continue
        rho = rank_correlation(losses, scores)
        if rho > -WEAK:
            found.append(Unrelated(loss, metric, rho, len(rows), rows[0].loss, rows[-1].loss))
    return found


def together(history: HistoryProfile) -> Iterable[tuple[Series, Series, tuple[Together, ...]]]:
    """Every loss with every score of its run and split that goes with it by name, or by being the only loss there."""
    for group in by_split(history.series).values():
        losses = [series for series in group if series.role == "loss"]
        for loss in losses:
            scores = [series for series in group if series.role in SCORES]
            for metric in scores:
                if len(losses) == 1 or stem(metric) == stem(loss):
                    rows = joined(loss, metric, False)
                    if rows:
                        yield loss, metric, rows


def dropped(scores: Sequence[float]) -> bool:
    """Whether a metric fell by more than DROP and its noise, from its first to its last third, or ends on 0."""
    start, end = thirds(scores)
    ends_on_nothing = all(score == 0 for score in scores[-3:]) and max(scores) >= DROP
    return ends_on_nothing or (start - end >= DROP and trend(scores) < -SIGNIFICANT)


def stood(scores: Sequence[float], half_width: float) -> bool:
    """Whether a metric, not yet perfect, changed so little that hardly fewer errors are made."""
    start, end = thirds(scores)
    if max(scores) - min(scores) >= STILL or max(scores) > 1 - 1e-9:
        return False
    return abs(end - start) + 2 * half_width < FEWER_ERRORS * (1 - start)


def rank_correlation(a: Sequence[float], b: Sequence[float]) -> float:
    """Spearman's rank correlation, ties sharing their mean rank; 0.0 where one side is constant."""
    x, y = ranks(a), ranks(b)
    mx, my = fmean(x), fmean(y)
    xx, yy = sum((v - mx) ** 2 for v in x), sum((v - my) ** 2 for v in y)
    if not xx or not yy:
        return 0.0
    return float(sum((v - mx) * (w - my) for v, w in zip(x, y, strict=True)) / (xx * yy) ** 0.5)


def ranks(values: Sequence[float]) -> list[float]:
    """The rank of every value from 1, ties sharing their mean rank.

    >>> ranks([0.3, 0.1, 0.3])
    [2.5, 1.0, 2.5]
    """
    order = sorted(range(len(values)), key=values.__getitem__)
    found = [0.0] * len(values)
    at = 0
    while at < len(order):
        end = at
        while end + 1 < len(order) and values[order[end + 1]] == values[order[at]]:
            end += 1
        for i in order[at : end + 1]:
            found[i] = (at + end) / 2 + 1
        at = end + 1
    return found
