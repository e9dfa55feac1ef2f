"""From the tally to the profile: everything `predictions` says about a dump, in class order."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ..labels.percentiles import PERCENTS, percent_key
from ..model import PredictionLayout, PredictionProfile, ScoreRow
from .blocks import ScoreSample
from .links import Floats
from .ranking import Ranking
from .tally import PredictionTally
from .tidy import tidy
from .truth_profile import truth_profile

STRIP = 16
"""Columns sorted at a time: the sample is not held twice."""


def build(
    tally: PredictionTally,
    layout: PredictionLayout,
    *,
    joined_by: str = "",
    rankings: Sequence[Ranking] | None = None,
) -> PredictionProfile:
    """The profile of a tally, with its verdict; remedies are for others to add.

    `joined_by`: how the truth was matched with the dump. `rankings`: exact ones, one per column of scores; by default
    they are computed from the sample when it holds every row, else from the histograms.
    """
    from .verdict import judge

    profile = assemble(tally, layout, joined_by=joined_by, rankings=rankings)
    return replace(profile, verdict=judge(profile))


@np.errstate(over="ignore", invalid="ignore")
def assemble(
    tally: PredictionTally,
    layout: PredictionLayout,
    *,
    joined_by: str = "",
    rankings: Sequence[Ranking] | None = None,
) -> PredictionProfile:
    """The same, not judged yet: its verdict is "cannot_judge"."""
    setting, n = tally.setting, tally.n_samples
    sample = tally.sample
    rows = score_rows(tally, sample)
    counts, cells = tally.scores, n * len(tally.moments.mean)
    all_zero, all_one = uniform_rows(tally)
    low, high = tally.moments.lowest, tally.moments.highest
    return PredictionProfile(
        score_kind=setting.score_kind,  # type: ignore[arg-type]
        task=setting.task,  # type: ignore[arg-type]
        threshold=setting.threshold,
        layout=layout,
        n_rows=tally.n_rows,
        n_samples=n,
        classes=rows,
        nan_rows=tally.nan_rows,
        infinite_rows=tally.infinite_rows,
        tied_rows=counts.tied,
        off_sum_rows=counts.off_sum,
        all_zero_rows=all_zero,
        all_one_rows=all_one,
        row_sum=row_sum(tally),
        positives_per_row=positives_per_row(tally),
        distinct_rows=distinct_rows(tally),
        saturated_share=counts.saturated / cells if cells else 0.0,
        outside_share=counts.outside / cells if cells else 0.0,
        score_range=(float(low.min()), float(high.max())) if tally.moments.n else None,
        never_predicted=tuple(row.name for row in rows if row.predicted == 0) if n > counts.tied else (),
        always_predicted=tuple(row.name for row in rows if row.predicted == n) if n else (),
        declared=setting.declared,
        capacity=setting.capacity,
        priors=setting.priors,
        prior_source=setting.prior_source,
        truth=truth_profile(tally, sample, rankings, joined_by) if setting.has_truth else None,
        verdict="cannot_judge",
    )


def score_rows(tally: PredictionTally, sample: ScoreSample | None) -> tuple[ScoreRow, ...]:
    """One row per class. For the task binary the scores belong to the class at index 1; index 0 has what is left."""
    setting, n = tally.setting, tally.n_samples
    predicted, above, adjusted = answers(tally)
    columns = statistics(tally, sample)
    if setting.task == "binary" and columns:
        chance = columns[0]["mean_probability"]
        rest = {**nothing(), "mean_probability": None if chance is None else tidy(1.0 - chance)}
        columns = [rest, *columns]
    return tuple(
        ScoreRow(
            index=index,
            name=name,
            predicted=predicted[index],
            predicted_above=above[index],
            predicted_share=predicted[index] / n if n else 0.0,
            adjusted=None if adjusted is None else adjusted[index],
            **(columns[index] if columns else nothing()),
        )
        for index, name in enumerate(setting.classes)
    )


def answers(tally: PredictionTally) -> tuple[list[int], list[int], list[int] | None]:
    """Rows per class by prediction, by prediction with > for >=, and by the prediction that corrects for priors."""
    setting, counts, n = tally.setting, tally.scores, tally.n_samples
    adjusted = counts.adjusted.tolist() if tally.has_scores and setting.priors is not None else None
    named = tally.named.tolist()
    if setting.task == "softmax":
        won = [a + b for a, b in zip(named, counts.predicted.tolist(), strict=True)]
        return won, won, adjusted
    if setting.task == "sigmoid":
        return counts.at.tolist(), counts.above.tolist(), adjusted
    at, above = int(counts.at[0]) + named[1], int(counts.above[0]) + named[1]
    return [n - at, at], [n - above, above], None if adjusted is None else [n - adjusted[0], adjusted[0]]


def statistics(tally: PredictionTally, sample: ScoreSample | None) -> list[dict[str, Any]]:
    """Mean, std (ddof 0), range, mean probability and quantiles per column of scores; empty without scores.

    Quantiles are those of the sample, by linear interpolation (Hyndman-Fan type 7).
    """
    moments = tally.moments
    if not moments.n:
        return []
    chances = (
        moments.mean if tally.setting.score_kind == "probabilities" else tally.scores.probability.total / moments.n
    )
    keys = [percent_key(p) for p in PERCENTS]
    cuts = quantiles(sample.scores).tolist() if sample is not None else [[]] * len(chances)
    columns = zip(moments.mean, moments.std, moments.lowest, moments.highest, chances, cuts, strict=True)
    return [
        {
            "mean": tidy(mean),
            "std": tidy(std),
            "min": float(low),
            "max": float(high),
            "mean_probability": tidy(chance),
            "quantiles": dict(zip(keys, cut, strict=False)),
        }
        for mean, std, low, high, chance, cut in columns
    ]


def quantiles(scores: Floats) -> Floats:
    """PERCENTS of each column of scores (m, K), as (K, percents)."""
    place = np.array(PERCENTS) / 100 * (len(scores) - 1)
    below, above = np.floor(place).astype(np.int64), np.ceil(place).astype(np.int64)
    found = np.empty((scores.shape[1], len(place)))
    for first in range(0, scores.shape[1], STRIP):
        ordered = np.array(scores[:, first : first + STRIP].T, order="C")
        ordered.sort(axis=1)
        a, b, share = ordered[:, below], ordered[:, above], place - below
        # weighted like this, scores of opposite sign and any size do not overflow
        found[first : first + STRIP] = np.where(a == b, a, a * (1.0 - share) + b * share)
    return found


def nothing() -> dict[str, Any]:
    """The statistics of a class without scores."""
    return {**dict.fromkeys(("mean", "std", "min", "max", "mean_probability")), "quantiles": {}}


def uniform_rows(tally: PredictionTally) -> tuple[int, int]:
    """Rows below the threshold in every column, and rows at or above it in every column."""
    zero, one = tally.scores.all_zero, tally.scores.all_one
    if tally.setting.task == "binary":
        return zero + int(tally.named[0]), one + int(tally.named[1])
    return zero, one


def row_sum(tally: PredictionTally) -> tuple[float, float, float] | None:
    """Smallest, mean and largest sum of a row's probabilities; None for logits, labels and a single column."""
    counts = tally.scores
    found = counts.smallest_sum, math.fsum(tally.moments.mean.tolist()), counts.largest_sum
    if not all(math.isfinite(value) for value in found):
        return None
    return tidy(found[0]) or 0.0, tidy(found[1]) or 0.0, tidy(found[2]) or 0.0


def positives_per_row(tally: PredictionTally) -> float | None:
    """Mean number of classes at or above the threshold; None without rows, and where each row names its class."""
    n, positives = tally.n_samples, int(tally.scores.at.sum())
    if tally.setting.task == "binary":
        positives += int(tally.named[1])
    elif tally.named.any():
        return None
    return positives / n if n else None


def distinct_rows(tally: PredictionTally) -> int | None:
    """Different rows of scores, or different predicted classes; None above the cap."""
    if tally.named.any():
        return int(np.count_nonzero(tally.named))
    return tally.distinct.count
