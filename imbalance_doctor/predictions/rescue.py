"""The rescue without retraining: every correction of the decision that applies, tried before it is named.

With truth each is cross-fitted and its gain over the predictions as they are has a bootstrap interval; without truth
the parameters are computed and nothing is claimed. If the scores rank no class better than chance nothing is offered:
moving a cut cannot add information.
"""

from collections.abc import Sequence
from dataclasses import replace
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..model import Remedy
from . import thresholds, trials
from .blocks import ScoreSample, Setting
from .crossfit import Examiner, cross_fitted, part, shuffled
from .decisions import Cut, decide, in_class_order, log_scores, winners
from .offsets import normalised
from .scoring import METRICS
from .trials import Trial

NONE = "none"
"""The name of a remedy that is none: its note says why there is nothing to correct."""
FEWEST_ROWS = 20
"""Rows with truth below which nothing is tried."""
CHANCE = 0.005
"""Probability that scores without information pass for informative, all classes together."""

CONSTANT = 1e-4
"""Standard deviation of the log odds over rows, in units of that between classes or of 1, up to which scores are the
same in every row."""

PREFERENCE = {
    "macro-f1": ("prior-matching", "prior-boundary", "logit-adjustment", "global-threshold"),
    "micro-f1": ("global-threshold", "prior-matching", "weights-undone"),
    "accuracy": ("weights-undone", "prior-matching"),
    "balanced-accuracy": ("logit-adjustment", "prior-boundary", "prior-matching"),
}
"""Which correction to try first where there is no truth to choose by."""

_NO_CUT = {
    "ranking": "A ranking has no cut to move: AUROC and average precision stay the same under every threshold.",
    "cost": (
        "The cheapest cut follows from the costs, not from the prior: predict a class from probability "
        "c_FP / (c_FP + c_FN) up. Undo class weights first, and check the calibration."
    ),
}


def rescue(sample: ScoreSample | None, setting: Setting, metric: str) -> tuple[Remedy, ...]:
    """The corrections, best first: by the cross-fitted metric, or by `PREFERENCE` without truth.

    `metric`: accuracy, balanced-accuracy, macro-f1 or micro-f1; for ranking and cost one remedy "none" says why there
    is nothing to tune. A remedy "none" also stands where the scores cannot be corrected. () for predicted labels.
    """
    if sample is None or setting.score_kind == "labels" or not sample.scores.size:
        return ()
    if metric not in METRICS:
        return (_none(metric, None, _NO_CUT.get(metric, f"No cut is tuned for {metric}.")),)
    everything = shuffled(sample)
    judged = _judged(everything, setting)
    if judged is None or judged.truth is None:
        return _untested(everything, setting, metric)
    few = len(judged.rows)
    if few < FEWEST_ROWS:
        why = f"{few} rows have a truth and no tie: too few to try a correction on, {FEWEST_ROWS} are needed."
        return (_none(metric, None, why),)
    as_is = decide(judged.scores, setting)
    examiner = Examiner(judged.truth, judged.known, metric, len(setting.classes), as_is)
    reason = _why_nothing_helps(judged, setting)
    if reason:
        return (_none(metric, examiner.as_is, reason),)
    return _tried(everything, judged, setting, examiner, as_is)


def withheld(metric: str, why: str) -> tuple[Remedy, ...]:
    """The remedy "none" alone, where the verdict rules every correction out."""
    return (_none(metric, None, why),)


def best(remedies: Sequence[Remedy]) -> Remedy | None:
    """The remedy to use: the best one whose gain is beyond chance, else None. Without truth the first to try.

    Among remedies whose intervals overlap the highest score wins.
    """
    tested = [r for r in remedies if r.interval is not None]
    if tested:
        gaining = [r for r in tested if r.interval is not None and r.interval[0] > 0]
        return max(gaining, key=lambda r: r.score or 0.0, default=None)
    return next((r for r in remedies if r.name != NONE), None)


def _tried(
    everything: ScoreSample, judged: ScoreSample, setting: Setting, examiner: Examiner, as_is: NDArray[Any]
) -> tuple[Remedy, ...]:
    """Every trial cross-fitted; the parameters that are reported are fitted on the whole sample."""
    metric = examiner.metric
    working, on_logs = _working(judged, setting)
    whole, _ = _working(everything, setting)
    found = []
    for trial in trials.applicable(working, on_logs, metric):
        after = cross_fitted(trial.fit, working, on_logs)
        final = trial.fit(working if trial.needs_truth else whole)
        if after is None or final is None or np.array_equal(after, as_is):
            continue
        score, gain = examiner.examine(after)
        found.append(_remedy(trial, metric, final, setting, examiner.as_is, score, gain, judged))
    if not found:
        return (_none(metric, examiner.as_is, "No correction changes a prediction."),)
    return tuple(sorted(found, key=lambda r: -(r.score or 0.0)))


