"""The class table: every class of a short list, the two ends and the middle of a long one."""

from collections.abc import Sequence
from typing import TypeVar

from ..model import LabelProfile, Weights
from ._grid import Column, Grid, Row
from ._numbers import count, counted, percent, significant

ORDER = "most frequent first; # is the index among the model's outputs"
LEGEND = (
    "boundary: posterior where the evidence is neutral; log-odds: ln(p/(1-p))",
    "evidence: likelihood ratio a 0.5 cut asks for, (1-p)/p",
)
Item = TypeVar("Item")


def class_table(labels: LabelProfile, top: int | None, show_all: bool) -> Grid:
    """The most frequent first; `#` is the index, the position among the model's outputs."""
    multilabel = labels.task == "multilabel"
    blanks = any(row.unknown for row in labels.classes)
    columns = (
        Column("#"),
        Column("class", "name"),
        Column("count"),
        *((Column("unknown", drop=2),) if blanks else ()),
        Column("prevalence"),
        *((Column("share", drop=3),) if multilabel else ()),
        Column("boundary", "decimal", drop=7),
        Column("log-odds", "decimal", drop=4),
        Column("evidence", "decimal", drop=6),
        Column("tier", "left", drop=5),
        Column("95 % interval", drop=1),
    )
    rows: list[Row] = []
    for row in excerpt(sorted(labels.classes, key=lambda row: (-row.count, row.index)), top, show_all):
        if isinstance(row, str):
            rows.append(row)
            continue
        rows.append(
            (
                str(row.index),
                row.name,
                count(row.count),
                *((count(row.unknown),) if blanks else ()),
                percent(row.prevalence),
                *((percent(row.share),) if multilabel else ()),
                significant(row.boundary),
                significant(row.log_odds),
                significant(row.evidence),
                row.tier,
                f"{percent(row.interval[0])} – {percent(row.interval[1])}" if row.interval else "",
            )
        )
    return Grid(columns, tuple(rows))


def weight_table(weights: Weights, top: int | None, show_all: bool) -> Grid:
    """Counts, weights and the boundary they imply, the most frequent class first."""
    pair = weights.values_negative is not None
    columns = (
        Column("#"),
        Column("class", "name"),
        Column("count"),
        Column("positive" if pair else "weight", "decimal"),
        *((Column("negative", "decimal"),) if pair else ()),
        Column("boundary after", "decimal"),
    )
    order = sorted(range(len(weights.classes)), key=lambda i: (-weights.counts[i], i))
    rows: list[Row] = []
    for i in excerpt(order, top, show_all):
        if isinstance(i, str):
            rows.append(i)
            continue
        negative = (significant(weights.values_negative[i]),) if weights.values_negative is not None else ()
        head = (str(i), weights.classes[i], count(weights.counts[i]), significant(weights.values[i]))
        rows.append((*head, *negative, significant(weights.boundary_after[i])))
    return Grid(columns, tuple(rows))


def excerpt(items: Sequence[Item], top: int | None, show_all: bool, noun: str = "class") -> list[Item | str]:
    """About `top` of the items, with a remark where some are left out; all of them when `top` is None.

    Two fifths from either end, a fifth from around the median.

    >>> excerpt(range(1000), 5, False)
    [0, 1, '… 497 classes not shown (--all)', 499, '… 498 classes not shown (--all)', 998, 999]
    """
    n = len(items)
    if show_all or top is None or n <= top:
        return list(items)
    top = max(top, 0)
    middle = top // 5
    last = (top - middle) // 2
    first = top - middle - last
    start = min(max((n - middle) // 2, first), n - last - middle)
    kept = [*range(first), *range(start, start + middle), *range(n - last, n)]
    excerpted: list[Item | str] = []
    previous = -1
    for position in [*kept, n]:
        if gap := position - previous - 1:
            excerpted.append(f"… {counted(gap, noun)} not shown (--all)")
        if position < n:
            excerpted.append(items[position])
        previous = position
    return excerpted
