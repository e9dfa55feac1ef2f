"""Percentiles, measures of imbalance and co-occurring classes, as facts and tables."""

from collections.abc import Mapping

from ..model import LabelProfile
from ._grid import Column, Grid
from ._numbers import NONE, count, percent, significant
from ._section import Fact

FEWEST_FOR_PERCENTILES = 5
"""Classes below which percentiles across classes are interpolations between a handful of numbers."""
PAIRS_SHOWN = 5


def percentiles(labels: LabelProfile) -> Grid | None:
    """Share and prevalence at the asked percents, in per cent; None for a handful of classes."""
    asked = labels.percentiles
    if len(labels.classes) < FEWEST_FOR_PERCENTILES or not asked.get("prevalence"):
        return None
    names = ["share", "prevalence"] if labels.task == "multilabel" else ["prevalence"]
    table = [(f"{name}, %", *(_per_cent(value) for value in asked[name].values())) for name in names]
    head = [Column("", "left"), *(Column(f"{at} %") for at in asked["prevalence"])]
    return Grid(tuple(head), tuple(table), turns=True)


def _per_cent(value: float | None) -> str:
    return NONE if value is None else significant(100 * value)


MEASURES: Mapping[str, str] = {
    "imbalance_ratio": "imbalance ratio",
    "entropy": "entropy, nats",
    "evenness": "evenness",
}
MANY_CLASS_MEASURES: Mapping[str, str] = {
    "effective_classes": "effective classes, Hill 1",
    "effective_classes_2": "effective classes, Hill 2",
    "gini": "Gini coefficient",
    "unseen_mass": "unseen mass, Good-Turing",
}
MULTI_LABEL_MEASURES: Mapping[str, str] = {
    "cardinality": "cardinality",
    "density": "density",
    "mean_irlbl": "mean IRLbl",
    "cvir": "CVIR",
    "scumble": "SCUMBLE",
}


def measures(labels: LabelProfile) -> tuple[list[Fact], list[str]]:
    """The measures that are single numbers, and why some of them have no value."""
    values, reasons = labels.measures, labels.measures.get("reasons") or {}
    many, multilabel = len(labels.classes) > 2, labels.task == "multilabel"
    words = {**MEASURES, **(MANY_CLASS_MEASURES if many else {}), **(MULTI_LABEL_MEASURES if multilabel else {})}
    facts = [(word, significant(values[key])) for key, word in words.items() if values.get(key) is not None]
    facts = [fact for fact in facts if fact != ("unseen mass, Good-Turing", "0")]
    head = values.get("head_share") or {}
    for key, word, least in (("top_1", "the largest", 1), ("top_10", "the top 10", 11)):
        if key in head and len(labels.classes) >= least:
            facts.append((f"share of {word}", percent(head[key])))
    sets = values.get("label_sets")
    if sets:
        facts.append(("distinct label sets", count(sets["distinct"])))
    return facts, [f"{words[key]}: {reason}" for key, reason in reasons.items() if key in words]


def pairs(labels: LabelProfile) -> Grid | None:
    """The classes that occur together most, None when there are none or they were not counted."""
    strongest = (labels.measures.get("pairs") or ())[:PAIRS_SHOWN]
    columns = (Column("class", "name"), Column("with", "name"), Column("samples"))
    rows = [
        (*pair["classes"], count(pair["count"]), significant(pair["jaccard"]), significant(pair["lift"]))
        for pair in strongest
    ]
    return Grid((*columns, Column("Jaccard", "decimal"), Column("lift", "decimal")), tuple(rows)) if rows else None
