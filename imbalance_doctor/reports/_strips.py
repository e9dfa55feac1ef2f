"""Where the scores of each class lie, as one strip a class: all of them, the middle, the median, and the cut.

Probabilities are drawn on the scale of their logit, on which 0.01 is as far from 0.1 as 0.9 is from 0.99, cut off at
0.001 and 0.999. Logits are drawn as they are.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from ..model import PredictionProfile, ScoreRow
from ._numbers import counted
from ._page import INDENT, Page, columns
from ._scores import by_severity
from ._section import Picture, Remark, Section

WIDEST = 64
NAME_COLUMNS = 18
CLASSES_SHOWN = 12
TICKS = (0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999)
SIGNS = {"all": "─", "middle": "▒", "median": "█", "cut": "│"}
ASCII_SIGNS = {"all": "-", "middle": "=", "median": "#", "cut": "|"}


@dataclass(frozen=True)
class Axis:
    """Columns for scores: from `low` to `high` in equal steps, of the score's logit where `logit`."""

    low: float
    high: float
    logit: bool
    width: int

    def place(self, score: float) -> int:
        """The column of a score; the first or last for one beyond the ends."""
        low, x, high = (
            _logit(s) if self.logit else s for s in (self.low, min(max(score, self.low), self.high), self.high)
        )
        return round((x - low) / (high - low) * (self.width - 1))


def _logit(p: float) -> float:
    return math.log(p / (1 - p))


def section(p: PredictionProfile, page: Page, show_all: bool) -> Section | None:
    """The strips of the first classes of the class table, or of all; None without scores."""
    scored = [both.score for both in by_severity(p)[0] if both.score.min is not None]
    rows = scored if show_all else scored[:CLASSES_SHOWN]
    names = [page.name(row.name, NAME_COLUMNS) for row in rows]
    margin = max(map(columns, names), default=0) + 2
    axis = _axis(p, min(page.width - INDENT - margin, WIDEST))
    if not rows or axis is None:
        return None
    cut = None if p.task == "softmax" else p.threshold
    signs = ASCII_SIGNS if page.ascii_only else SIGNS
    lines = [
        [(" " * INDENT + name + " " * (margin - columns(name)), ""), (_strip(row, axis, cut, signs), "cyan")]
        for row, name in zip(rows, names, strict=True)
    ]
    ruler = [(" " * (INDENT + margin) + _ruler(axis, cut), "dim")]
    left_out = f"the first {counted(len(rows), 'class')} of the table above; --all draws every one"
    remarks = (Remark(left_out),) if len(rows) < len(scored) else ()
    return Section("Scores by class", _legend(rows[0], cut, signs), (Picture((*lines, ruler)), *remarks))


def _axis(p: PredictionProfile, width: int) -> Axis | None:
    """None where nothing could be told apart on it."""
    if p.score_kind == "probabilities" and not p.outside_share:
        return Axis(TICKS[0], TICKS[-1], True, width)
    if p.score_range is None:
        return None
    low, high = min(p.score_range[0], p.threshold), max(p.score_range[1], p.threshold)
    return Axis(low, high, False, width) if low < high else None


def _strip(row: ScoreRow, axis: Axis, cut: float | None, signs: Mapping[str, str]) -> str:
    strip = [" "] * axis.width
    median = row.quantiles.get("50")
    for sign, first, last in (("all", row.min, row.max), ("middle", *_middle(row)), ("median", median, median)):
        if first is not None and last is not None:
            for column in range(axis.place(first), axis.place(last) + 1):
                strip[column] = signs[sign]
    if cut is not None and strip[axis.place(cut)] != signs["median"]:
        strip[axis.place(cut)] = signs["cut"]
    return "".join(strip).rstrip()


def _inner(row: ScoreRow) -> tuple[str | None, str | None]:
    """The innermost percents on either side of the median."""
    below = max((q for q in row.quantiles if float(q) < 50), key=float, default=None)
    return below, min((q for q in row.quantiles if float(q) > 50), key=float, default=None)


def _middle(row: ScoreRow) -> tuple[float | None, float | None]:
    below, above = _inner(row)
    return (None, None) if below is None or above is None else (row.quantiles[below], row.quantiles[above])


def _legend(row: ScoreRow, cut: float | None, signs: Mapping[str, str]) -> str:
    below, above = _inner(row)
    words = [f"{signs['all']} all"]
    if below is not None and above is not None:
        words.append(f"{signs['middle']} {below} to {above} %")
    if "50" in row.quantiles:
        words.append(f"{signs['median']} median")
    return ", ".join([*words, *([] if cut is None else [f"{signs['cut']} the cut"])])


def _ruler(axis: Axis, cut: float | None) -> str:
    """Numbers under the strips, each around its column, as many as there is room for, the cut and the ends first."""
    ends = (axis.low, axis.high)
    ticks = [*([] if cut is None else [cut]), *ends, *(TICKS[1:-1] if axis.logit else ())]
    ruler = [" "] * axis.width
    for tick in ticks:
        text = f"{tick:.3g}"
        start = min(max(axis.place(tick) - len(text) // 2, 0), axis.width - len(text))
        if set(ruler[max(start - 1, 0) : start + len(text) + 1]) == {" "}:
            ruler[start : start + len(text)] = text
    return "".join(ruler).rstrip()
