"""The corrections of the decision, each as something to fit and to try.

Scores that compete (softmax) get offsets, others (sigmoid, binary) get thresholds. Where the priors are not known from
elsewhere they are those of the truth of the rows that are fitted on, and the correction then needs truth.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from . import offsets, scoring, thresholds
from .blocks import ScoreSample, Setting
from .crossfit import Fit, part
from .decisions import Cut
from .scoring import Counts

FIT_CELLS = 500_000
"""Scores that the fits of offsets and weights look at: enough for a few numbers, and a bound on the time."""
TUNE_CELLS = 200_000
"""The same where each step of the fit costs more."""
LEAST_WEIGHT = math.log(1.5)
"""The smallest weight (as logarithm) worth undoing."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """What the fits are for."""

    setting: Setting
    metric: str

    @property
    def binary(self) -> bool:
        """One column of scores, for the class at index 1."""
        return self.setting.task == "binary"

    @property
    def priors_given(self) -> bool:
        """Whether the priors come from elsewhere: those counted from the truth would leak between the halves."""
        return self.setting.priors is not None and self.setting.prior_source != "truth"


@dataclass(frozen=True)
class Trial:
    """A correction that this evidence allows: its name, how to fit it, whether that takes truth, what to know."""

    name: str
    fit: Fit
    needs_truth: bool
    note: str


@dataclass(frozen=True)
class Correction:
    """A correction of the catalogue; `needs` is what the fit takes besides the scores."""

    name: str
    fit: Callable[[Case, ScoreSample], Cut | None]
    needs: Literal["priors", "truth", "neither"]
    note: str


def applicable(sample: ScoreSample, setting: Setting, metric: str) -> Iterator[Trial]:
    """The corrections that this evidence allows, in the order of the catalogue."""
    case = Case(setting, metric)
    has_truth = sample.truth is not None
    for correction in COMPETING if setting.task == "softmax" else SEPARATE:
        if correction.needs == "truth" or (correction.needs == "priors" and not case.priors_given):
            if has_truth:
                yield Trial(correction.name, partial(correction.fit, case), True, correction.note)
        elif correction.needs == "priors" or not has_truth:
            yield Trial(correction.name, partial(correction.fit, case), False, correction.note)


def priors_of(case: Case, sample: ScoreSample) -> Floats:
    """Prevalence of each column of scores: that of the setting, else that of the sample's truth."""
    if case.priors_given or sample.truth is None:
        assert case.setting.priors is not None
        priors = np.array(case.setting.priors, np.float64)
        return priors[1:] if case.binary else priors
    if sample.truth.ndim == 2:
        known = np.ones(sample.truth.shape, np.bool_) if sample.known is None else sample.known
        return np.asarray((sample.truth & known).sum(axis=0) / np.maximum(known.sum(axis=0), 1))
    counts = np.bincount(sample.truth, minlength=len(case.setting.classes))
    shares: Floats = counts / max(len(sample.truth), 1)
    return shares[1:] if case.binary else shares


def _at_priors(case: Case, sample: ScoreSample) -> Cut | None:
    return _moved(thresholds.prior_boundary(priors_of(case, sample), case.setting.score_kind))


def _matched(case: Case, sample: ScoreSample) -> Cut | None:
    return _moved(thresholds.prior_matching(sample.scores, priors_of(case, sample)))


def _tuned(case: Case, sample: ScoreSample) -> Cut | None:
    assert sample.truth is not None
    truth = sample.truth[:, None] == 1 if case.binary else sample.truth
    objective = _OBJECTIVES[case.metric, case.binary]
    return _moved(thresholds.tuned(sample.scores, truth, sample.known, objective))


def _pooled(case: Case, sample: ScoreSample) -> Cut | None:
    assert sample.truth is not None
    if case.binary:  # One column: the threshold of its own is the same thing.
        return None
    return _moved(np.full(sample.scores.shape[1], thresholds.pooled_f1(sample.scores, sample.truth, sample.known)))


def _expected(case: Case, sample: ScoreSample) -> Cut | None:
    scores = _first(sample, FIT_CELLS).scores
    return _moved(np.full(scores.shape[1], thresholds.expected_f1(scores, case.setting.score_kind)))


def _unweighted(case: Case, sample: ScoreSample) -> Cut | None:
    setting = case.setting
    priors = priors_of(case, sample)
    logs = thresholds.weight_undone(_first(sample, TUNE_CELLS).scores, priors, setting.score_kind)
    logs = np.where(np.abs(logs) < LEAST_WEIGHT, np.nan, logs)
    return _moved(thresholds.shifted(setting.threshold, logs, setting.score_kind))


def _adjusted(case: Case, sample: ScoreSample) -> Cut | None:
    return Cut(offsets=offsets.adjustment(priors_of(case, sample)))


