"""Accuracies and F1 that stand on what one and the same answer to every sample scores."""

from collections.abc import Mapping, Sequence

from ..model import Fingerprint, Point, Series
from .constants import SOFT
from .faults import CONSTANT_ANSWER, fault
from .pairs import by_split, is_accuracy, share, unrounded, writes_all_digits

ARITHMETIC = 1e-6
Answers = Mapping[str, Mapping[str, float]]


def at_constant_answers(series: Sequence[Series], answers: Answers) -> list[Fingerprint]:
    """Metrics whose last half (at least three records) stands on the score of a constant answer.

    In a shorter log accuracy and F1 of the same record both have to agree. `answers` as in `constants`.
    """
    found = []
    for group in by_split(series).values():
        exact = writes_all_digits(group)
        hits = {metric.name: on_answer(metric, answers, exact) for metric in group}
        here = [hit for hit in hits.values() if hit is not None]
        if len(here) > 1 or any(hits[metric.name] is not None and metric.n >= 3 for metric in group):
            found += here
    return found


def on_answer(metric: Series, answers: Answers, all_digits: bool) -> Fingerprint | None:
    """The fingerprint of a metric on the nearest of the scores of constant answers, None when on none.

    The band is relative to the score or to what it lacks to 1, whichever is less.
    """
    found = [(key, scores[key]) for key in score_keys(metric) for scores in answers.values() if key in scores]
    points: tuple[Point, ...] = share(metric) if found else ()
    if not points:
        return None
    tail = [unrounded(point) if all_digits else point for point in points[-max(3, len(points) // 2) :]]
    key, target = min(found, key=lambda hit: abs(hit[1] - tail[-1].value))
    band = SOFT * min(target, 1 - target)
    half = max(point.half_width for point in tail)
    if half > band or any(abs(point.value - target) > band for point in tail):
        return None
    exact = all(abs(point.value - target) <= half + ARITHMETIC for point in tail)
    names = [name for name, scores in answers.items() if scores.get(key) == target]
    meaning = fault(CONSTANT_ANSWER).meaning
    return Fingerprint(
        CONSTANT_ANSWER,
        "exact" if exact else "compatible",
        metric.run,
        metric.split,
        None,
        metric.points[-1],
        {key: target},
        half + ARITHMETIC if exact else band,
        f'{meaning}: "{names[0]}"' if len(names) == 1 else meaning,
    )


def score_keys(metric: Series) -> tuple[str, ...]:
    """Under which names `constants.constant_answers` may have a metric."""
    name = metric.name.lower()
    if is_accuracy(metric):
        return () if "balanced" in name else ("accuracy",)
    if metric.role != "f1":
        return ()
    kinds = {"macro": ("macro_f1",), "weighted": ("weighted_f1",), "micro": ("accuracy",)}
    return next((keys for kind, keys in kinds.items() if kind in name), ("macro_f1", "f1"))
