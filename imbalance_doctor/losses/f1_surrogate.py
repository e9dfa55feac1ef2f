"""Binary cross entropy weighted so that a cut at 0.5 is the F1-optimal one, if F1 gets as high as expected.

Formula:
    (1 - F/2) y (-ln s(z)) + F/2 (1 - y) (-ln(1 - s(z))),        s = sigmoid, F the F1 you expect (`--param f=0.6`)

    F is never taken below 2p/(1+p), what predicting every sample positive scores, and is its own for each label.

Implied threshold:
    F/2, which is the F1-optimal threshold of a calibrated score whose best F1 is F.

When it helps:
    F1 at a fixed cut of 0.5, where no threshold can be tuned. Take F from validation, per task: a model that reached
    0.6 with another loss is trained with f=0.6.

When it does not:
    Where thresholds can be set: plain BCE with a tuned threshold reaches the same and keeps its probabilities. If F is
    taken too low, it names too much. With weights on top, which would be a second correction.

Reference:
    Su Jianlin (2020), kexue.fm 7708, weights from the gradient of a smoothed F1. Lipton, Elkan and Naryanaswamy (2014),
    Optimal thresholding of classifiers to maximize F1 measure: the threshold F/2.
"""

from ..errors import UsageError
from ..labels.boundary import all_positive_f1
from ..model import Recipe, Weights
from ..plugins import Loss
from . import _pair
from ._sigmoid_floor import sides

LOSS = Loss("f1-surrogate", dict.fromkeys(("binary", "multilabel"), ""))


def recipe(weights: Weights, *, f: float = 0.5) -> Recipe:
    """The loss for an expected F1 of `f`. Raises UsageError unless it lies above 0 and at most at 1."""
    if not 0 < f <= 1:
        raise UsageError(
            f"f must be an F1 above 0 and at most 1, not {f}", "the F1 on validation data, or leave it out"
        )
    expected = [max(f, all_positive_f1(*side)) for side in sides(weights)]
    return _pair.recipe(
        weights,
        LOSS.name,
        "Binary cross entropy weighted for F1",
        [1 - score / 2 for score in expected],
        [score / 2 for score in expected],
        (f"The F1 expected is {f:g}, or that of predicting every sample positive where it is higher.",),
    )
