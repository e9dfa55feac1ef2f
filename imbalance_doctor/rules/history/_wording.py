"""How records and series are written in a finding's sentence."""

from collections.abc import Iterable
from typing import Any

from ...history.movement import Rest
from ...model import HistoryProfile, Point, Series

MAX_SERIES = 8


def value(point: Point) -> str:
    """A number with the digits it was printed with, at most six.

    >>> value(Point(1, None, 7.7364, 4)), value(Point(1, None, 0.5, 16)), value(Point(1, None, 1.1920929e-07, None))
    ('7.7364', '0.5', '1.192e-07')
    """
    if point.decimals is None or point.decimals > 6:
        return f"{point.value:.6g}" if abs(point.value) >= 1e-4 or point.value == 0 else f"{point.value:.4g}"
    return f"{point.value:.{point.decimals}f}"


def record(point: Point) -> str:
    """Where a value stands in the log; its step where that says more than a count from 0 or 1.

    >>> record(Point(12, 5500.0, 0.5, 4)), record(Point(12, None, 0.5, 4)), record(Point(3, 2.0, 0.5, 4))
    ('record 12 (step 5500)', 'record 12', 'record 3')
    """
    known = point.step is not None and abs(point.step - point.record) > 1
    return f"record {point.record:,}" + (f" (step {point.step:g})" if known else "")


def named(series: Series, history: HistoryProfile) -> str:
    """The name of a series, with its run where the log has several."""
    return f"{series.name} of run {series.run!r}" if len(history.runs) > 1 else series.name


def listed(names: Iterable[str]) -> str:
    """Names in a row, the first eight of them.

    >>> listed(["loss", "val_loss", "acc"])
    'loss, val_loss and acc'
    """
    known = list(dict.fromkeys(names))
    shown, more = known[:MAX_SERIES], len(known) - MAX_SERIES
    if more > 0:
        return f"{', '.join(shown)} and {more:,} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def stands(rest: Rest) -> str:
    """A stretch in which nothing moves: "7.7364 in all 3 records from record 1 on"."""
    n = len(rest.points)
    if rest.identical:
        return f"{value(rest.points[-1])} in {n:,} records from {record(rest.since)} to the end"
    low, high = min(rest.points, key=lambda p: p.value), max(rest.points, key=lambda p: p.value)
    return (
        f"noise around {rest.level:.4g} ({value(low)} to {value(high)}) in {n:,} records from {record(rest.since)} to "
        "the end"
    )


def evidence(rest: Rest) -> dict[str, Any]:
    """A stretch as evidence."""
    return {
        "name": rest.series.name,
        "split": rest.series.split,
        "value": rest.level,
        "identical": rest.identical,
        "from_record": rest.since.record,
        "records": len(rest.points),
    }


def course(series: Series) -> str:
    """From where to where a series went: "loss from 0.6931 (record 1) to 0.0580 (record 10)"."""
    from ...history.pairs import finite

    points = finite(series)
    first, last = points[0], points[-1]
    return f"{series.name} goes from {value(first)} ({record(first)}) to {value(last)} ({record(last)})"
