"""Cross entropy of scaled cosines with one margin for every class: the true class must win by that much.

Formula:
    -ln( e^(s (cos_t - m)) / (e^(s (cos_t - m)) + sum_(k != t) e^(s cos_k)) )        s = `scale`, m = `margin`

Implied threshold:
    The margin is the same for all classes, so the class of the largest posterior wins as without it: of two classes
    from 0.5 on.

When it helps:
    Embeddings, many classes of few samples, retrieval and verification: classes are pushed apart on the sphere, and the
    length of the class vectors, which grows with their counts, is taken out of the decision.

When it does not:
    As a correction for imbalance: it has none. `ldam` makes the margin depend on the count. A loss of
    ln(1 + (K-1) e^(s m)) at the start, 10.5 for two classes, is normal, and outputs are not probabilities.

Reference:
    Wang et al. (2018), Additive margin softmax for face verification, IEEE SPL (s = 30, m = 0.35).
"""

from ..errors import UsageError
from ..model import Recipe, Weights
from ..plugins import Loss
from ._largest_logit import unweighted
from ._softmax_floor import FAR
from ._softmax_floor import margin as floor

LOSS = Loss("am-softmax", {"binary": "", "multiclass": ""})

_BODY = """\
true = @one_hot(targets, logits.shape[-1])
log_p = @log_softmax(SCALE * (logits - MARGIN * true), -1)
loss = -@sum(true * log_p, -1)
"""
NOTES = (
    "Logits are cosines: features and class vectors of length 1, no bias.",
    "The same margin for every class: it does not correct the imbalance.",
)


def recipe(weights: Weights, *, scale: float = 30.0, margin: float = 0.35) -> Recipe:
    """The loss for cosines. Raises UsageError when `scale` is not above 0 or `margin` is negative or far too large."""
    if not (0 < scale <= FAR and 0 <= scale * margin <= FAR):
        raise UsageError(
            f"scale must be above 0, margin at least 0 and their product at most {FAR:g}",
            "30 and 0.35 are the values of the paper",
        )
    return Recipe(
        LOSS.name,
        "Cross entropy of scaled cosines, a margin taken from that of the true class",
        "indices",
        "sample",
        {"SCALE": float(scale), "MARGIN": float(margin)},
        _BODY,
        unweighted(weights),
        floor(weights.counts, [scale * margin] * len(weights.counts)),
        NOTES,
    )
