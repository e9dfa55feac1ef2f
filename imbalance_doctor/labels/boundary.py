"""The implied decision boundary: where the prior of a class puts the cut, and what loss weights do to it.

Notation: p = P(y=1) is the prevalence, q = P(y=1|x) the posterior, w1 and w0 the loss weights of the positive and of
the negative term. Log loss is a proper score, so its optimum is q itself: a 0.5 cut on it minimises the error rate,
while the evidence x is neutral (likelihood ratio 1) exactly where q = p, the cut that minimises the balanced error.
"""

import math

Z95 = 1.959963984540054
"""The 97.5 % quantile of the normal distribution."""


def boundary(positives: int, negatives: int) -> float | None:
    """The posterior at which the evidence is neutral, which is the prior p = n1 / (n1 + n0).

    None when one side has no samples: there is nothing to decide between.
    """
    return positives / (positives + negatives) if positives and negatives else None


def log_odds(positives: int, negatives: int) -> float | None:
    """ln(p / (1 - p)) = ln n1 - ln n0 in nats: the bias that makes a sigmoid start at the prior.

    None when one side has no samples. Taken from the counts: 1 - p loses its digits, or becomes 0, when p is near 1.

    >>> log_odds(1, 99) == -log_odds(99, 1)
    True
    """
    if not (positives and negatives):
        return None
    if negatives < 2 * positives and positives < 2 * negatives:
        return math.log1p((positives - negatives) / negatives)
    return math.log(positives / negatives) if positives > negatives else -math.log(negatives / positives)


def evidence(positives: int, negatives: int) -> float | None:
    """The likelihood ratio a sample must reach for q > 0.5: (1 - p) / p = n0 / n1. None without two sides."""
    return negatives / positives if positives and negatives else None


def wilson(count: int, n: int, z: float = Z95) -> tuple[float, float] | None:
    """Score interval of a proportion, 95 % by default; None when n is 0.

    Wilson (1927), "Probable inference, the law of succession, and statistical inference". Unlike the normal
    approximation it stays inside [0, 1] and does not collapse to a point for a count of 0.
    """
    if n == 0:
        return None
    z2 = z * z
    centre = count + z2 / 2
    spread = z * math.sqrt(count * (n - count) / n + z2 / 4)
    low = (centre - spread) / (n + z2) if count else 0.0
    high = (centre + spread) / (n + z2) if count < n else 1.0
    return max(0.0, low), min(1.0, high)


def weighted_output(q: float, w1: float, w0: float) -> float:
    """What a model trained on log loss weighted (w1, w0) puts out where the posterior is q: w1 q / (w1 q + w0 (1-q)).

    Elkan (2001), "The foundations of cost-sensitive learning", theorem 2.
    """
    return w1 * q / (w1 * q + w0 * (1 - q))


def posterior_of_output(output: float, w1: float, w0: float) -> float:
    """The inverse of `weighted_output`: the posterior behind an output, q = o w0 / (o w0 + (1-o) w1).

    On the logit scale it subtracts ln(w1/w0). At output 0.5 it gives the boundary that the weights imply,
    w0 / (w0 + w1).
    """
    return output * w0 / (output * w0 + (1 - output) * w1)


def cost_boundary(false_positive: float, false_negative: float) -> float:
    """The posterior from which predicting positive is the cheaper mistake: c_FP / (c_FP + c_FN), correct answers free.

    Elkan (2001), equation 2.
    """
    return false_positive / (false_positive + false_negative)


def all_positive_f1(positives: int, negatives: int) -> float:
    """F1 of predicting every sample positive, 2p / (1 + p): what an uninformative score can reach at best.

    0 without positives, as scikit-learn has it with `zero_division=0`.
    """
    return 2 * positives / (2 * positives + negatives) if positives else 0.0


def lowest_f1_threshold(p: float) -> float:
    """The lowest F1-optimal threshold a calibrated score can have, p / (1 + p); the highest is 0.5.

    The optimum is F*/2 (Lipton, Elkan and Naryanaswamy 2014, "Optimal thresholding of classifiers to maximize F1
    measure"), and F* is at least `all_positive_f1`, 2p / (1 + p).
    """
    return p / (1 + p)
