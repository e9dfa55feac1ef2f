"""A weight per label on a binary cross entropy moves no decision boundary.

Why it matters: `weight` multiplies both terms of a label, the one for its presence and the one for its absence. The
label counts more beside the other labels and is not predicted any sooner: it still fires at a posterior of 0.5.

What to do: use `pos_weight`, which multiplies the positive term only and moves the boundary to 1 / (1 + pos_weight), or
leave the weights out and set a threshold per label.

Example: weight 99 on a label of 1 % of the samples: boundary 0.5 as before. pos_weight 99: boundary 0.01.

Reference: torch.nn.BCEWithLogitsLoss; Flair and Keras class weights on several labels a sample act the same way.
"""

from collections.abc import Iterator

from ...model import Finding, GivenProfile
from ...plugins import Rule, Severity
from .._wording import quote
from ._facts import factors, present, ratio

RULE = Rule("weight-where-pos-weight-was-meant", "IMB407", Severity.WARNING)


def check(weights: GivenProfile, *, least: float = 1.05) -> Iterator[Finding]:
    """One finding where the factors of the labels differ by `least` or more."""
    values, at = factors(weights), present(weights.counts)
    if weights.role != "weight-per-label" or not values or (ratio(values) or least) < least:
        return
    rarest = min(at, key=lambda i: weights.counts.counts[i])
    p = weights.counts.prevalences[rarest]
    name = weights.counts.names[rarest]
    yield Finding(
        RULE,
        "these weights multiply both terms of a label, so that every label still fires at a posterior of 0.5; the "
        f"prior of {quote(name)} is {p:.4g}",
        (name,),
        {"boundary": 0.5, "prevalence": p, "largest": max(values), "smallest": min(values)},
        "use pos_weight (`imbalance-doctor weights --scheme pos-weight`) or a threshold per label",
    )
