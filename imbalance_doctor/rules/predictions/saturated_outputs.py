"""The scores are nearly all 0 or 1, and wrong too often for that; or they are 0 and 1 exactly.

Why it matters: a saturated output says "certain". Its gradient is nearly 0, so training cannot correct it, and rounding
has thrown away the order that thresholds and ranking need. Scores of exactly 0 and 1 are answers, not scores.

A warning when half of the probabilities are within 0.000001 of 0 or 1 and the log loss exceeds that of a model that
knows only the class counts. An info when every score is exactly 0 or 1. A confident model that is right is left alone.

What to do: lower the learning rate, clip gradients, normalise inputs, use label smoothing or weight decay; calibrate
with a temperature on held-out rows. Dump the scores before rounding, in float32.

Example: 60 % of the scores below 0.000001 or above 0.999999, log loss 4.1 where the class counts alone give 0.693.

Reference: Guo et al. 2017, On calibration of modern neural networks; scikit-learn, log_loss clips at the float's eps.
"""

from collections.abc import Iterator

from ...model import Finding, PredictionProfile
from ...plugins import Rule, Severity
from .._wording import number, percent

RULE = Rule("saturated-outputs", "IMB211", Severity.WARNING)
RIGHT = 0.01
"""Log loss below which hard answers are simply right."""


def check(predictions: PredictionProfile, *, saturated: float = 0.5) -> Iterator[Finding]:
    """At most one finding."""
    from ...predictions.expected import scored

    p = predictions
    if not scored(p) or p.verdict in ("cannot_judge", "constant", "miswired"):
        return
    loss, floor = (p.truth.log_loss, p.truth.log_loss_floor) if p.truth else (None, None)
    evidence = {
        "saturated_share": p.saturated_share,
        "log_loss": loss,
        "log_loss_floor": floor,
        "distinct_rows": p.distinct_rows,
    }
    if p.saturated_share >= saturated and loss is not None and floor is not None and loss > max(floor, RIGHT):
        yield Finding(
            RULE,
            f"{percent(p.saturated_share)} of the probabilities are within 0.000001 of 0 or 1, and the log loss of "
            f"{number(loss)} is worse than the {number(floor)} of knowing the class counts only",
            (),
            evidence,
            "lower the learning rate or clip gradients, normalise the inputs, and fit a temperature on held-out rows",
        )
        return
    hard = p.saturated_share == 1 and p.score_kind == "probabilities" and p.score_range == (0.0, 1.0)
    few = p.distinct_rows is not None and p.distinct_rows <= max(2, len(p.classes))
    if hard and few and (loss is None or loss > RIGHT):
        yield Finding(
            RULE,
            "every score is 0 or 1: answers, which cannot be ranked or cut elsewhere",
            (),
            evidence,
            "dump the scores before rounding or argmax",
            Severity.INFO,
        )
