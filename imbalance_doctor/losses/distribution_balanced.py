"""Rows weighed by how rare their labels are, and negatives that soon stop pulling: for labels that come together.

Formula:
    weight of label k in a row:   w = a + s(b (r - mu)),   r = (1/n_k) / sum of 1/n_j over the labels j of the row
    logits moved to the prior:    u = z - kappa ln(1/p_k - 1)
    positives:                    w (1 - s(u))^gamma (-ln s(u))
    negatives, tolerant:          w / lam  s(lam u)^gamma (-ln(1 - s(lam u)))

    s = sigmoid, n = count, p = prevalence; the mean over all elements. A row without labels has the limit w = a + 1.

Implied threshold:
    Below 0.5, and lower the rarer the label: with gamma = 0, s(-lam nu) / (s(nu) + s(-lam nu)), nu = kappa ln(1/p - 1).
    The weight w of the row raises it somewhat: a row is weighed less where it carries the label.

When it helps:
    Multi-label networks with strong co-occurrence, where repeating rows of rare labels repeats frequent ones with them,
    and a tail that plain cross entropy never names.

When it does not:
    Where no row has two labels; where probabilities are wanted. It has six numbers to tune: mu depends on the data set
    (0.2 and 10 for b were found on images, 0.9 and 0.05 for mu on news and papers). The published codes disagree on
    the scale: they multiply by a constant, here there is none.

Reference:
    Wu et al. (2020), Distribution-balanced loss for multi-label classification in long-tailed datasets, ECCV. Huang et
    al. (2021), Balancing methods for multi-label text classification with long-tailed class distribution, EMNLP.
"""

import math

import numpy as np

from ..errors import UsageError
from ..model import Recipe, Weights
from ..plugins import Loss
from ._sigmoid_floor import by_class, cut, floor, focal, focal_slope, rates, sides

LOSS = Loss("distribution-balanced", {"multilabel": ""})

BODY = """\
# A row without labels gets the limit A + 1
carried = @clip(@sum(targets * rarity, -1), 1e-12, 1e12)[:, None]
weight = A + @sigmoid(B * (rarity / carried - MU))
moved = logits - prior_shift
eased = LAM * moved
positive = @exp(-GAMMA * @softplus(moved)) * @softplus(-moved)
negative = @exp(-GAMMA * @softplus(-eased)) * @softplus(eased) / LAM
loss = weight * (targets * positive + (1 - targets) * negative)
"""


def recipe(
    weights: Weights,
    *,
    kappa: float = 0.05,
    lam: float = 2.0,
    a: float = 0.1,
    b: float = 10.0,
    mu: float = 0.2,
    gamma: float = 2.0,
) -> Recipe:
    """The loss for these counts; a side without samples is counted as one. Raises UsageError for numbers below 0.

    The boundary is that at equal weight of the row. The floor depends on which labels come together, which counts do
    not tell: stated where b = 0, else the notes have the range.
    """
    if lam <= 0 or min(kappa, a, b, mu, gamma) < 0:
        raise UsageError(
            "lam must be above 0, and kappa, a, b, mu and gamma 0 or more", "leave them out for the defaults"
        )
    counted = [(max(n, 1), max(m, 1)) for n, m in sides(weights)]
    shifts = [kappa * math.log(m / n) for n, m in counted]
    rarest = min(n for n, _ in counted)
    cuts = [cut(focal_slope(-nu, gamma), -focal_slope(lam * nu, gamma)) for nu in shifts]
    even = floor(lambda u: focal(u, gamma), lambda u: focal(-lam * u, gamma) / lam, rates(weights))
    return Recipe(
        LOSS.name,
        "Distribution-balanced loss",
        "columns",
        "element",
        {
            "RARITY": tuple(rarest / n for n, _ in counted),
            "PRIOR_SHIFT": tuple(shifts),
            "A": a,
            "B": b,
            "MU": mu,
            "LAM": lam,
            "GAMMA": gamma,
        },
        BODY,
        by_class(weights, cuts),
        (a + 0.5) * even if b == 0 else None,
        notes(weights, even, a, b, mu),
    )


def notes(weights: Weights, even: float, a: float, b: float, mu: float) -> tuple[str, ...]:
    """What the weights of the rows leave open."""
    found = []
    if b:
        least = a + 1 / (1 + math.exp(min(b * mu, 700.0)))
        found.append(
            f"That is at equal weight of the row. A row is weighed less where it carries the label: this raises the "
            f"odds of the boundary, at most {drift(a, b, mu):.4g}-fold."
        )
        found.append(
            f"A model that learnt nothing stays between {least * even:.6g} and {(a + 1) * even:.6g}: where, depends "
            f"on which labels come together."
        )
    empty = sum(n == 0 or m == 0 for n, m in sides(weights))
    if empty:
        found.append(f"{empty} label(s) are on no row or on all: the side without rows is counted as one.")
    return (*found, "The outputs are not probabilities.")


def drift(a: float, b: float, mu: float) -> float:
    """The largest ratio of a row's weight without the label to that with it, over what else the row carries.

    With t = the rarity of its other labels over that of this one, r is 1/t without and 1/(1+t) with the label.
    """
    t = np.exp(np.linspace(-15, 15, 30_001))
    weight = [a + np.exp(-np.logaddexp(0, -b * (r - mu))) for r in (1 / t, 1 / (1 + t))]
    return float((weight[0] / weight[1]).max())
