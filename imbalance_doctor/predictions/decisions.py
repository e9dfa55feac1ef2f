"""From scores to predictions, as they are or with a correction: the one place where a cut is applied."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import UsageError
from ..model import PredictionProfile, Remedy
from .blocks import Setting

Floats = NDArray[np.float64]
Scale = Setting | PredictionProfile
"""What says how scores are to be read: task, score kind and threshold."""

TINY = float(np.finfo(np.float64).tiny)


@dataclass(frozen=True)
class Cut:
    """A correction: thresholds for the columns of scores (sigmoid, binary), or offsets for the classes (softmax).

    Thresholds are on the scale of the scores and are reached by equality. Offsets are added to the logits, or to the
    logarithms of the probabilities. NaN: this column or class stays as it is.
    """

    thresholds: Floats | None = None
    offsets: Floats | None = None


def decide(scores: NDArray[Any], setting: Scale, cut: Cut | None = None) -> NDArray[Any]:
    """Predictions for scores (n, columns), as they are without a cut.

    softmax: (n,) class indices, -1 where no class wins: a tie for the largest score, or a score that is not finite.
    sigmoid: (n, K) booleans, binary: (n,) indices 0 and 1; NaN reaches no threshold.
    """
    if setting.task == "softmax":
        if cut is None or cut.offsets is None:
            return winners(scores)
        return winners(log_scores(scores, setting.score_kind) + np.nan_to_num(cut.offsets))
    fired = scores >= thresholds_of(cut, setting.threshold, scores.shape[1])
    return fired if setting.task == "sigmoid" else fired[:, 0].astype(np.int32)


def thresholds_of(cut: Cut | None, threshold: float, columns: int) -> Floats:
    """The threshold of every column, (columns,), those that stay as they are included."""
    as_is = np.full(columns, threshold, np.float64)
    if cut is None or cut.thresholds is None:
        return as_is
    return np.where(np.isnan(cut.thresholds), as_is, cut.thresholds)


def winners(scores: NDArray[Any]) -> NDArray[np.int32]:
    """The class of the single largest score of each row, -1 where there is none or a score is not finite."""
    best = scores.argmax(axis=1)
    top = np.take_along_axis(scores, best[:, None], axis=1)
    alone = ((scores == top).sum(axis=1) == 1) & np.isfinite(scores).all(axis=1)
    return np.where(alone, best, -1).astype(np.int32)


def log_scores(scores: NDArray[Any], kind: str) -> Floats:
    """Logits as they are, probabilities as logarithms. A probability of 0 becomes the smallest normal number."""
    if kind == "logits":
        return np.asarray(scores, np.float64)
    return np.asarray(np.log(np.maximum(np.asarray(scores, np.float64), TINY)))


def cut_of(remedy: Remedy, setting: Scale) -> Cut:
    """The cut behind a remedy's numbers, which are in class order."""
    if remedy.offsets is not None:
        return Cut(offsets=_array(remedy.offsets))
    if remedy.thresholds is not None:
        values = remedy.thresholds[1:] if setting.task == "binary" else remedy.thresholds
        return Cut(thresholds=_array(values))
    return Cut()


def in_class_order(cut: Cut, setting: Scale) -> tuple[tuple[float | None, ...] | None, tuple[float | None, ...] | None]:
    """Thresholds and offsets for a remedy, None for what stays as it is. A binary task has no score of class 0."""
    thresholds = None if cut.thresholds is None else _numbers(cut.thresholds)
    if thresholds is not None and setting.task == "binary":
        thresholds = (None, *thresholds)
    return thresholds, None if cut.offsets is None else _numbers(cut.offsets)


def as_columns(scores: Any, profile: PredictionProfile) -> NDArray[Any]:
    """Scores like those of the profile as an array (n, columns): arrays by position, data frames by column name.

    Raises UsageError for another number of columns, or a data frame that lacks one.
    """
    width = 1 if profile.task == "binary" else len(profile.classes)
    if hasattr(scores, "columns"):
        scores = scores[_named(list(scores.columns), profile, width)]
    array = np.asarray(scores)
    if array.ndim == 1 and width == 1:
        array = array[:, None]
    if array.ndim != 2 or array.shape[1] != width or array.dtype.kind not in "fiu":
        raise UsageError(
            f"scores of type {array.dtype} and shape {array.shape} are not like those examined",
            f"give numbers for {width} column{'s' * (width > 1)}, in class order",
        )
    return array


def _named(columns: list[Any], profile: PredictionProfile, width: int) -> list[Any]:
    """The columns of a data frame that hold the scores, in class order: those examined, or named for the classes."""
    classes = [row.name for row in profile.classes][-width:]
    for wanted in (list(profile.layout.columns), classes):
        found = {str(column): column for column in columns}
        if len(wanted) == width and all(name in found for name in wanted):
            return [found[name] for name in wanted]
    if len(columns) == width and not profile.layout.columns:
        return columns
    wanted = list(profile.layout.columns) or classes
    absent = next((name for name in wanted if name not in set(map(str, columns))), wanted[0])
    raise UsageError(f"the data frame has no column {absent!r}", "name the columns as in the scores examined")


def _array(values: tuple[float | None, ...]) -> Floats:
    return np.array([np.nan if v is None else v for v in values], np.float64)


def _numbers(values: Floats) -> tuple[float | None, ...]:
    return tuple(float(v) if np.isfinite(v) else None for v in values)
