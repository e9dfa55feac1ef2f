"""What the scores know about the rows: ranking, reaction to the input, agreement with the truth beyond chance."""

import math
from dataclasses import dataclass

from ..model import PredictionProfile, ScoreRow, TruthRow
from .expected import MIN_ROWS, answered, due, scored

SAME = 1e-4
"""Standard deviation in units of the logit that is no variation: the rounding of half precision is larger."""
NEARLY_SAME = 0.01
"""Against the spread between classes: differential diagnosis of a dead model, 1 % of the between-class deviation."""
NO_SPREAD = 0.1
"""Variation in units of the logit that allows a calibrated model an AUROC of at most 0.53, Phi(0.1 / sqrt 2)."""
RANKED_Z, RANKED_AUROC = 3.0, 0.6
"""Ranking is intact: one in 740 by chance (Mann-Whitney), and good enough for a threshold to be worth moving."""
FLAT_AUROC = 0.65
"""No ranking: z below 3, and even the upper end of the 95 % interval of the AUROC is below 0.65."""
TWO_ERRORS = 2.0
"""Standard errors of a 95 % interval, and of a sign that speaks for a model without proving it."""
MIN_SUPPORT = 10
"""Positives and negatives a class needs before its ranking is judged: the standard error of the AUROC is 0.09 then."""
ON_PRIOR = 1.5
"""Mean probability and prevalence agree within this factor: two standard errors of a prevalence from 25 positives."""
CHANCE_KAPPA = 0.1
"""Agreement with the truth is that of chance when the upper end of Cohen's kappa is below: Landis and Koch, slight."""


@dataclass(frozen=True)
class Skill:
    """Classes with enough truth, by whether their scores rank: above chance, at chance, or upside down."""

    judged: tuple[TruthRow, ...]
    ranked: tuple[TruthRow, ...]
    flat: tuple[TruthRow, ...]
    inverted: tuple[TruthRow, ...]

    @property
    def intact(self) -> bool:
        """At least half of the classes rank."""
        return bool(self.ranked) and 2 * len(self.ranked) >= len(self.judged)

    @property
    def absent(self) -> bool:
        """At least half are flat, and hardly one ranks: z >= 3 in more than a twentieth of them is no chance."""
        return bool(self.flat) and 2 * len(self.flat) >= len(self.judged) and 20 * len(self.ranked) <= len(self.judged)


def skill(p: PredictionProfile) -> Skill:
    """Which classes rank. Nobody is judged for predicted labels, or without enough truth."""
    own = {row.index for row in scored(p)}
    rows = tuple(row for row in (p.truth.classes if p.truth else ()) if row.index in own and _judged(row))
    ranked = tuple(row for row in rows if (row.auroc_z or 0) >= RANKED_Z and (row.auroc or 0) >= RANKED_AUROC)
    inverted = tuple(row for row in rows if (row.auroc_z or 0) <= -RANKED_Z and (row.auroc or 0) <= 1 - RANKED_AUROC)
    flat = tuple(
        row
        for row in rows
        if abs(row.auroc_z or 0) < RANKED_Z and (row.auroc or 0) + TWO_ERRORS * standard_error(row) < FLAT_AUROC
    )
    return Skill(rows, ranked, flat, inverted)


def _judged(row: TruthRow) -> bool:
    return row.auroc is not None and row.auroc_z is not None and min(row.support, negatives(row)) >= MIN_SUPPORT


def negatives(row: TruthRow) -> int:
    """Rows known not to carry the class."""
    return round(row.support / row.prevalence) - row.support if row.prevalence else 0


def standard_error(row: TruthRow) -> float:
    """Of an AUROC without skill: sqrt((n1 + n0 + 1) / (12 n1 n0)), Mann and Whitney 1947."""
    ones, zeros = row.support, negatives(row)
    return math.sqrt((ones + zeros + 1) / (12 * ones * zeros)) if ones and zeros else math.inf


def wobble(p: PredictionProfile, row: ScoreRow) -> float:
    """Standard deviation over rows in units of the logit: of probabilities by the delta method, std / (m (1 - m))."""
    std, mean = row.std or 0.0, row.mean or 0.0
    if p.score_kind == "logits" or std == 0:
        return std
    return std / (mean * (1 - mean)) if 0 < mean < 1 else math.inf


def spread(p: PredictionProfile) -> float:
    """Standard deviation between the classes of their mean logit."""
    means = [row.mean or 0.0 for row in scored(p)]
    if p.score_kind == "probabilities":
        means = [math.log(m / (1 - m)) for m in (min(max(mean, 1e-12), 1 - 1e-12) for mean in means)]
    centre = math.fsum(means) / len(means) if means else 0.0
    return math.sqrt(math.fsum((m - centre) ** 2 for m in means) / len(means)) if means else 0.0


def constant_classes(p: PredictionProfile, limit: float = SAME) -> tuple[ScoreRow, ...]:
    """Classes whose score does not react to the input: `wobble` at most `limit` times the spread between classes.

    The logit is the unit where the classes lie closer than that, except for logits of a softmax, whose scale is free.
    """
    unit = spread(p) if p.score_kind == "logits" and p.task == "softmax" else max(1.0, spread(p))
    return tuple(row for row in scored(p) if wobble(p, row) <= limit * unit)


def is_constant(p: PredictionProfile, limit: float = SAME) -> bool:
    """Whether no class reacts to the input."""
    return bool(scored(p)) and len(constant_classes(p, limit)) == len(scored(p))


def is_still(p: PredictionProfile) -> bool:
    """Whether probabilities move so little that they could not rank if they were calibrated."""
    rows = scored(p)
    return bool(rows) and p.score_kind == "probabilities" and all(wobble(p, row) <= NO_SPREAD for row in rows)


def on_prior(p: PredictionProfile) -> bool:
    """Whether the mean probability of at least half of the classes agrees with their prevalence."""
    expected = due(p)
    pairs = [(row.mean_probability, expected.counts[row.index]) for row in scored(p)]
    ratios = [mean * answered(p) / count for mean, count in pairs if mean is not None and count]
    near = sum(1 / ON_PRIOR <= ratio <= ON_PRIOR for ratio in ratios)
    return expected.source in ("truth", "priors") and bool(ratios) and 2 * near >= len(ratios)


def at_chance(p: PredictionProfile) -> bool:
    """Whether the answers agree with the truth no better than their shares make them, and no class ranks: Cohen's kappa
    and its standard error, sqrt(po (1 - po) / n) / (1 - pe). Says more than the ranking where rows a class are few."""
    truth = p.truth
    if truth is None or not truth.confusion or skill(p).ranked:
        return False
    n = sum(rows for _, _, rows in truth.confusion)
    support, predicted = [0] * len(p.classes), [0] * len(p.classes)
    for true, answer, rows in truth.confusion:
        support[true] += rows
        predicted[answer] += rows
    agreed = sum(rows for true, answer, rows in truth.confusion if true == answer) / n
    by_chance = sum(s * q for s, q in zip(support, predicted, strict=True)) / n**2
    if n < MIN_ROWS or by_chance == 1:
        return False
    kappa, error = (agreed - by_chance) / (1 - by_chance), math.sqrt(agreed * (1 - agreed) / n) / (1 - by_chance)
    return abs(kappa) < TWO_ERRORS * error and kappa + TWO_ERRORS * error < CHANCE_KAPPA