def _untested(sample: ScoreSample, setting: Setting, metric: str) -> tuple[Remedy, ...]:
    """What can be computed from scores and priors alone, in the order in which to try it."""
    working, on_logs = _working(replace(sample, truth=None, known=None), setting)
    if _constant(working.scores, on_logs.score_kind):
        return (_none(metric, None, "The scores are the same in every row: no cut can tell the rows apart."),)
    found = []
    for trial in trials.applicable(working, on_logs, metric):
        cut = trial.fit(working)
        if cut is not None:
            found.append(_remedy(trial, metric, cut, setting, None, None, None, sample))
    if not found:
        return (_none(metric, None, "Without truth and without priors there is nothing to choose a cut by."),)
    order = PREFERENCE[metric]
    return tuple(sorted(found, key=lambda r: order.index(r.name) if r.name in order else len(order)))


def _constant(scores: NDArray[np.float64], kind: str) -> bool:
    columns = (c if kind == "logits" else thresholds.on_scale(np.clip(c, 1e-15, 1 - 1e-15), "logits") for c in scores.T)
    spreads, middles = zip(*((float(z.std()), float(z.mean())) for z in columns), strict=True)
    return bool(max(spreads) <= CONSTANT * max(1.0, float(np.std(middles))))


def _working(sample: ScoreSample, setting: Setting) -> tuple[ScoreSample, Setting]:
    """Scores that compete as log probabilities, which is what offsets are added to; others as they are."""
    if setting.task != "softmax":
        return sample, setting
    z = normalised(log_scores(sample.scores, setting.score_kind))
    return replace(sample, scores=z), replace(setting, score_kind="logits")


def _judged(sample: ScoreSample, setting: Setting) -> ScoreSample | None:
    """The rows that have a truth and, where scores compete, a single largest one; None when none has a truth.

    A tie counts neither for nor against the model, here as in the profile.
    """
    if sample.truth is None:
        return None
    if sample.truth.ndim == 2:
        rows = np.ones(len(sample.rows), np.bool_) if sample.known is None else sample.known.any(axis=1)
    else:
        rows = sample.truth >= 0
    if not rows.any():
        return None
    return part(sample, rows & (winners(sample.scores) >= 0) if setting.task == "softmax" else rows)


def _why_nothing_helps(judged: ScoreSample, setting: Setting) -> str:
    """Why no cut can help, or nothing.

    A class ranks beyond chance when the z of its AUROC exceeds what the best of K classes without information
    exceeds with probability `CHANCE`; that is at least `CHANCE_Z` for one class.
    """
    scores, truth = judged.scores, judged.truth
    assert truth is not None
    if setting.task == "softmax":
        scores = normalised(log_scores(scores, setting.score_kind))
    if truth.ndim == 1:
        columns = np.array([1]) if setting.task == "binary" else np.arange(scores.shape[1])
        truth = truth[:, None] == columns
    z = thresholds.area_z(scores, truth, judged.known)
    z = z[~np.isnan(z)]
    if not len(z):
        return "The truth holds one class only: there is nothing to decide between."
    beyond = max(thresholds.CHANCE_Z, NormalDist().inv_cdf(1 - CHANCE / len(z)))
    if z.max() >= beyond:
        return ""
    backwards = f" The AUROC of a class is below 0.5 (z {z.min():.1f}): look for swapped labels or columns."
    return (
        f"No class is ranked better than chance (largest z of an AUROC {z.max():.1f}, {beyond:.1f} needed): no "
        "threshold can help, because the scores hold nothing to cut. Look at the training: inputs, learning rate, bias "
        "initialisation, more epochs." + (backwards if z.min() <= -beyond else "")
    )


def _remedy(
    trial: Trial,
    metric: str,
    cut: Cut,
    setting: Setting,
    as_is: float | None,
    score: float | None,
    interval: tuple[float, float] | None,
    sample: ScoreSample,
) -> Remedy:
    cuts, shifts = in_class_order(cut, setting)
    kept = sum(c is None for c in cuts or ()) - (setting.task == "binary")
    notes = [trial.note]
    if cuts and kept > 0:
        notes.append(f"{kept} of {len(cuts)} classes keep their cut.")
    if not sample.whole:
        notes.append(f"On a sample of {len(sample.rows):,} rows.")
    return Remedy(trial.name, metric, as_is, score, interval, cuts, shifts, trial.needs_truth, " ".join(notes))


def _none(metric: str, as_is: float | None, why: str) -> Remedy:
    return Remedy(NONE, metric, as_is, None, None, None, None, False, why)
