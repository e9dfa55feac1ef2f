"""A focal loss made of a mean: (1 - exp(-H))^gamma H, where H is the mean cross entropy of the whole batch.

The focal factor belongs to each sample, (1 - p_t)^gamma. Around a loss that has been averaged already it is one number
for the batch: it scales the step, down to nothing as H falls, and no hard sample gains on an easy one. exp(-H) is the
geometric mean of the p_t. A scalar alpha in front does nothing but scale either.

It is found by its pairs: a loss beside a plain cross entropy H of the same split and record, or the last validation
loss beside the log loss of the dump. One number proves nothing; a curve that is followed over several records does.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ..history.pairs import finite
from ..model import HistoryProfile, Point, PredictionProfile, Series

GAMMAS = (1.0, 2.0, 3.0, 5.0)
ALPHAS = (1.0, 0.25, 0.5, 0.75)
SAME, NEAR = 0.006, 0.05
"""Relative distance within which a pair lies on the curve, and within which batches explain the rest."""
RECORDS, SPAN = 4, 1.2
"""Records that have to lie on it, and how far H has to move over them, largest to smallest."""
PLAIN = ("cross", "ce", "nll", "log_loss", "logloss")


@dataclass(frozen=True)
class MeanFocal:
    """What was found: the numbers of the curve, the last pair on it, how many records, and whether all are sharp."""

    gamma: float
    alpha: float
    loss: Point
    cross_entropy: float
    records: int
    sharp: bool
    source: str

    @property
    def formula(self) -> str:
        """The curve with its numbers."""
        alpha = "" if self.alpha == 1 else f"{self.alpha:g} · "
        return f"{alpha}(1 - exp(-H))^{self.gamma:g} H"


def curve(h: float, gamma: float, alpha: float) -> float:
    """What the faulty loss prints at mean cross entropy `h`.

    >>> round(curve(math.log(2), 2, 1), 6), round(curve(math.log(2), 2, 0.25), 6)
    (0.173287, 0.043322)
    """
    return float(alpha * (-math.expm1(-h)) ** gamma * h)


def find(history: HistoryProfile | None, predictions: PredictionProfile | None) -> MeanFocal | None:
    """The fault, by the log alone where it prints both losses, else by log and dump. None when there is no sign."""
    if history is None:
        return None
    losses = [series for series in history.series if series.role == "loss"]
    for loss in losses:
        for plain in losses:
            same = (loss.run, loss.split) == (plain.run, plain.split)
            found = _along(loss, plain) if same and loss is not plain and is_plain(plain) else None
            if found is not None:
                return found
    return _beside(losses, predictions)


def is_plain(series: Series) -> bool:
    """Whether the name of a loss says that it is the plain cross entropy."""
    name = series.name.lower().replace("/", "_")
    return "focal" not in name and any(word in name if len(word) > 3 else word in name.split("_") for word in PLAIN)


def _along(loss: Series, plain: Series) -> MeanFocal | None:
    at = {point.record: point.value for point in finite(plain) if point.value > 0}
    rows = [(point, at[point.record]) for point in finite(loss) if point.record in at]
    if len(rows) < RECORDS or max(h for _, h in rows) < SPAN * min(h for _, h in rows):
        return None
    for gamma in GAMMAS:
        for alpha in ALPHAS:
            off = [_off(point, h, gamma, alpha) for point, h in rows]
            if max(off) <= NEAR:
                return MeanFocal(gamma, alpha, *rows[-1], len(rows), max(off) <= SAME, "history")
    return None


def _beside(losses: Sequence[Series], predictions: PredictionProfile | None) -> MeanFocal | None:
    """The last validation loss beside the log loss of the dump: one pair, so the usual gamma and alpha only."""
    h = predictions.truth.log_loss if predictions is not None and predictions.truth is not None else None
    if not h:
        return None
    for series in losses:
        last = finite(series)[-1:] if series.split != "train" else ()
        for point in last:
            for alpha in (1.0, 0.25):
                if _off(point, h, 2.0, alpha) <= SAME:
                    return MeanFocal(2.0, alpha, point, h, 1, False, "history and predictions")
    return None


def _off(point: Point, h: float, gamma: float, alpha: float) -> float:
    """Relative distance from the curve, less what the printed digits leave open."""
    expected = curve(h, gamma, alpha)
    return max(0.0, abs(point.value - expected) - point.half_width) / expected if expected else math.inf
