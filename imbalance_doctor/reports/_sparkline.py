"""The course of a metric in one line of block characters.

Each line has a scale of its own, so that a small change is seen; but never a scale finer than a twenty-fifth of the
level, so that noise around a constant is drawn as the flat line it is.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean

BLOCKS = "▁▂▃▄▅▆▇█"
ASCII_BLOCKS = "_.-:=+*#"
NOT_FINITE = "×"
FINEST = 0.04
"""The least span that fills the height, as a share of the level."""
DECADES = 100.0
"""From this ratio of the largest to the smallest value on the scale is logarithmic."""


def sparkline(values: Sequence[float], width: int, *, ascii_only: bool = False) -> str:
    """At most `width` characters, one for each value or for the mean of a stretch of them; `×` for NaN and infinity.

    >>> sparkline([0.7, 0.5, 0.35, 0.25, 0.2], 8), sparkline([0.5] * 3, 8), sparkline([1.0, float("nan")], 8)
    ('█▅▃▁▁', '▄▄▄', '▄×')
    """
    known = [x for x in values if math.isfinite(x)]
    blocks = ASCII_BLOCKS if ascii_only else BLOCKS
    if not known:
        return NOT_FINITE * min(len(values), width)
    if 0 < min(known) <= max(known) / DECADES:
        values = [math.log(x) if math.isfinite(x) else x for x in values]
        low, high = math.log(min(known)), math.log(max(known))
    else:
        peak = max(map(abs, known)) or 1.0  # to numbers around 1, of which no sum overflows
        values = [x / peak for x in values]
        low, high = _ends(min(known) / peak, max(known) / peak)
    return "".join(_block(x, low, high, blocks) for x in _stretches(values, width))


def _ends(low: float, high: float) -> tuple[float, float]:
    """The scale: from the smallest to the largest value, widened around their middle where that is too fine."""
    middle = (low + high) / 2
    half = max((high - low) / 2, FINEST / 2 * abs(middle))
    return middle - half, middle + half


def _stretches(values: Sequence[float], width: int) -> list[float]:
    """As many values as there is room for: the means of equal stretches, NaN where one holds no number."""
    n = len(values)
    if n <= width:
        return list(values)
    cuts = [i * n // width for i in range(width + 1)]
    parts = [[x for x in values[a:b] if math.isfinite(x)] for a, b in pairwise(cuts)]
    return [fmean(part) if part else math.nan for part in parts]


def _block(x: float, low: float, high: float, blocks: str) -> str:
    if not math.isfinite(x):
        return NOT_FINITE
    if high <= low:
        return blocks[len(blocks) // 2 - 1]
    # halves round down: a constant lies in the middle of its scale, in the lower of the two middle blocks
    place = math.ceil((x - low) / (high - low) * len(blocks) - 1e-9) - 1
    return blocks[min(max(place, 0), len(blocks) - 1)]
