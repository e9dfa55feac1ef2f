"""What a dump and a log already settle: wiring, a training that went wrong or learnt nothing, scores that rank, a
correction that is in the scores already. Each returns what shows it, None where nothing does.

The 5 % around the floor of the plain loss is the decision tree's; other losses are recognised by the fingerprints of
`history`, which are ten times as narrow, because their floors lie closer together.
"""

from collections.abc import Sequence
from statistics import median

from ..history.constants import SELF_ADJUSTING_DICE
from ..history.courses import divergences, not_finite
from ..history.faults import fault as meaning_of
from ..history.frozen import frozen
from ..history.pairs import finite
from ..history.stuck import gain
from ..model import Fingerprint, HistoryProfile, LabelProfile, PredictionProfile, Series
from ..predictions.skill import skill
from ..predictions.wiring import fault, is_inverted, mapping
from ..rules.predictions import over_correction
from . import mean_focal
from .case import number

NEAR_FLOOR = 0.05
"""Relative distance from the floor of the plain loss within which next to nothing was learnt."""
GAINED = 0.1
"""A metric that gained this much says that something was learnt, whatever the loss."""
UNRELIABLE = ("miswired", "cannot_judge")
Known = tuple[str, str]
"""What shows it, and what to do about it."""


def wiring(predictions: PredictionProfile | None, history: HistoryProfile | None) -> Known | None:
    """Outputs, loss, labels and scores that do not fit together: the first proof."""
    found = mean_focal.find(history, predictions)
    if found is not None and found.sharp:
        return f"the loss is {found.formula} of the mean cross entropy H", FOCAL_REMEDY
    for hit in history.fingerprints if history is not None else ():
        if is_proof(hit):
            known = meaning_of(hit.name)
            return f"the log prints {known.title}; {known.meaning}", known.remedy
    if predictions is None or predictions.verdict != "miswired":
        return None
    seen = fault(predictions)
    if seen is not None:
        return seen.message, seen.remedy
    if mapping(predictions) is not None:
        return (
            "the columns of the scores are in another order than the truth",
            "compare label2id with the order of the columns (--classes states it)",
        )
    if is_inverted(predictions):
        return "the scores rank upside down", "look for a swapped 0 and 1, or the column of the other class"
    return "the scores are not what they were taken for", "say what they are with --kind, or dump them again"


FOCAL_REMEDY = (
    'take the cross entropy of each sample (reduction="none"), apply (1 - p_t)^gamma to each, and average last; alpha '
    "is one number per class, looked up by the label"
)


def is_proof(hit: Fingerprint) -> bool:
    """Whether a fingerprint proves a fault of the wiring: an exact pair, or a clip's cost per error."""
    sure = hit.match == "exact" or "loss_per_error" in hit.expected
    return meaning_of(hit.name).kind == "wiring" and hit.name != SELF_ADJUSTING_DICE and sure


def broken_run(history: HistoryProfile | None) -> Known | None:
    """NaN at the end, a loss that grew, or a run that fell back."""
    if history is None:
        return None
    ended = next((s for s, to_the_end in not_finite(history) if to_the_end and s.role == "loss"), None)
    if ended is not None and ended.not_finite is not None:
        return (
            f"{ended.name} is not finite from record {ended.not_finite.record:,} on",
            "check pos_weight of classes without samples, log(0) and the learning rate; resume from the record before",
        )
    grew = next(iter(divergences(history)), None)
    if grew is not None:
        return (
            f"{grew.loss.name} grows to {number(grew.last.value)}, its best was {number(grew.best.value)}",
            "lower the learning rate tenfold, warm up, clip the gradients, and normalise loss weights to a mean of 1",
        )
    fell = next((one for one in frozen(history) if one.collapsed and one.certain and one.kind == "training"), None)
    if fell is not None:
        return (
            f"{fell.rests[0].series.name} fell back to {number(fell.rests[0].level)} and stays there",
            "go back to the weights before it fell, lower the learning rate and clip the gradients",
        )
    return None


def nothing_learnt(
    labels: LabelProfile | None, predictions: PredictionProfile | None, history: HistoryProfile | None
) -> str | None:
    """No signal in the scores, or a loss that stands on the floor. Scores that rank overrule the loss."""
    p = None if predictions is None or predictions.verdict in UNRELIABLE else predictions
    if p is not None and skill(p).intact:
        return None
    if p is not None and p.verdict == "constant":
        return "the scores do not react to the input"
    if p is not None and (p.verdict == "prior_only" or skill(p).absent):
        return "no class ranks above chance"
    if history is None:
        return None
    floor = next((hit for hit in history.fingerprints if meaning_of(hit.name).kind == "floor" and hit.loss), None)
    if floor is not None and floor.loss is not None:
        return f"the {floor.split} loss rests at {number(floor.loss.value)}, on {meaning_of(floor.name).title}"
    still = next((one for one in frozen(history) if one.kind == "training" and one.certain), None)
    if still is not None:
        return f"{still.rests[0].series.name} stands still at {number(still.rests[0].level)}"
    return near_floor(labels, history)


def near_floor(labels: LabelProfile | None, history: HistoryProfile) -> str | None:
    """A plain loss that ends within 5 % of what the class frequencies alone give, beside no metric that gained."""
    floor = plain_floor(labels)
    if not floor:
        return None
    gained = any(s.role not in ("loss", "learning_rate", "other") and gain(s) >= GAINED for s in history.series)
    for series in () if gained else plain_losses(history.series):
        end = finite(series)[-1].value
        if abs(end - floor) <= NEAR_FLOOR * floor:
            return (
                f"{series.name} ends at {number(end)}, within 5 % of {number(floor)}, what the class frequencies alone "
                "give"
            )
    return None


def plain_floor(labels: LabelProfile | None) -> float | None:
    """The loss of a model that knows the class frequencies only, under the plain loss of the task."""
    if labels is None:
        return None
    row = labels.floors["losses"].get("bce_mean" if labels.task == "multilabel" else "cross_entropy", {})
    floor = row.get("prior")
    return None if floor is None else float(floor)


def plain_losses(series: Sequence[Series]) -> list[Series]:
    """The losses whose name does not say that they are another one; those of the training first."""
    other = ("focal", "dice", "hinge", "margin", "mse", "l2", "penalty", "reg")
    found = [s for s in series if s.role == "loss" and finite(s) and not any(word in s.name.lower() for word in other)]
    return sorted(found, key=lambda s: s.split != "train")


def ranking(predictions: PredictionProfile | None) -> str | None:
    """Scores that tell the classes apart: at least half of the classes with enough truth rank."""
    p = predictions
    if p is None or p.verdict in (*UNRELIABLE, "constant", "prior_only") or not skill(p).intact:
        return None
    found = skill(p)
    middle = median(row.auroc for row in found.judged if row.auroc is not None)
    return f"{len(found.ranked):,} of {len(found.judged):,} classes rank, median AUROC {number(middle)}"


def corrected(predictions: PredictionProfile | None) -> Known | None:
    """A correction that is in the scores already."""
    found = () if predictions is None else tuple(over_correction.check(predictions))
    return (found[0].message, found[0].remedy) if found else None