def _matched_argmax(case: Case, sample: ScoreSample) -> Cut | None:
    z, priors = _first(sample, FIT_CELLS).scores, priors_of(case, sample)
    if priors[priors > 0].min(initial=1.0) * len(z) < offsets.FEWEST_ROWS:
        return None
    return Cut(offsets=offsets.prior_matching(z, priors))


def _adjusted_by_tau(case: Case, sample: ScoreSample) -> Cut | None:
    rows = _first(sample, FIT_CELLS)
    priors = priors_of(case, sample)
    return Cut(offsets=offsets.adjustment(priors, offsets.best_tau(rows.scores, priors, _worth(case, rows))))


def _tuned_offsets(case: Case, sample: ScoreSample) -> Cut | None:
    k = len(case.setting.classes)
    start = _adjusted_by_tau(case, sample)
    rows = _first(sample, TUNE_CELLS)
    if k > offsets.MOST_CLASSES or start is None or start.offsets is None or rows.truth is None:
        return None
    support = np.bincount(rows.truth, minlength=k)
    return Cut(offsets=offsets.tuned(rows.scores, start.offsets, support, _worth(case, rows)))


def _unweighted_argmax(case: Case, sample: ScoreSample) -> Cut | None:
    found = offsets.weights_undone(_first(sample, FIT_CELLS).scores, priors_of(case, sample))
    return Cut(offsets=found) if np.nanmax(np.abs(found), initial=0.0) >= LEAST_WEIGHT else None


def _worth(case: Case, rows: ScoreSample) -> offsets.Worth:
    """The metric of class indices against the truth of these rows."""
    assert rows.truth is not None
    truth, k = rows.truth, len(case.setting.classes)
    support, known = np.bincount(truth, minlength=k), np.array([len(truth)])

    def worth(predicted: NDArray[Any]) -> float:
        hits = np.bincount(truth[truth == predicted], minlength=k)
        answered = np.bincount(predicted[predicted >= 0], minlength=k)
        return float(scoring.value(case.metric, Counts(hits, answered, support, known, False)))

    return worth


def _moved(cuts: Floats) -> Cut | None:
    """None when no column's threshold moves."""
    return None if np.isnan(cuts).all() else Cut(thresholds=cuts)


def _first(sample: ScoreSample, cells: int) -> ScoreSample:
    """The first rows of a shuffled sample, as many as hold that many scores."""
    return part(sample, slice(0, max(1, cells // int(sample.scores.shape[1]))))


_OBJECTIVES = {
    ("macro-f1", True): "both-f1",
    ("macro-f1", False): "f1",
    ("micro-f1", True): "accuracy",
    ("micro-f1", False): "f1",
    ("accuracy", True): "accuracy",
    ("accuracy", False): "accuracy",
    ("balanced-accuracy", True): "balanced-accuracy",
    ("balanced-accuracy", False): "balanced-accuracy",
}
"""What a threshold is tuned for, by metric and whether the task is binary."""

_MATCHING = "Each class is predicted as often as it occurs"
_UNDOING = "Undoes the class weights that the scores seem to carry, so that mean probabilities fit the priors."

SEPARATE = (
    Correction(
        "prior-boundary",
        _at_priors,
        "priors",
        "Cuts each class at its prior, where the evidence is neutral: for balanced accuracy, if scores are calibrated.",
    ),
    Correction("prior-matching", _matched, "priors", f"{_MATCHING}: the cut is the 1 - p quantile of its scores."),
    Correction(
        "per-class-thresholds",
        _tuned,
        "truth",
        "A threshold tuned for each class, shrunk towards prior matching where samples are few.",
    ),
    Correction("global-threshold", _pooled, "truth", "One threshold for all classes, the best for pooled F1 (F*/2)."),
    Correction(
        "global-threshold",
        _expected,
        "neither",
        "One threshold for all classes, half the F1 that the scores expect (F*/2): right if they are calibrated.",
    ),
    Correction("weights-undone", _unweighted, "priors", _UNDOING),
)
"""For scores that do not compete: thresholds."""

COMPETING = (
    Correction(
        "logit-adjustment",
        _adjusted,
        "priors",
        "Subtracts ln(prior) from the logits or log probabilities: each class is cut at its prior, which is meant for "
        "balanced accuracy.",
    ),
    Correction("prior-matching", _matched_argmax, "priors", f"{_MATCHING}, by an offset for each class."),
    Correction(
        "tuned-logit-adjustment",
        _adjusted_by_tau,
        "truth",
        "Subtracts tau ln(prior), one tau between -1 and 2 tuned for all classes.",
    ),
    Correction(
        "per-class-offsets",
        _tuned_offsets,
        "truth",
        "An offset tuned for each class, shrunk towards the tuned logit adjustment where samples are few.",
    ),
    Correction("weights-undone", _unweighted_argmax, "priors", _UNDOING),
)
"""For scores that compete: offsets."""
