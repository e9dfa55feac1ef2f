"""A class fires well below its prior: more than balancing asks for.

Why it matters: balanced weights let a class be named as soon as the evidence speaks for it at all. Beyond that the
model names it against the evidence, and most of what it names is wrong.

What to do: look for a correction that was made twice (the inverse of a count squared, a sampler beside the weights, a
pos-weight for one class that is also oversampled). If misses really cost that much, set a threshold and say so.

Example: 1 % positives and a pos-weight of 9,801, the square of 99: the class fires from a posterior of 0.0001 on.

Reference: van den Goorbergh et al. (2022), The harm of class imbalance corrections for risk prediction models.
"""

from collections.abc import Iterator

from ...model import Finding, GivenProfile
from ...plugins import Rule, Severity
from .._wording import quote, quote_all
from ._facts import balanced_boundary, posterior, present

RULE = Rule("over-corrected-weights", "IMB418", Severity.WARNING)


def check(weights: GivenProfile, *, factor: float = 3.0) -> Iterator[Finding]:
    """One finding for rare classes that fire `factor` times below the boundary that balanced weights give them."""
    cuts = weights.boundary_after
    found: list[tuple[float, int]] = []
    for i in present(weights.counts):
        cut, balanced = (cuts[i] if i < len(cuts) else None), balanced_boundary(weights, i)
        if cut is not None and balanced is not None and balanced < 0.5 and cut * factor < balanced:
            found.append((cut / balanced, i))
    if not found or weights.order is not None:
        return
    worst = min(found)[1]
    names = weights.counts.names
    cut, balanced = cuts[worst], balanced_boundary(weights, worst)
    more = [names[i] for _, i in sorted(found) if i != worst]
    yield Finding(
        RULE,
        f"{quote(names[worst])} fires at a posterior of {posterior(cut or 0.0)}, where balanced weights ask for "
        f"{posterior(balanced or 0.0)}"
        + (f"; so do {quote_all(more[:3])}" + (" …" if len(more) > 3 else "") if more else ""),
        tuple(names[i] for _, i in sorted(found))[:1000],
        {"boundary": cut, "balanced": balanced, "prevalence": weights.counts.prevalences[worst], "classes": len(found)},
        "look for a correction made twice, or take milder weights and a threshold",
    )
