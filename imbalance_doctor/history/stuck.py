"""Whether one series is frozen: it never left the place where it began, or it fell back and stays there.

- Printed the same to the end, at least three times, over the whole run but for its first value or its first fifth, in
  digits fine enough to show a change: half a unit of the last one is at most a thousandth of the value (of ten values,
  a fiftieth). Nothing was learnt in the values before: the loss did not fall by a fifth beside a better metric.
- Or noise around a constant from the start, at least eight values (`movement.is_flat`), where the constant is a floor,
  the loss of a model that learnt nothing. Trend and range are judged against the noise, the level against the floor. A
  run that starts on a floor and learns leaves it by far more than its noise; one that rests at any other level may have
  been good from the start.
- Or it learnt, fell back to a clearly worse value, and stays there: it collapsed.

A run that has converged stands still too, at an accuracy of 1, at a loss near 0, or at its best value: not frozen.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ..model import HistoryProfile, Series
from .constants import CLASSES_WITHOUT_COUNTS, UNIFORM
from .faults import fault
from .movement import NOISY, Rest, rest
from .pairs import finite, partner, share, unrounded, writes_all_digits
from .standing import nearest

SHARP, ROUGH = 0.001, 0.02
MANY = 10
CLOSE, MOST_CLASSES = 0.002, 5
"""How near to a floor a loss has to rest where no metric confirms it, and the largest K of the ln K that count then."""
LEARNT_LOSS, LEARNT_ALONE = 0.2, 0.5
"""The share of its first value by which a loss falls that learns: beside a better metric, and without a metric."""
LEARNT_METRIC = 0.02
WORSE_LOSS, WORSE_METRIC, LOST = 0.2, 0.3, 0.1
"""How much worse than at its best a series is that fell back; a metric that stands on nothing had to have LOST."""
CONVERGED_METRIC, CONVERGED_LOSS, GOOD = 0.9995, 1e-3, 0.98
LEFT = {"f1": 0.0, "precision": 0.0, "recall": 0.0, "dice": 0.0, "auc": 0.5}
"""What a metric prints when nothing is answered, or when the ranking is chance."""


@dataclass(frozen=True)
class Stuck:
    """A frozen series. `collapsed`: it had been better. `sharp`: its digits show changes of a thousandth."""

    rest: Rest
    collapsed: bool
    sharp: bool = True

    @property
    def series(self) -> Series:
        """The series that is frozen."""
        return self.rest.series

    @property
    def on_nothing(self) -> bool:
        """Whether a metric stands on what it prints when nothing is answered."""
        return self.rest.level == LEFT.get(self.series.role)


def stuck(series: Series, group: Sequence[Series], history: HistoryProfile) -> Stuck | None:
    """How a series is frozen, None when it is not. `group`: all losses and metrics of its run."""
    still = rest(series)
    if still is None or converged(still, group):
        return None
    floored = on_floor(still, group, history)
    width = resolution(still, group)
    if still.identical and width <= (ROUGH if len(still.points) >= MANY else SHARP):
        if still.whole and (floored or not learnt(still, group)):
            return Stuck(still, False, width <= SHARP)
        return Stuck(still, True, width <= SHARP) if fell_back(still, group) else None
    if not floored or len(still.points) < NOISY:
        return None
    return Stuck(still, False) if still.whole else Stuck(still, True) if fell_back(still, group) else None


def resolution(still: Rest, group: Sequence[Series]) -> float:
    """The smallest change the printed digits would have shown: relative for a loss, absolute for a metric."""
    last = unrounded(still.points[-1]) if writes_all_digits(group) else still.points[-1]
    scale = abs(still.level) if still.series.role == "loss" else max(1.0, abs(still.level))
    return last.half_width / scale if scale else math.inf


def converged(still: Rest, group: Sequence[Series]) -> bool:
    """Whether a series stands where nothing is left to learn."""
    if still.series.role != "loss":
        return share(still.series)[-1].value >= CONVERGED_METRIC
    metric = partner(still.series, group)
    score = share(metric)[-1].value if metric is not None else 1.0
    return (score >= CONVERGED_METRIC and metric is not None) or (abs(still.level) < CONVERGED_LOSS and score >= GOOD)


def on_floor(still: Rest, group: Sequence[Series], history: HistoryProfile) -> bool:
    """Whether a loss rests on a floor: by its fingerprint, or by the number alone where no metric is in the log.

    The number alone has to be met closely, and one of the lower ln K: a healthy loss may rest anywhere.
    """
    series = still.series
    if series.role != "loss":
        return False
    if partner(series, group) is not None:
        hits = [f for f in history.fingerprints if (f.run, f.split) == (series.run, series.split)]
        values = {point.value for point in still.points}
        return any(fault(f.name).kind == "floor" and f.loss is not None and f.loss.value in values for f in hits)
    name, value = floor_at(still.level, history) or ("", math.inf)
    high = {f"{UNIFORM}-{k}" for k in CLASSES_WITHOUT_COUNTS if k > MOST_CLASSES}
    return name not in high and abs(still.level - value) <= CLOSE * min(value, abs(still.level))


def floor_at(level: float, history: HistoryProfile) -> tuple[str, float] | None:
    """The floor, of those that were tried, within 0.6 % of a level: its name and its value."""
    return nearest(level, [(name, value) for name, value in history.tried.items() if fault(name).kind == "floor"])


def learnt(still: Rest, group: Sequence[Series]) -> bool:
    """Whether something was learnt before the stretch."""
    if not still.before:
        return False
    if still.series.role != "loss":
        return gain(still.series) >= LEARNT_METRIC
    first = finite(still.series)[0].value
    fell = (first - still.level) / abs(first) if first else 0.0
    metric = partner(still.series, group)
    if metric is None:
        return fell >= LEARNT_ALONE
    return fell >= LEARNT_LOSS and gain(metric) >= LEARNT_METRIC


def gain(metric: Series) -> float:
    """What a metric gained from its first value to its last, as a share of 1."""
    points = share(metric)
    return points[-1].value - points[0].value if points else 0.0


def fell_back(still: Rest, group: Sequence[Series]) -> bool:
    """Whether a series had been clearly better before the stretch, and its metric with it."""
    points = finite(still.series)[: still.before]
    if not points:
        return False
    if still.series.role != "loss":
        scale = 100.0 if (still.series.max or 0.0) > 1.5 else 1.0
        lost = (max(p.value for p in points) - still.level) / scale
        nothing = still.level == LEFT.get(still.series.role)
        return lost >= (LOST if nothing else WORSE_METRIC) and len(still.points) >= (3 if nothing else 5)
    best = min(p.value for p in points)
    if still.level - best < max(WORSE_LOSS * abs(best), 0.05):
        return False
    metric = partner(still.series, group)
    return metric is None or max(p.value for p in share(metric)) - share(metric)[-1].value >= 0.05
