"""The mean weight of a sample is far from one, and the loss does not divide by it.

Why it matters: the loss, and with it every gradient, is multiplied by that mean. With plain gradient descent that is
the learning rate; with weight decay, gradient clipping, or the regularisation of a linear model or a tree it changes
what is learnt, and no loss curve can be compared with the one before.

What to do: divide all weights by the mean, sum n w / sum n: their ratios, and so the boundary, stay as they are. A
pos-weight has no scale to choose: divide the learning rate. PyTorch's cross entropy divides by the weights of the
batch.

Example: raw inverse frequencies N / n have a mean of K, the number of classes. "balanced" divides by K.

Reference: scikit-learn, compute_class_weight; Keras, reduction sum_over_batch_size.
"""

from collections.abc import Iterator

from ...model import Finding, GivenProfile
from ...plugins import Rule, Severity
from .._wording import number

RULE = Rule("learning-rate-scale", "IMB412", Severity.WARNING)
EXACT = 1e-9


def check(weights: GivenProfile, *, factor: float = 3.0) -> Iterator[Finding]:
    """One finding where the mean is off by more than `factor`; info where it is not known what the loss divides by."""
    mean = weights.sample_mean
    if mean is None or mean <= 0 or weights.divides or weights.role in ("focal-alpha", "offset", "unknown"):
        return
    if 1 / factor - EXACT <= mean <= factor + EXACT:
        return
    scalable = weights.role in ("class-weight", "weight-per-label", "pair")
    known = weights.divides is not None
    yield Finding(
        RULE,
        f"the mean weight of a sample is {number(mean)}"
        + (
            ": that is a factor on the learning rate"
            if known
            else ", a factor on the learning rate unless the loss divides by the weights"
        ),
        (),
        {"sample_mean": mean, "divides": weights.divides},
        f"divide all weights by {mean:.6g}" if scalable else f"divide the learning rate by {mean:.6g}",
        None if known else Severity.INFO,
    )
