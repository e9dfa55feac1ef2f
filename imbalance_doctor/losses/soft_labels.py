"""Cross entropy with softened targets: a part epsilon of every target is the prior, or the even answer.

Formula:
    cross entropy with (1 - epsilon) y + epsilon r in place of the hard y
    r = to_prior * prior + (1 - to_prior) * even        the even answer is 1/2 for a label, 1/K for a class

    `--param epsilon=0.1 --param to_prior=1`: softened towards the prior. `to_prior=0` is label smoothing.

Implied threshold:
    The optimum is (1 - epsilon) q + epsilon r, so output 0.5 is the posterior (1/2 - epsilon r) / (1 - epsilon): 0.5
    for a label softened towards 1/2, but above it for a rare one softened towards its prior. Of several classes the
    largest of these optima is named: the class of the largest q where the soft part is even.

When it helps:
    Wrong or missing labels, and outputs that are too sure of themselves. With unsure labels of your own, such as the
    shares of several annotators, give those as targets and epsilon 0.

When it does not:
    As a correction for imbalance: it has none, and the prior as the soft part makes a rare class a little harder to
    name. The floor of a model that learnt nothing stays where it is, while a perfect model no longer reaches 0.

Reference:
    Szegedy et al. (2016), Rethinking the inception architecture, CVPR, section 7, where u(k) may be the prior.
"""

import math
from collections.abc import Sequence

from ..errors import UsageError
from ..model import Recipe, Weights
from ..plugins import Loss
from ._sigmoid_floor import by_class, rates
from ._softmax_floor import entropy

LOSS = Loss("soft-labels", {"binary": "", "multiclass": "", "multilabel": ""})

_SIGMOID = """\
soft = (1 - EPSILON) * targets + EPSILON * {r}
loss = soft * @softplus(-logits) + (1 - soft) * @softplus(logits)
"""
_SOFTMAX = """\
soft = (1 - EPSILON) * @one_hot(targets, logits.shape[-1]) + EPSILON * soft_part
loss = -@sum(soft * @log_softmax(logits, -1), -1)
"""


def recipe(weights: Weights, *, epsilon: float = 0.1, to_prior: float = 1.0) -> Recipe:
    """The loss with soft targets. Raises UsageError when `epsilon` is not in 0 ... 0.5 or `to_prior` not in 0 ... 1."""
    if not 0 <= epsilon < 0.5:
        raise UsageError(f"epsilon must be at least 0 and below 0.5, not {epsilon}", "0.1 is usual")
    if not 0 <= to_prior <= 1:
        raise UsageError(f"to_prior must be between 0 and 1, not {to_prior}", "1 is the prior, 0 the even answer")
    softmax, one = weights.task == "multiclass", weights.task == "binary"
    total = sum(weights.counts)
    priors = [n / total for n in weights.counts] if softmax else [p for p, _ in rates(weights)]
    even = 1 / len(priors) if softmax else 0.5
    soft = tuple(to_prior * p + (1 - to_prior) * even for p in priors)
    cuts = [(0.5 - epsilon * r) / (1 - epsilon) for r in soft]
    # A loss linear in the target costs a constant output what it costs on the mean target.
    means = [(1 - epsilon) * p + epsilon * r for p, r in zip(priors, soft, strict=True)]
    return Recipe(
        LOSS.name,
        f"{'Cross' if softmax else 'Binary cross'} entropy with softened targets",
        "indices" if softmax else "one-logit" if one else "columns",
        "sample" if softmax else "element",
        {"EPSILON": float(epsilon), "SOFT_PART": soft[0] if one else soft},
        _SOFTMAX if softmax else _SIGMOID.replace("{r}", "SOFT_PART" if one else "soft_part"),
        named_from(weights.counts, soft, epsilon) if softmax else by_class(weights, cuts),
        entropy(means) if softmax else math.fsum(entropy((m, 1 - m)) for m in means) / len(means),
        (f"A perfect model stays at {(perfect if softmax else perfect_labels)(priors, soft, epsilon):.6g}, not at 0.",),
    )


def named_from(counts: Sequence[int], soft: Sequence[float], epsilon: float) -> tuple[float | None, ...]:
    """Per class, the posterior from which its logit is the largest, the others sharing the rest as their counts do.

    The strongest rival is the most frequent one. 0 for a class whose soft part alone beats every rival, None for one
    without samples or without rivals.
    """
    total = sum(counts)
    *_, second, first = sorted([(n, r) for n, r in zip(counts, soft, strict=True)] + [(0, 0.0)])
    cuts: list[float | None] = []
    for n, r in zip(counts, soft, strict=True):
        m, rival = second if n == first[0] else first
        share = m / (total - n) if n and m else None
        cut = None if share is None else (share + epsilon / (1 - epsilon) * (rival - r)) / (1 + share)
        cuts.append(None if cut is None else max(0.0, cut))
    return tuple(cuts)


def perfect(priors: Sequence[float], soft: Sequence[float], epsilon: float) -> float:
    """The mean entropy of the soft targets of one class per sample."""
    parts = [surprise(epsilon * r) for r in soft]
    gains = [surprise(1 - epsilon + epsilon * r) - part for r, part in zip(soft, parts, strict=True)]
    return math.fsum([*parts, *(p * gain for p, gain in zip(priors, gains, strict=True))])


def perfect_labels(priors: Sequence[float], soft: Sequence[float], epsilon: float) -> float:
    """The mean entropy of the soft targets of labels."""
    ends = [(p, epsilon * r, 1 - epsilon + epsilon * r) for p, r in zip(priors, soft, strict=True)]
    means = ((1 - p) * entropy((low, 1 - low)) + p * entropy((high, 1 - high)) for p, low, high in ends)
    return math.fsum(means) / len(ends)


def surprise(x: float) -> float:
    """-x ln x."""
    return -x * math.log(x) if x > 0 else 0.0
