"""Cross entropy of the logits plus an offset for the prior, predictions from the bare logits.

Formula:
    one class per sample:    -ln softmax(z + o)_t,    o_c = tau ln(share_c), t the true class
    multi-label:             BCE of z + o,            o_c = tau ln(p_c / (1 - p_c)), p = prevalence
    binary, one logit:       BCE of z + o_1 - o_0

Implied threshold:
    With tau = 1 a class is named from its own prior on, as under balanced weights; p^tau / (p^tau + (1-p)^tau) for one
    label.

When it helps:
    Neural networks and long tails, scored by balanced accuracy or macro recall: consistent for the balanced error where
    loss weights fade once the training data are separated.

When it does not:
    For accuracy, which wants the prior kept. With weights or resampling on top: each corrects the whole imbalance. The
    bare logits are not log-odds of the real mix of classes; adding the offset gives them back.

Reference:
    Menon et al. (2021), Long-tail learning via logit adjustment, ICLR, eq. 10.
"""

import math

from ..model import Recipe, Weights
from ..plugins import Loss
from ._largest_logit import named_from

LOSS = Loss("logit-adjusted", dict.fromkeys(("binary", "multiclass", "multilabel"), "logit-adjustment"))

_SIGMOID = """\
adjusted = logits + {offset}
loss = targets * @softplus(-adjusted) + (1 - targets) * @softplus(adjusted)
"""
_SOFTMAX = """\
log_p = @log_softmax(logits + log_prior, -1)
loss = -@take_along_axis(log_p, targets[:, None], -1)[:, 0]
"""


def recipe(weights: Weights) -> Recipe:
    """The loss with the offsets of a scheme of kind `offset`."""
    # Of no scheme there is no offset: it is added to the logits, where a factor of one is none.
    values = weights.values if weights.kind == "offset" else (0.0,) * len(weights.values)
    notes = ("Predict from the bare logits: the offset is in the loss only.",)
    if weights.task == "multiclass":
        return Recipe(
            LOSS.name,
            "Cross entropy of logits plus the log of the prior",
            "indices",
            "sample",
            {"LOG_PRIOR": values},
            _SOFTMAX,
            named_from(weights, [-o for o in values]),
            entropy(weights.counts),
            notes,
        )
    if weights.task == "binary":
        offset: float | tuple[float, ...] = values[1] - values[0]
        rates = [weights.counts[1] / sum(weights.counts)]
    else:
        offset = values
        rates = [n / (n + m) for n, m in zip(weights.counts, weights.negatives, strict=True)]
    one = weights.task == "binary"
    return Recipe(
        LOSS.name,
        "Binary cross entropy of logits plus the log-odds of the prior",
        "one-logit" if one else "columns",
        "element",
        {"LOG_ODDS": offset},
        _SIGMOID.replace("{offset}", "LOG_ODDS" if one else "log_odds"),
        weights.boundary_after if weights.kind == "offset" else (0.5,) * len(values),
        math.fsum(binary_entropy(p) for p in rates) / len(rates),
        notes,
    )


def entropy(counts: tuple[int, ...]) -> float:
    """Entropy in nats of the shares of these counts: what the offset leaves to a constant output."""
    total = sum(counts)
    return -math.fsum(n / total * math.log(n / total) for n in counts if n)


def binary_entropy(p: float) -> float:
    """Entropy in nats of one label."""
    return 0.0 if p in (0.0, 1.0) else -(p * math.log(p) + (1 - p) * math.log1p(-p))
