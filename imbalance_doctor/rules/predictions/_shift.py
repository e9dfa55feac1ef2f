"""The weight that scores above the prevalence betray, and the scheme it may have come from."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ...model import PredictionProfile, TruthRow

MIN_POSITIVES = 30
"""Positives for an estimate: the prevalence is known to a fifth then."""
SCHEMES = {"balanced weights, pos_weight (1-p)/p": 1.0, "pos_weight sqrt((1-p)/p)": 0.5}
NEAR = math.log(1.5)


@dataclass(frozen=True)
class Shift:
    """One class whose scores are too high: mean, prevalence, and the weight that would explain it."""

    name: str
    mean: float
    prevalence: float
    weight: float


def weight(row: TruthRow) -> float | None:
    """The weight of the positives under which the scores of a class are calibrated, None where it is not defined.

    The condition of the intercept of a log loss with positives weighted by w, the sum of weight (q~ - y) = 0, solved
    for w.
    """
    from ...predictions.skill import negatives

    if row.calibration is None or row.mean_positive is None or not row.support or row.mean_positive >= 1:
        return None
    n = row.support + negatives(row)
    of_positives = row.support * row.mean_positive
    of_negatives = n * row.calibration * row.prevalence - of_positives
    return max(of_negatives, 0.0) / (row.support - of_positives)


def shifts(p: PredictionProfile) -> tuple[list[Shift], bool]:
    """Every class whose weight can be estimated, and whether the truth did it; a prior gives a lower bound only."""
    from ...predictions.expected import MIN_ROWS

    if p.truth is not None and p.truth.n_joined >= MIN_ROWS:
        return _by_truth(p.truth.classes, p), True
    return _by_priors(p), False


def _by_truth(rows: Sequence[TruthRow], p: PredictionProfile) -> list[Shift]:
    from ...predictions.expected import scored
    from ...predictions.skill import RANKED_Z

    own = {row.index for row in scored(p)}
    judged = [row for row in rows if row.index in own and row.support >= MIN_POSITIVES and row.prevalence < 1]
    ranked = [(row, weight(row)) for row in judged if (row.auroc_z or 0.0) >= RANKED_Z]
    return [
        Shift(row.name, row.calibration * row.prevalence, row.prevalence, w)
        for row, w in ranked
        if w is not None and row.calibration is not None
    ]


def _by_priors(p: PredictionProfile) -> list[Shift]:
    from ...predictions.expected import scored

    found = []
    for row in scored(p):
        prior, mean = p.priors[row.index] if p.priors else 0.0, row.mean_probability or 0.0
        if 0 < prior < 1 and 0 < mean < 1 and prior * p.n_samples >= MIN_POSITIVES:
            found.append(Shift(row.name, mean, prior, mean / (1 - mean) * (1 - prior) / prior))
    return found


def scheme_of(found: Sequence[Shift]) -> str | None:
    """The common scheme whose weights are nearest, if its mean distance is below a factor of 1.5."""

    def distance(power: float) -> float:
        logs = (math.log(s.weight) - power * math.log((1 - s.prevalence) / s.prevalence) for s in found)
        return math.fsum(map(abs, logs)) / len(found)

    name = min(SCHEMES, key=lambda scheme: distance(SCHEMES[scheme]))
    return name if distance(SCHEMES[name]) <= NEAR else None
