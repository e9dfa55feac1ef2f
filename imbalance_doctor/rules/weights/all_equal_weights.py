"""All weights are equal, and the counts are not.

Why it matters: equal weights scale the loss and move nothing. Whoever put them there expected a correction.

What to do: take them out, or make weights from the counts. If they came from a formula, it saturated or was fed equal
counts.

Example: [1, 1] over 990 and 10 samples: the boundary stays at 0.5, and always answering the first class is right for
99 %.

Reference: Elkan (2001), theorem 1: only ratios of weights move a boundary.
"""

from collections.abc import Iterator

from ...model import Finding, GivenProfile
from ...plugins import Rule, Severity
from .._wording import number
from ._facts import factors, present, ratio
from ._saturated import explained_by_beta

RULE = Rule("all-equal-weights", "IMB414", Severity.WARNING)


def check(weights: GivenProfile, *, equal: float = 1 + 1e-6, imbalance: float = 1.5) -> Iterator[Finding]:
    """One finding where no weight is `equal` times another and the counts differ by `imbalance` or more.

    One number for every label is no such list, and a saturated effective number is another rule's.
    """
    values = factors(weights)
    counts = [weights.counts.counts[i] for i in present(weights.counts)]
    spread, unequal = ratio(values), ratio(counts)
    if spread is None or len(values) < 2 or spread > equal or (unequal or 1) < imbalance:
        return
    if weights.role == "offset" or len(weights.given.values) == 1 or explained_by_beta(weights, values) is not None:
        return
    yield Finding(
        RULE,
        f"all {len(values):,} weights are {number(values[0])}, over counts that differ by a factor of "
        f"{number(unequal or 1.0)}: they move no boundary",
        (),
        {"value": values[0], "count_ratio": unequal, "weights": len(values)},
        "take them out, or make weights from the counts with `imbalance-doctor weights`",
    )
