"""Whether a run is frozen, and what of it: everything, only a metric, or only the validation.

What stands still, and why it counts as frozen, is decided series by series in `stuck`. Here the series of a run are put
together: a loss that stands still beside a metric that moves is another fault than the reverse.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..model import HistoryProfile, Series
from .movement import Rest, ends, thirds
from .pairs import SCORES, finite, share
from .stuck import Stuck, gain, stuck

MENTIONED, CERTAIN, LONG = 3, 5, 10
"""Values that a metric stands still for: to be mentioned, to be broken in training, to be broken in validation."""
MOVED = 0.05
"""A metric that gained this much has moved, whatever the others do."""
NEARLY_ALL = 0.99
"""At an accuracy this high few errors are left to change: worth a warning only."""


@dataclass(frozen=True)
class Frozen:
    """What stands still in a run. `moving` are the series that moved meanwhile; `certain`: whether the run is broken.

    `kind`: "training" when the training loss (or all there is) stands still, "metric" when a loss moves and the metrics
    of its split do not, "validation" when the training moves and the validation does not. `collapsed`: it had been
    better before, or stands on 0.
    """

    kind: Literal["training", "metric", "validation"]
    run: str
    rests: tuple[Rest, ...]
    moving: tuple[Series, ...]
    certain: bool
    collapsed: bool = False


def frozen(history: HistoryProfile) -> list[Frozen]:
    """What is frozen, run by run."""
    found = []
    for run in history.runs:
        numbers = [s for s in history.series if s.run == run and s.min is not None]
        series = [s for s in numbers if s.role in ("loss", *SCORES) and s.n >= MENTIONED]
        still = [at for s in series if (at := stuck(s, series, history)) is not None]
        training = of_training(run, series, still)
        others = () if training else (of_validation(run, series, still), of_metrics(run, series, still))
        found += [one for one in (training, *others) if one is not None]
    return found


def of_training(run: str, series: Sequence[Series], still: Sequence[Stuck]) -> Frozen | None:
    """Every training loss stands still; in a log without training losses, every loss; without losses, every metric.

    Where a metric of the same split moves all the same, the printed loss is not the one that is trained: not certain.
    """
    losses = [s for s in series if s.role == "loss"]
    base = [s for s in losses if s.split == "train"] or losses or list(series)
    here = [at for at in still if at.series in base]
    if not base or len(here) < len(base):
        return None
    if not losses and min(len(at.rest.points) for at in here) < CERTAIN:
        return None
    splits = {s.split for s in base}
    moving = tuple(s for s in series if s.role != "loss" and s.split in splits and abs(gain(s)) >= MOVED)
    also = [at for at in still if at not in here]
    rests = tuple(at.rest for at in (*here, *also))
    return Frozen("training", run, rests, moving, not moving, any(at.collapsed for at in here))


def of_validation(run: str, series: Sequence[Series], still: Sequence[Stuck]) -> Frozen | None:
    """The training moves, while every validation loss, or every validation metric, stands still.

    A validation metric alone may stand still for a while on a small validation set: that is certain only over many
    records in which the validation loss does not fall either.
    """
    standing = {id(at.series) for at in still}
    moving = tuple(s for s in series if s.split == "train" and id(s) not in standing and has_moved(s))
    losses = [s for s in series if s.split != "train" and s.role == "loss"]
    metrics = [s for s in series if s.split != "train" and s.role != "loss"]
    here = [at for at in still if at.series.split != "train"]
    if not moving or not here:
        return None
    rests = tuple(at.rest for at in here)
    if losses and all(id(s) in standing for s in losses):
        return Frozen("validation", run, rests, moving, True, any(at.collapsed for at in here))
    if not metrics or any(id(s) not in standing for s in metrics) or all(s.role == "loss" for s in moving):
        return None
    shortest = min(len(rest.points) for rest in rests)
    if shortest < CERTAIN:
        return None
    certain = shortest >= LONG - 2 and not any(falls(s) for s in losses)
    return Frozen("validation", run, rests, moving, certain, any(at.collapsed for at in here))


def of_metrics(run: str, series: Sequence[Series], still: Sequence[Stuck]) -> Frozen | None:
    """Metrics stand still while the loss of their split moves, and no metric of the training gains.

    On what is printed when nothing is answered they do so whatever the loss does, unless that is frozen as well.
    Certain over CERTAIN records of the training, over LONG of the validation, or over three of both.
    """
    standing = {id(at.series) for at in still}
    moving = tuple(s for s in series if s.role == "loss" and id(s) not in standing)
    there, moved = {s.split for s in moving}, {s.split for s in moving if has_moved(s)}
    here = [at for at in still if at.series.role != "loss" and at.series.split in (there if at.on_nothing else moved)]
    gaining = any(s.split == "train" and s.role != "loss" and abs(gain(s)) >= MOVED for s in series)
    here = [at for at in here if at.on_nothing or not gaining]
    clear = [at for at in here if at.sharp and share(at.series)[-1].value < NEARLY_ALL and not gaining]
    both = {"train", "validation"} <= {at.series.split for at in clear}
    long = [at for at in here if both or len(at.rest.points) >= CERTAIN or at.series.split == "train"]
    if not long:
        return None
    certain = both or any(is_certain(at, series) for at in long)
    collapsed = any(at.collapsed or at.on_nothing for at in long)
    return Frozen("metric", run, tuple(at.rest for at in long), moving, certain, collapsed)


def is_certain(at: Stuck, series: Sequence[Series]) -> bool:
    """Whether one metric that stands still shows a broken run."""
    n = len(at.rest.points)
    if not at.sharp:
        return False
    beside = [s for s in series if s.split == at.series.split and s.role == "accuracy" and s is not at.series]
    if at.on_nothing:
        return n >= CERTAIN and not any(abs(gain(s)) >= MOVED for s in beside)
    return share(at.series)[-1].value < NEARLY_ALL and n >= (CERTAIN if at.series.split == "train" else LONG)


def has_moved(series: Series) -> bool:
    """Whether a series ended elsewhere than it began: a loss by a hundredth of its start, a metric by MOVED."""
    if series.role != "loss":
        return abs(gain(series)) >= MOVED
    points = finite(series)
    start, end = ends(points)
    return abs(end - start) > max(0.01 * abs(start), 3 * points[-1].half_width)


def falls(series: Series) -> bool:
    """Whether a loss is lower in its last third than in its first."""
    start, end = thirds([point.value for point in finite(series)])
    return end < start
