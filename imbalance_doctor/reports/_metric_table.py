"""The table of metrics: where each of them began, where it ended, where it was best, and its course."""

from ..history.names import words
from ..history.pairs import SCORES, is_accuracy, written
from ..model import HistoryProfile, Series
from ._classes import excerpt
from ._grid import Column, Grid
from ._numbers import NONE, count, printed
from ._page import Page
from ._section import Remark, Section
from ._sparkline import sparkline

NARROWEST, WIDEST = 12, 40
"""Columns of the course."""
OTHERS = 68
"""Columns that the rest of the table takes."""
LOWER = "mse mae rmse mape brier ece perplexity ppl hamming fpr fnr hd95"
HIGHER = "mcc kappa iou miou jaccard map ap aucpr auprc prauc specificity tnr npv bleu rouge ndcg mrr"
"""Words of scores without a role of their own, of which less, and more, is better."""
LEGEND = "course: each on its own scale, a logarithmic one over a factor of 100"
FROZEN = "frozen: printed the same from this record to the end"


def section(history: HistoryProfile, page: Page, top: int | None, show_all: bool) -> Section | None:
    """Losses and scores in the order of the log, run by run, then the rest; None without metrics."""
    if not history.series:
        return None
    ranked = sorted(
        history.series, key=lambda s: (history.runs.index(s.run) if s.run in history.runs else -1, _late(s))
    )
    columns = (
        Column("metric", "name"),
        *((Column("run", "name"),) if len(history.runs) > 1 else ()),
        Column("split", "left", drop=2),
        Column("n", drop=3),
        Column("first", "decimal"),
        Column("last", "decimal"),
        Column("best", "decimal", drop=4),
        Column("best at", drop=1),
        Column("course", "left", drop=5),
        *((Column("frozen", "left"),) if any(_frozen_from(s) for s in ranked) else ()),
    )
    rows = [
        one if isinstance(one, str) else tuple(_cells(one, column.header, page) for column in columns)
        for one in excerpt(ranked, top, show_all, "metric")
    ]
    legend = [LEGEND, *((FROZEN,) if columns[-1].header == "frozen" else ())]
    return Section("Metrics", "", (Grid(columns, tuple(rows)), *map(Remark, legend)))


def _late(series: Series) -> int:
    return 0 if series.role in ("loss", *SCORES) else 2 if series.role == "learning_rate" else 1


def _cells(series: Series, header: str, page: Page) -> str:
    match header:
        case "metric":
            return series.name
        case "run":
            return series.run
        case "split":
            return series.split
        case "n":
            return count(series.n)
        case "first" | "last":
            return printed(series.first if header == "first" else series.last, written(series))
        case "best":
            value = best(series)
            return NONE if value is None else printed(value, written(series))
        case "best at":
            return _record_of_best(series)
        case "course":
            width = min(max(page.width - OTHERS, NARROWEST), WIDEST)
            return sparkline([point.value for point in series.points], width, ascii_only=page.ascii_only)
    return _frozen_from(series) or NONE


def _frozen_from(series: Series) -> str:
    """Where a loss or score stands still, "" where it moves; a learning rate may stand still as long as it likes."""
    still = None if series.role == "learning_rate" else series.frozen_from
    return "" if still is None else f"from {count(still)}"


def best(series: Series) -> float | None:
    """The best finite value: the least of a loss or an error, the largest of a score, None where nobody can say.

    >>> best(Series("val_loss", "loss", "validation", "", (), 2, 0.7, 0.6, 0.6, 0.7))
    0.6
    """
    if series.role in SCORES:
        return series.max
    name = set(words(series.name))
    if series.role == "loss" or (series.role == "other" and (is_accuracy(series) or name & set(LOWER.split()))):
        return series.min
    return series.max if series.role == "other" and name & set(HIGHER.split()) else None


def _record_of_best(series: Series) -> str:
    """Its first record, "–" where thinning has dropped the value."""
    value = best(series)
    return next((count(point.record) for point in series.points if value is not None and point.value == value), NONE)
