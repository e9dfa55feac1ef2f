"""Losses that stand still on a number that says what the model learnt: nothing from its input."""

import math
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean

from ..model import ClassCounts, Fingerprint, Point, Series
from . import constants
from .constants import SHARP, SOFT
from .faults import fault
from .movement import NOISY, Rest, noise, rest, thirds
from .pairs import by_split, is_accuracy, joined, partner, writes_all_digits

CLEARLY_LEARNT, MOST_CHANCE = 0.9, 2.5
"""An accuracy above this, or above MOST_CHANCE / K, is not taken for chance where no label file says what the largest
class has."""
PINNED = 0.6
"""A loss this large beside CLEARLY_LEARNT is not that of a healthy sigmoid."""
SPREAD_OUT = 0.7
"""Where no class has more than this, answers that wander between the classes score anything below the largest."""
MOST_DICE_CLASSES = 6
"""1 - 1/K is dense for larger K."""

Candidate = tuple[str, float]


def at_floors(series: Sequence[Series], floors: Mapping[str, float], counts: ClassCounts | None) -> list[Fingerprint]:
    """Losses at rest on a floor, beside a metric that stands still too and is no better than a constant answer."""
    candidates = {**floors, **double_sigmoid(counts)}.items()
    found = []
    for group in by_split(series).values():
        exact = writes_all_digits(group)
        for loss in (one for one in group if one.role == "loss"):
            still, metric = rest(loss), partner(loss, group)
            rows = joined(loss, metric, exact) if metric is not None else ()
            beside = [row.share.value for row in rows[-len(still.points) :]] if still is not None else []
            if still is None or metric is None or not stands(beside):
                continue
            known, level = counts if is_accuracy(metric) else None, fmean(beside)
            fitting = [(name, value) for name, value in candidates if credible(name, value, level, known)]
            hit = nearest(still.level, fitting)
            if hit is not None:
                found.append(at(hit, still, rows[-1].loss, rows[-1].metric))
    return found


def double_sigmoid(counts: ClassCounts | None) -> dict[str, float]:
    """The floor of BCE-with-logits of a sigmoid at the prevalence of these counts."""
    if counts is None or counts.task == "multiclass" or not counts.n_samples:
        return {}
    p = fmean(counts.prevalences) if counts.task == "multilabel" else counts.shares[-1]
    return {constants.DOUBLE_SIGMOID: constants.double_sigmoid(p)}


def credible(name: str, floor: float, accuracy: float, counts: ClassCounts | None) -> bool:
    """Whether an accuracy (or, without counts, another score) fits a model whose loss stands on this floor.

    A model that learnt nothing answers one class, or at random: its accuracy is near that of a constant answer. Behind
    a second sigmoid a model may have learnt, and on rare labels its loss is pinned near ln 2 all the same.
    """
    if counts is None:
        classes = int(name.rsplit("-", 1)[1]) if name.startswith(f"{constants.UNIFORM}-") else 2
        return accuracy <= min(CLEARLY_LEARNT, MOST_CHANCE / classes)
    if name == constants.DOUBLE_SIGMOID:
        all_ones = fmean(counts.prevalences) if counts.task == "multilabel" else counts.shares[-1]
        return near_answer(accuracy, all_ones) or (floor >= PINNED and accuracy >= CLEARLY_LEARNT)
    if counts.task == "multilabel":
        zeros = 1 - fmean(counts.prevalences)
        return near_answer(accuracy, zeros) or near_answer(accuracy, 1 - zeros)
    best = max(counts.shares)
    if best <= SPREAD_OUT and accuracy <= best + 0.02:
        return True
    return any(near_answer(accuracy, share) for share in (*counts.shares, 1 / len(counts.names)))


def near_answer(accuracy: float, answer: float) -> bool:
    """Whether an accuracy may be that of a constant answer, on a split whose shares differ a little."""
    return abs(accuracy - answer) <= 0.25 * min(answer, 1 - answer) + 0.005


def stands(values: Sequence[float]) -> bool:
    """Whether a metric stands still: it scatters by at most 0.05, and drifts by no more than that scatter explains."""
    if len(values) < 3:
        return False
    if len(values) < NOISY:
        return max(values) - min(values) <= 0.02
    mean = fmean(values)
    deviation = math.sqrt(fmean([(v - mean) ** 2 for v in values]))
    start, end = thirds(values)
    error = noise(values) * math.sqrt(2 / (len(values) // 3))
    return deviation <= 0.05 and abs(end - start) <= max(0.01, 3 * error)


def nearest(level: float, candidates: Iterable[Candidate]) -> Candidate | None:
    """The nearest of the numbers within 0.6 % of a level, the first among equals."""
    near = [(abs(level - value) / value, (name, value)) for name, value in candidates]
    hits = [hit for hit in near if hit[0] <= SOFT]
    return min(hits, key=lambda hit: hit[0])[1] if hits else None


def at(hit: Candidate, still: Rest, loss: Point, metric: Point | None) -> Fingerprint:
    """The fingerprint of a loss at rest on a value."""
    name, value = hit
    tolerance = max(loss.half_width, 1e-5 * value)
    exact = still.identical and abs(loss.value - value) <= tolerance <= SHARP * value
    return Fingerprint(
        name,
        "exact" if exact else "compatible",
        still.series.run,
        still.series.split,
        loss,
        metric,
        {"loss": value},
        tolerance if exact else SOFT * value,
        fault(name).meaning,
    )


def at_dice(series: Sequence[Series], counts: ClassCounts | None) -> list[Fingerprint]:
    """Dice losses that stand still from the start on 1 - 1/K, or on the least of self-adjusting Dice.

    Both print 0.8 (K = 5). A metric beside it that moves speaks for the loss that stands there by design. The name of
    the loss is part of the evidence, so that no metric has to be there.
    """
    numbers = range(2, MOST_DICE_CLASSES + 1) if counts is None else constants.class_numbers(counts)
    one_class = [(f"{constants.ONE_CLASS_DICE}-{k}", constants.one_class_dice(k)) for k in numbers]
    by_design = [(constants.SELF_ADJUSTING_DICE, value) for value in constants.SELF_ADJUSTING_FLOORS]
    found = []
    for loss in series:
        still = rest(loss) if loss.role == "loss" and "dice" in loss.name.lower() else None
        if still is None or not still.whole:
            continue
        metric = partner(loss, series)
        rows = joined(loss, metric, False) if metric is not None else ()
        moving = bool(rows) and not stands([row.share.value for row in rows])
        hit = nearest(still.level, by_design if moving else [*one_class, *by_design])
        if hit is not None:
            found.append(at(hit, still, still.points[-1], rows[-1].metric if rows else None))
    return found
