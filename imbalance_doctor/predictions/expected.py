"""How many rows should carry each class: what a verdict holds the answers to.

The prevalence is that of the truth, else of the training data, else the mean probability of the model itself: one that
knew nothing but its own mean would still have to name the class that often.
"""

from dataclasses import dataclass

from ..model import PredictionProfile, ScoreRow

MIN_ROWS = 20
"""Fewer good rows are not judged: rule of three, a class on 3 / 20 = 15 % of the rows may simply not be among them."""
NONE_SEEN = 10
"""None seen where 10 or more were due: rule of three, the true rate is below 3 / 10 of what it should be."""
FEW_DUE, FEW_SEEN = 30, 0.1
"""Some seen, but at most a tenth of 30 or more: none seen of 30 bounds the rate at 3 / 30, the same tenth."""
COMMON = 0.1
"""Share of the rows from which ten that are due are enough without a truth: a calibrated model of a rarer class, at an
AUROC of 0.9, names a twentieth of its rows at a cut of 0.5."""


@dataclass(frozen=True)
class Due:
    """Rows that should carry each class, in class order, None where unknown, and what says so."""

    counts: tuple[float | None, ...]
    source: str


def answered(p: PredictionProfile) -> int:
    """Rows with a prediction: good rows without a tie."""
    return p.n_samples - p.tied_rows


def lost(p: PredictionProfile) -> int:
    """Rows without one: NaN, infinity, ties. They might have held any answer that is missing elsewhere."""
    return p.nan_rows + p.tied_rows


def scored(p: PredictionProfile) -> tuple[ScoreRow, ...]:
    """Classes with scores of their own: all, none for predicted labels, the class at index 1 for binary."""
    rows = p.classes[1:] if p.task == "binary" else p.classes
    return tuple(row for row in rows if row.std is not None and p.score_kind != "labels")


def positive(p: PredictionProfile) -> ScoreRow | None:
    """The class whose answers are yes and no: of a binary task, or of predicted labels 0 and 1."""
    if p.task == "binary":
        return p.classes[-1]
    yes_no = p.score_kind == "labels" and p.task == "softmax" and sorted(c.name for c in p.classes) == ["0", "1"]
    return next(row for row in p.classes if row.name == "1") if yes_no else None


def top(p: PredictionProfile) -> ScoreRow:
    """The class predicted most often, the first of several."""
    return max(p.classes, key=lambda row: (row.predicted, -row.index))


def due(p: PredictionProfile) -> Due:
    """Rows each class should have among those answered; source is truth, priors, scores or nothing."""
    n = answered(p)
    if p.truth is not None and p.truth.n_joined >= MIN_ROWS:
        by_index = {row.index: row.prevalence for row in p.truth.classes}
        return Due(tuple(n * by_index.get(row.index, 0.0) for row in p.classes), "truth")
    if p.priors is not None:
        total = sum(p.priors) if p.task == "softmax" else 1.0
        return Due(tuple(n * prior / (total or 1.0) for prior in p.priors), "priors")
    means = [row.mean_probability for row in p.classes]
    if p.task == "binary" and means[-1] is not None:
        means = [1 - means[-1], means[-1]]
    if p.score_kind == "labels" or all(mean is None for mean in means):
        return Due((None,) * len(p.classes), "nothing")
    return Due(tuple(None if mean is None else n * mean for mean in means), "scores")


def quiet(seen: float, expected: float) -> bool:
    """Whether far fewer answers were seen than were due.

    >>> quiet(0, 10), quiet(1, 10), quiet(3, 30), quiet(4, 30)
    (True, False, True, False)
    """
    return (seen == 0 and expected >= NONE_SEEN) or (expected >= FEW_DUE and seen <= FEW_SEEN * expected)


def enough(p: PredictionProfile, expected: float | None, source: str) -> bool:
    """Whether so many rows are due that their absence means something: ten by the truth, else thirty or a tenth of all
    rows, for a calibrated model names few rows of a rare class."""
    needed = NONE_SEEN if source == "truth" else min(FEW_DUE, max(NONE_SEEN, COMMON * answered(p)))
    return expected is not None and expected >= needed
