"""Focal loss on one sigmoid per class, each sample weighted by the effective number of its class.

Formula:
    w_t sum_k (1 - p_k)^gamma (-ln p_k),    p_k = sigmoid(z_k) for k = t, sigmoid(-z_k) else; mean over the batch

    w_k = 1 / E(n_k), E(n) = (1 - beta^n) / (1 - beta), `--beta`. The weight of the sample's class is a factor of all K
    terms, and the sum is divided by the batch size, not by K and not by the weights.

Implied threshold:
    The largest output is that of class a rather than b from q_a / q_b = w_b / w_a on, for whatever gamma. An output
    passes 0.5 only at w_r / (w_c + w_r), w_r the mean weight of the others: 0.5 for equal weights.

When it helps:
    Long tails with near-duplicates in the head, where the inverse frequency is too much. Start the last bias at
    -ln(K - 1), or the K - 1 negative terms drown the first epochs.

When it does not:
    With a beta that does not match the counts: 1 / (1 - beta) is the count at which it saturates, 0.9 does nothing to
    classes of hundreds. Outputs are not probabilities: gamma shrinks them towards 0.5.

Reference:
    Cui et al. (2019), Class-balanced loss based on effective number of samples, CVPR; its repository,
    `src/cifar_main.py`, whose weights sum to K (`--normalize sum`) and whose gamma is 0.5, 1 or 2.
"""

import math

from ..errors import UsageError
from ..model import Recipe, Weights
from ..plugins import Loss
from ._largest_logit import by_weight
from ._sigmoid_floor import focal, least

LOSS = Loss("class-balanced-focal", {"multiclass": "effective-number"})

# (1 - p)^gamma as exp(-gamma softplus): no power of zero, no logarithm of zero.
_BODY = """\
true = @one_hot(targets, logits.shape[-1])
positive = @exp(-GAMMA * @softplus(logits)) * @softplus(-logits)
negative = @exp(-GAMMA * @softplus(-logits)) * @softplus(logits)
loss = @take(weights, targets) * @sum(true * positive + (1 - true) * negative, -1)
"""


def recipe(weights: Weights, *, gamma: float = 2.0) -> Recipe:
    """The loss with class weights on K sigmoids. Raises UsageError when `gamma` is negative."""
    if gamma < 0:
        raise UsageError(f"gamma must be at least 0, not {gamma}", "0.5, 1 and 2 are the values of the paper")
    total = sum(weights.counts)
    masses = [n / total * w for n, w in zip(weights.counts, weights.values, strict=True)]
    mean = math.fsum(masses)
    return Recipe(
        LOSS.name,
        "Focal loss on one sigmoid per class, weighted by the class of the sample",
        "indices",
        "sample",
        {"WEIGHTS": weights.values, "GAMMA": float(gamma)},
        _BODY,
        by_weight(weights),
        math.fsum(
            least(lambda z: focal(z, gamma), lambda z: focal(-z, gamma), [(mass, mean - mass) for mass in masses])
        ),
        ("Start the bias of the last layer at -ln(K - 1).",),
    )
