"""The long tail as a small picture: one bar per rank, the most frequent class first, on a logarithmic scale.

The scale is ln(1 + n), so that a class without samples has no bar and equal counts draw a flat block.
"""

import math
from collections.abc import Sequence

from ._numbers import count
from ._page import INDENT, Line, Page

HEIGHT = 4
WIDEST = 72
FEWEST = 8
"""Classes below which the table says it all."""
BLOCKS = " ▁▂▃▄▅▆▇█"
ASCII_BLOCKS = " .:#"


def picture(counts: Sequence[int], page: Page) -> list[Line]:
    """Counts of the classes as lines; none for fewer than FEWEST classes or without samples."""
    ranked = sorted(counts, reverse=True)
    if len(ranked) < FEWEST or not ranked[0]:
        return []
    top = math.log1p(ranked[0])
    ticks = [count(round(math.expm1(top * level / HEIGHT))) for level in range(HEIGHT, 0, -1)]
    margin = len(ticks[0])
    room = min(page.width - INDENT - margin - 2, WIDEST)
    bars = [math.log1p(n) / top * HEIGHT for n in _sampled(ranked, room)]
    blocks = ASCII_BLOCKS if page.ascii_only else BLOCKS
    axis = " |" if page.ascii_only else " ┤"
    lines: list[Line] = []
    for level, tick in zip(range(HEIGHT - 1, -1, -1), ticks, strict=True):
        row = "".join(_block(height - level, blocks) for height in bars)
        lines.append([(" " * INDENT + tick.rjust(margin) + axis, "dim"), (row, "cyan")])
    return [*lines, _ruler(len(ranked), len(bars), INDENT + margin + 2)]


def _sampled(ranked: Sequence[int], room: int) -> list[int]:
    """As many counts as there is room for: ranks at equal steps from first to last, or each a few columns wide."""
    k = len(ranked)
    if k > room:
        return [ranked[round(i * (k - 1) / (room - 1))] for i in range(room)]
    wide = min(room // k, 4)
    return [n for n in ranked for _ in range(wide)]


def _block(height: float, blocks: str) -> str:
    """The character for the part of a bar that lies in one row. A bar never vanishes by rounding."""
    steps = len(blocks) - 1
    return blocks[min(max(math.ceil(height * steps - 1e-9), 0), steps)]


def _ruler(k: int, width: int, margin: int) -> Line:
    first, last = "rank 1", count(k)
    gap = width - len(first) - len(last)
    text = first + " " * gap + last if gap >= 2 else f"ranks 1 to {last}"
    return [(" " * margin + text, "dim")]
