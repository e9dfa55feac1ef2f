"""The class table of predictions, the worst class first."""

import math
from collections.abc import Callable
from typing import NamedTuple

from ..model import PredictionProfile, ScoreRow, TruthRow
from ._classes import excerpt
from ._grid import Column, Grid
from ._numbers import count, fraction, percent, significant
from ._section import Remark, Section

WITH_TRUTH = "missed first, then by F1; # is the index among the model's outputs"
WITH_PRIORS = "furthest from its prior first; # is the index among the model's outputs"
PREDICTED_MOST = "most predicted first; # is the index among the model's outputs"


class Both(NamedTuple):
    """A class among the scores and, where there is truth, against it."""

    score: ScoreRow
    truth: TruthRow | None
    prior: float | None


class Field(NamedTuple):
    """One column and what stands in it."""

    column: Column
    text: Callable[[Both], str]


def section(p: PredictionProfile, top: int | None, show_all: bool) -> Section:
    """The table with its legend; columns nothing is known for are left out."""
    ranked, order = by_severity(p)
    fields = [field for field in _fields(p) if any(field.text(both) != "–" for both in ranked)]
    rows = [
        both if isinstance(both, str) else tuple(field.text(both) for field in fields)
        for both in excerpt(ranked, top, show_all)
    ]
    headers = {field.column.header for field in fields}
    legend = [Remark(text) for header, text in LEGEND.items() if header in headers]
    return Section("Classes", order, (Grid(tuple(f.column for f in fields), tuple(rows)), *legend))


LEGEND = {
    "z": "z: standard errors of the AUROC from 0.5, where scores know nothing",
    "mean/p": "mean/p: mean probability over prevalence; 1 where calibrated in the large",
    "adjusted": "adjusted: rows of the class with the priors taken out of the scores",
}


def by_severity(p: PredictionProfile) -> tuple[list[Both], str]:
    """The classes, those with the worst problem first, and the words for that order."""
    truths = {row.index: row for row in p.truth.classes} if p.truth else {}
    priors = p.priors or (None,) * len(p.classes)
    classes = [Both(row, truths.get(row.index), prior) for row, prior in zip(p.classes, priors, strict=True)]
    if truths:
        return sorted(classes, key=_misses), WITH_TRUTH
    if p.priors is not None:
        return sorted(classes, key=_off_prior), WITH_PRIORS
    return sorted(classes, key=lambda both: (-both.score.predicted, both.score.index)), PREDICTED_MOST


def _misses(both: Both) -> tuple[int, float, int, int]:
    """Present but never predicted, by support; then by F1; last the classes that neither occur nor are predicted."""
    score, truth = both.score, both.truth
    support = truth.support if truth else 0
    group = 0 if support and not score.predicted else 1 if support or score.predicted else 2
    f1 = (truth.f1 or 0.0) if truth and group else 0.0
    return group, f1, -support, score.index


def _off_prior(both: Both) -> tuple[float, float, int]:
    """Never predicted, by prior; then by the factor between the predicted share and the prior."""
    share, prior = both.score.predicted_share, both.prior or 0.0
    if not share or not prior:
        return (0.0 if prior else 2.0 if not share else 1.0), -max(prior, share), both.score.index
    return 1.0, -abs(math.log(share / prior)), both.score.index


def _fields(p: PredictionProfile) -> list[Field]:
    fields = [
        Field(Column("#"), lambda both: str(both.score.index)),
        Field(Column("class", "name"), lambda both: both.score.name),
    ]
    predicted = Field(Column("predicted"), lambda both: count(both.score.predicted))
    mean = Field(Column("mean", "decimal", drop=4), lambda both: significant(both.score.mean))
    if p.truth is not None:
        support = Field(Column("support"), lambda both: count(both.truth.support) if both.truth else "–")
        return [*fields, support, predicted, *_against_truth(), mean]
    return [
        *fields,
        predicted,
        Field(Column("share"), lambda both: percent(both.score.predicted_share)),
        Field(Column("prior"), lambda both: percent(both.prior)),
        Field(
            Column("adjusted", drop=5), lambda both: "–" if both.score.adjusted is None else count(both.score.adjusted)
        ),
        mean,
        Field(Column("std", "decimal", drop=3), lambda both: significant(both.score.std)),
        Field(Column("smallest", "decimal", drop=1), lambda both: significant(both.score.min)),
        Field(Column("largest", "decimal", drop=2), lambda both: significant(both.score.max)),
    ]


def _against_truth() -> list[Field]:
    def field(column: Column, value: Callable[[TruthRow], str]) -> Field:
        return Field(column, lambda both: value(both.truth) if both.truth else "–")

    return [
        field(Column("recall", "decimal", drop=7), lambda row: fraction(row.recall)),
        field(Column("precision", "decimal", drop=6), lambda row: fraction(row.precision)),
        field(Column("F1", "decimal"), lambda row: fraction(row.f1)),
        field(Column("AUROC", "decimal"), lambda row: fraction(row.auroc)),
        field(Column("z", "decimal", drop=3), lambda row: "–" if row.auroc_z is None else f"{row.auroc_z:.1f}"),
        field(Column("AP", "decimal", drop=2), lambda row: fraction(row.average_precision)),
        field(Column("mean/p", "decimal", drop=5), lambda row: significant(row.calibration)),
        field(Column("mean if true", "decimal", drop=1), lambda row: significant(row.mean_positive)),
    ]
