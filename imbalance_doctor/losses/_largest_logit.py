"""The posterior from which the largest of K logits names a class.

At the optimum of a weighted softmax, focal or not, and of K weighted sigmoids the logits are ordered as w_k q_k. So
class c is named once w_c q exceeds every w_j (1-q) n_j / (N - n_c), the others sharing the rest of the posterior as
their counts do. That is lower than where the output of c passes one half, which has to beat all others together; with
two classes the two are the same.
"""

import math
from collections.abc import Sequence

from ..model import Weights


def named_from(weights: Weights, log_factors: Sequence[float]) -> tuple[float | None, ...]:
    """Per class, that posterior, for the logarithms of the factors w; for an offset o of the logits that is -o.

    None where the weights state no boundary, and for an only class.
    """
    counts, total = weights.counts, sum(weights.counts)
    rivals = [math.log(n) + f if n else -math.inf for n, f in zip(counts, log_factors, strict=True)]
    # The largest but one is the strongest rival of the largest.
    *_, second, first = sorted([-math.inf, *rivals])
    cuts: list[float | None] = []
    for count, own, rival, stated in zip(counts, log_factors, rivals, weights.boundary_after, strict=True):
        against = second if rival == first else first
        if stated is None or against == -math.inf:
            cuts.append(None)
            continue
        cuts.append(sigmoid(against - own - math.log(total - count)))
    return tuple(cuts)


def by_weight(weights: Weights) -> tuple[float | None, ...]:
    """The same for class weights as they stand. A weight of 0 has no boundary."""
    return named_from(weights, [math.log(w) if w > 0 else -math.inf for w in weights.values])


def unweighted(weights: Weights) -> tuple[float | None, ...]:
    """The same for a loss that leaves the weights out, whatever was put in the slot of a class without samples."""
    return named_from(weights, [0.0] * len(weights.counts))


def sigmoid(x: float) -> float:
    """1 / (1 + e^-x) without overflow."""
    return 1 / (1 + math.exp(-x)) if x > 0 else math.exp(x) / (1 + math.exp(x))
