"""How a series moves: its level, its noise, its trend, and whether it stands still.

The noise is taken from successive differences, sigma² = mean (x[i+1] - x[i])² / 2 (von Neumann 1941), which a trend
hardly touches.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median

from ..model import Point, Series
from .pairs import finite

NOISY = 8
"""Fewest values of which "noise around a constant" can be said."""
SPREAD = 0.02
"""Largest standard deviation of a standstill, as a share of its level."""
DRIFT = 0.01
"""Largest change from the first to the last third of a standstill, as a share of its level."""
SLIGHT = 0.0025
"""A change this small is a standstill even where the noise is smaller still."""
SETTLED = 0.006
"""Range of the last three values of a short log that has come to rest, as a share of the level."""


@dataclass(frozen=True)
class Rest:
    """A stretch up to the end in which a series stands still: printed the same each time, or noise around `level`."""

    series: Series
    points: tuple[Point, ...]
    identical: bool
    before: int
    """Values of the series before the stretch."""

    @property
    def since(self) -> Point:
        """Where the stretch begins."""
        return self.points[0]

    @property
    def level(self) -> float:
        """Its mean."""
        return fmean([point.value for point in self.points])

    @property
    def whole(self) -> bool:
        """Whether it is the run but for at most its first value, or its first fifth."""
        return self.before <= max(1, (self.before + len(self.points)) // 5)


def noise(values: Sequence[float]) -> float:
    """Standard deviation of the noise in a series of at least two values."""
    return math.sqrt(fmean([(b - a) ** 2 for a, b in pairwise(values)]) / 2)


def thirds(values: Sequence[float]) -> tuple[float, float]:
    """The means of the first and of the last third."""
    m = max(1, len(values) // 3)
    return fmean(values[:m]), fmean(values[-m:])


def ends(points: Sequence[Point]) -> tuple[float, float]:
    """Where a series starts and ends: the medians of its first and of its last tenth."""
    m = max(1, len(points) // 10)
    return median(p.value for p in points[:m]), median(p.value for p in points[-m:])


def trend(values: Sequence[float]) -> float:
    """The change from the first to the last third, in standard errors of the noise. 0.0 where nothing changes."""
    start, end = thirds(values)
    error = noise(values) * math.sqrt(2 / max(1, len(values) // 3))
    if error == 0:
        return 0.0 if start == end else math.copysign(math.inf, end - start)
    return (end - start) / error


def is_flat(values: Sequence[float], half_width: float = 0.0) -> bool:
    """Whether values are noise around a constant.

    At least NOISY values; standard deviation at most SPREAD of the level; change between the first and the last third
    at most DRIFT of the level, and either within three standard errors of the noise (or the rounding), or SLIGHT.
    """
    if len(values) < NOISY:
        return False
    mean, (start, end) = fmean(values), thirds(values)
    level = abs(mean)
    if abs(end - start) > max(DRIFT * level, half_width):
        return False
    if math.sqrt(fmean([(v - mean) ** 2 for v in values])) > max(SPREAD * level, half_width):
        return False
    return abs(trend(values)) <= 3 or abs(end - start) <= max(SLIGHT * level, half_width)


def identical_rest(series: Series) -> Rest | None:
    """The stretch of at least three values that are printed the same to the end."""
    if series.frozen_from is None:
        return None
    points = finite(series)
    same = tuple(point for point in points if point.record >= series.frozen_from)
    return Rest(series, same, True, len(points) - len(same)) if same else None


def rest(series: Series) -> Rest | None:
    """The stretch to the end in which a series stands still, None when it moves.

    Printed the same; else noise around a constant over the whole run but its first tenth; else over its last half; in
    a log of 3 to 7 values, the last three within SETTLED.
    """
    same = identical_rest(series)
    if same is not None and same.whole:
        return same
    points = finite(series)
    n = len(points)
    for before in sorted({0, max(1, n // 10), n - max(NOISY, n // 2)}):
        tail = points[before:] if before >= 0 else ()
        if is_flat([p.value for p in tail], tail[0].half_width if tail else 0.0):
            return Rest(series, tail, False, before)
    if same is not None:
        return same
    tail = points[-3:]
    if 3 <= n < NOISY and _range(tail) <= SETTLED * abs(fmean(p.value for p in tail)):
        return Rest(series, tail, False, n - 3)
    return None


def _range(points: Sequence[Point]) -> float:
    return max(p.value for p in points) - min(p.value for p in points)
