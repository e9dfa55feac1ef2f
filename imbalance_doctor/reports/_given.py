"""Given weights in words and as a table: the verdict, how they were read, and every number beside its class."""

from ..model import GivenProfile, LabelProfile, Report
from ..plugins import Severity
from . import _label_words
from ._classes import excerpt
from ._grid import Column, Grid, Row
from ._numbers import count, counted, percent, significant
from ._safe import shown
from ._section import Fact, Facts, Section

ROLE_WORDS = {
    "class-weight": "class weights",
    "weight-per-label": "a weight per label, on both terms of a BCE",
    "pos-weight": "pos-weights",
    "pair": "a weight for the positive and one for the negative term",
    "focal-alpha": "alpha of a focal loss",
    "offset": "offsets added to the logits",
    "unknown": "weights",
}


def verdict(report: Report, weights: GivenProfile) -> str:
    """The weights in one line."""
    heads = {Severity.ERROR: "These weights are wrong", Severity.WARNING: "These weights need a look"}
    head = heads.get(report.worst or Severity.INFO, "These weights do what they say")
    n = len(weights.given.values)
    return f"{head}: {counted(n, 'number')} for {counted(len(weights.counts.names), 'class')}"


def reading(weights: GivenProfile, labels: LabelProfile | None) -> list[Fact]:
    """What the numbers are taken for, where they stand, and how the labels were read."""
    given = weights.given
    told = ROLE_WORDS[weights.role]
    told += f", {shown(given.framework)}" if given.framework else ""
    told += f", loss {shown(given.loss)}" if given.loss else ""
    told += f", in {shown(given.dtype)}" if given.dtype else ""
    facts: list[Fact] = [("weights", f"{told}; {weights.assumed}" if weights.assumed else told)]
    if given.key or given.line:
        line = f"line {given.line}" if given.line else ""
        facts.append(("found", ", ".join(filter(None, (shown(given.key) if given.key else "", line)))))
    return facts + (_label_words.reading(labels) if labels is not None else [])


def sections(weights: GivenProfile, top: int | None, show_all: bool) -> list[Section]:
    """The facts about the numbers, and the numbers."""
    facts: list[Fact] = [
        ("sample mean", significant(weights.sample_mean)),
        ("largest over smallest", significant(weights.max_min_ratio)),
        ("rank correlation with counts", significant(weights.rank_correlation)),
        ("scheme", weights.scheme or "none known"),
        ("the loss divides by them", {True: "yes", False: "no", None: "not known"}[weights.divides]),
    ]
    if weights.values is None:
        return []
    return [Section("Weights", "", (Facts(tuple(facts)), table(weights, top, show_all)))]


def table(weights: GivenProfile, top: int | None, show_all: bool) -> Grid:
    """Count, prior, weight and the boundary it implies, the most frequent class first."""
    assert weights.values is not None
    counts = weights.counts
    columns = (
        Column("#"),
        Column("class", "name"),
        Column("count"),
        Column("prior"),
        Column("weight", "decimal"),
        *((Column("in order", "decimal"),) if weights.order is not None else ()),
        Column("fires at", "decimal"),
    )
    placed = [0.0] * len(counts.names)
    for value, at in zip(weights.values, weights.order.classes if weights.order else (), strict=False):
        placed[at] = value
    cuts = weights.boundary_after or (None,) * len(counts.names)
    rows: list[Row] = []
    for i in excerpt(sorted(range(len(counts.names)), key=lambda i: (-counts.counts[i], i)), top, show_all):
        if isinstance(i, str):
            rows.append(i)
            continue
        value = weights.values[i]
        head = (str(i), counts.names[i], count(counts.counts[i]), percent(counts.prevalences[i]))
        own = significant(value) if abs(value) < float("inf") else str(value)
        moved = (significant(placed[i]),) if weights.order is not None else ()
        rows.append((*head, own, *moved, significant(cuts[i])))
    return Grid(columns, tuple(rows))
