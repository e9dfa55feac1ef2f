"""Which posterior each class needs now: the decision boundary these weights imply.

Why it matters: weights are a way to move that boundary, and nothing else about them is as easy to judge. Without
weights a class needs a true posterior of 0.5 against the rest; balanced weights bring it down to its prior.

What to do: compare it with the costs: a cut at the posterior c is right where a false alarm costs c / (1 - c) times a
miss. The same boundary is had without weights, by a threshold after training.

Example: weights (1, 99) name the second class from a posterior of 0.01 on. A pos-weight w fires at 1 / (1 + w).

Reference: Elkan (2001), The foundations of cost-sensitive learning, theorem 1.
"""

from collections.abc import Iterator

from ...model import Finding, GivenProfile
from ...plugins import Rule, Severity
from .._wording import quote
from ._facts import posterior, present

RULE = Rule("implied-boundary", "IMB413", Severity.INFO)


def check(weights: GivenProfile) -> Iterator[Finding]:
    """One finding, always, where the weights have a boundary at all."""
    cuts = weights.boundary_after
    at = [i for i in present(weights.counts) if i < len(cuts) and cuts[i] is not None]
    if not at:
        return
    names, counts = weights.counts.names, weights.counts
    rarest, most = min(at, key=lambda i: counts.counts[i]), max(at, key=lambda i: counts.counts[i])
    ends = [rarest] if rarest == most else [rarest, most]
    priors = counts.prevalences
    told = "; ".join(
        f"{quote(names[i])} fires at a posterior of {posterior(cuts[i] or 0.0)} (prior {posterior(priors[i])})"
        for i in ends
    )
    made = f" These are the weights of the scheme {weights.scheme}." if weights.scheme else ""
    yield Finding(
        RULE,
        f"with these weights {told}.{made}",
        tuple(names[i] for i in ends),
        {
            "boundary": {names[i]: cuts[i] for i in ends},
            "prevalence": {names[i]: priors[i] for i in ends},
            "rank_correlation": weights.rank_correlation,
            "scheme": weights.scheme or None,
            "lowest": min(cuts[i] or 0.0 for i in at),
        },
        "a cut at c is right where a miss costs (1 - c) / c false alarms; the same boundary is had by a threshold",
    )
