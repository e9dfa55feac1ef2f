"""The floors: what a model that learnt nothing but the prior prints, as two tables and a sentence."""

from collections.abc import Mapping

from ..model import LabelProfile
from ._grid import Column, Grid
from ._numbers import percent, significant

TITLE = "what a model that learnt nothing but the prior scores"
LEGEND = "prior: the best constant output; a hard 0 or 1 has an infinite log loss"

LOSSES: Mapping[str, str] = {
    "cross_entropy": "cross entropy",
    "cross_entropy_balanced": "cross entropy, balanced",
    "bce": "BCE",
    "bce_pos_weight": "BCE, pos_weight (1-p)/p",
    "bce_complement_pair": "BCE, pair (1-p, p)",
    "bce_balanced_pair": "BCE, balanced pair",
    "focal_2": "focal, gamma 2",
    "focal_2_alpha_25": "focal, gamma 2, alpha 0.25",
    "mse": "MSE",
}
METRICS: Mapping[str, str] = {
    "balanced_accuracy": "balanced accuracy",
    "macro_f1": "macro-F1",
    "micro_f1": "micro-F1",
    "f1": "F1 of index 1",
}
TWINS: Mapping[str, str] = {
    "bce_mean": "cross_entropy",
    "bce_balanced_pair_mean": "cross_entropy_balanced",
    "focal_2_mean": "focal_2",
    "micro_f1": "accuracy",
}
"""Rows of single-label data that say the same as another; drawn once where they do."""

Row = Mapping[str, float | None]
Table = Mapping[str, Row]


def losses(labels: LabelProfile) -> Grid | None:
    """Losses of the predictors most losses are finite for: the mean over the labels, and the sum where there is one."""
    table = _without_twins(labels.floors.get("losses") or {})
    predictors = dict.fromkeys(name for row in table.values() for name in row)
    kept = [p for p in predictors if 2 * sum(row.get(p) is not None for row in table.values()) > len(table)]
    if not kept:
        return None
    stems = dict.fromkeys(key.removesuffix("_mean").removesuffix("_sum") for key in table)
    summed = any(f"{stem}_sum" in table for stem in stems)
    rows = [(LOSSES.get(stem, _words(stem)), *_cells(table, stem, kept, summed)) for stem in stems]
    head = [f"{_words(p)}{kind}" for p in kept for kind in ((" mean", " sum") if summed else ("",))]
    columns = (Column("loss", "left"), *(Column(h, "decimal", drop=len(head) - i) for i, h in enumerate(head)))
    return Grid(columns, tuple(rows))


def _cells(table: Table, stem: str, predictors: list[str], summed: bool) -> list[str]:
    mean: Row = table.get(stem) or table.get(f"{stem}_mean") or {}
    rows = [mean, table.get(f"{stem}_sum") or {}] if summed else [mean]
    return [significant(row[p]) if p in row else "" for p in predictors for row in rows]


def metrics(labels: LabelProfile) -> Grid | None:
    """Metrics of the predictors that have any, in per cent."""
    table = _without_twins(labels.floors.get("metrics") or {})
    predictors = dict.fromkeys(name for row in table.values() for name in row)
    kept = [p for p in predictors if any(row.get(p) is not None for row in table.values())]
    rows = [(METRICS.get(key, _words(key)), *(percent(row.get(p)) for p in kept)) for key, row in table.items()]
    columns = (Column("metric", "left"), *(Column(_words(p), drop=len(kept) - i) for i, p in enumerate(kept)))
    return Grid(columns, tuple(rows)) if kept else None


def _without_twins(table: Table) -> Table:
    return {key: row for key, row in table.items() if row != table.get(TWINS.get(key, ""))}


def _words(key: str) -> str:
    return key.replace("_", " ")


def meaning(labels: LabelProfile) -> str:
    """What the two numbers mean that a user sees first, "" without them."""
    floors: Table = labels.floors.get("losses") or {}
    scores: Table = labels.floors.get("metrics") or {}
    for loss, metric, words in (
        ("cross_entropy", "accuracy", "cross entropy"),
        ("bce_mean", "element_accuracy", "mean BCE"),
    ):
        floor, score = floors.get(loss, {}).get("prior"), scores.get(metric, {}).get("prior")
        if floor is not None and score is not None:
            numbers = f"A loss of {significant(floor)} ({words}) with {_words(metric)} {percent(score)}"
            return f"{numbers} means the model learnt only the biases."
    return ""
