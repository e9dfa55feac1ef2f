"""Cross entropy with a margin for the true class that grows as the class gets rarer.

Formula:
    -ln( e^(s (z_t - m_t)) / (e^(s (z_t - m_t)) + sum_(k != t) e^(s z_k)) )        m_k = C n_k^(-1/4), s = `scale`

    z are cosines: features and class vectors of length 1. The rarest class has the margin `--max-margin`, 0.5. Plain
    logits want `--param scale=1`. Binary: two logits.

Implied threshold:
    Two classes: class 1 from sigmoid(s m_0) / (sigmoid(s m_0) + sigmoid(s m_1)) on, near 0.5 once s m is large.
    With more it depends on how the rest share the posterior. The margin works on the training data, not on the prior.

When it helps:
    Networks that fit their training data to 100 %, with class weights of effective numbers switched on for the last
    fifth of the epochs (deferred re-weighting, DRW), where the paper has most of its gain.

When it does not:
    As a correction of the threshold: at the optimum it names about what plain cross entropy names. A large loss at the
    start, up to s m + ln(K - 1), is normal.

Reference:
    Cao et al. (2019), Learning imbalanced datasets with label-distribution-aware margin loss, NeurIPS; LDAM-DRW
    `losses.py` and `cifar_train.py` (s = 30, DRW from epoch 160 of 200 with beta 0.9999).
"""

import math

from ..errors import UsageError
from ..model import Recipe, Weights
from ..plugins import Loss
from ._largest_logit import unweighted
from ._softmax_floor import FAR, margin

LOSS = Loss("ldam", {"binary": "ldam-margin", "multiclass": "ldam-margin"})

_BODY = """\
true = @one_hot(targets, logits.shape[-1])
log_p = @log_softmax(SCALE * (logits - true * margins), -1)
loss = -@sum(true * log_p, -1)
"""
NOTES = (
    "Logits are cosines: features and class vectors of length 1, no bias. For plain logits SCALE is 1.",
    "Deferred re-weighting: for the last fifth of the epochs multiply by class weights of --scheme effective-number.",
)


def recipe(weights: Weights, *, scale: float = 30.0) -> Recipe:
    """The loss with margins, none under `uniform`. Raises UsageError when `scale` is not above 0, or far too large."""
    margins = weights.values if weights.kind == "margin" else (0.0,) * len(weights.values)
    if not 0 < scale * max(1.0, *margins) <= FAR:
        raise UsageError(
            f"scale must be above 0, and scale times margin at most {FAR:g}", "30 is the value of the paper"
        )
    scaled = [scale * m for m in margins]
    return Recipe(
        LOSS.name,
        "Cross entropy with the margin of the true class taken from its logit",
        "indices",
        "sample",
        {"MARGINS": margins, "SCALE": float(scale)},
        _BODY,
        boundary(weights, scaled),
        margin(weights.counts, scaled),
        NOTES,
    )


def boundary(weights: Weights, scaled: list[float]) -> tuple[float | None, ...]:
    """For two classes, from the slopes of the loss where both logits are equal."""
    if weights.kind != "margin":
        return unweighted(weights)
    if len(scaled) != 2:
        return (None,) * len(scaled)
    slopes = [1 / (1 + math.exp(-m)) for m in scaled]
    return slopes[1] / sum(slopes), slopes[0] / sum(slopes)
