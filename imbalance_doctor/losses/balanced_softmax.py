"""Cross entropy of the logits plus the log of the class counts: the softmax of the mix that was trained on.

Formula:
    -ln( n_t e^(z_t) / sum_k n_k e^(z_k) )        n_k the count of class k, t the true class

    Logit adjustment with tau = 1: ln n_k and ln share_k differ by a constant, which a softmax does not see.

Implied threshold:
    The bare logits name the class with the largest q_k / n_k: a class from its own prior on, where the others share the
    rest of the posterior as their counts do.

When it helps:
    Long tails scored by balanced accuracy or macro recall, with networks that fit their training data.

When it does not:
    For accuracy, which wants the prior kept. With class-balanced sampling or weights on top: the imbalance is then
    corrected twice. The paper adds a sampler of its own for that reason.

Reference:
    Ren et al. (2020), Balanced meta-softmax for long-tailed visual recognition, NeurIPS, eq. 4.
"""

import math

from ..errors import InputError
from ..model import Recipe, Weights
from ..plugins import Loss
from ._largest_logit import named_from
from ._softmax_floor import entropy

LOSS = Loss("balanced-softmax", {"multiclass": ""})

_BODY = """\
log_p = @log_softmax(logits + log_counts, -1)
loss = -@take_along_axis(log_p, targets[:, None], -1)[:, 0]
"""
NOTES = ("Predict from the bare logits: the counts are in the loss only.",)


def recipe(weights: Weights) -> Recipe:
    """The loss with the log counts. Raises InputError for a class without samples: ln 0 is not a number to add."""
    counts = weights.counts
    empty = [name for name, n in zip(weights.classes, counts, strict=True) if n == 0]
    if empty:
        raise InputError(
            f"{len(empty)} class(es) without samples, the first {empty[0]!r}: {LOSS.name} has no ln(count) for them",
            "use --loss logit-adjusted --zero-count exclude, the same loss with a number of your choice for them",
        )
    logs = tuple(math.log(n) for n in counts)
    return Recipe(
        LOSS.name,
        "Cross entropy of logits plus the log of the class counts",
        "indices",
        "sample",
        {"LOG_COUNTS": logs},
        _BODY,
        named_from(weights, [-log for log in logs]),
        entropy(counts),
        NOTES,
    )
