"""The beta of the effective number is too small for these counts: all weights are equal.

Why it matters: (1 - beta^n) / (1 - beta) stops growing at about 1 / (1 - beta) samples. Where every class has more
than that, every class has the same effective number, and the loss is only scaled.

What to do: choose beta so that 1 / (1 - beta) is about the median count, or larger; `imbalance-doctor weights
--scheme effective-number` does, and prints the ratio that comes out.

Example: 101 to 12,597 samples: beta 0.9 gives a largest ratio of 1.0000, 0.99 of 1.57, 0.999 of 10.4 and 0.9999 of
71.3.

Reference: Cui et al. (2019), Class-balanced loss based on effective number of samples.
"""

from collections.abc import Iterator

from ...model import Finding, GivenProfile
from ...plugins import Rule, Severity
from .._wording import number
from ._facts import factors, present, ratio
from ._saturated import explained_by_beta

RULE = Rule("effective-number-does-nothing", "IMB409", Severity.WARNING)


def check(weights: GivenProfile, *, nothing: float = 1.05, imbalance: float = 2.0) -> Iterator[Finding]:
    """One finding where such weights differ by less than `nothing` over counts that differ by `imbalance` or more.

    They are known by their beta, by the scheme they reproduce, or by standing at 1 - beta for one of the usual betas.
    """
    values = factors(weights)
    largest = ratio(values)
    counts = [weights.counts.counts[i] for i in present(weights.counts)]
    if largest is None or len(values) < 2 or largest >= nothing or (ratio(counts) or 1) < imbalance:
        return
    beta = explained_by_beta(weights, values)
    if beta is None:
        return
    yield Finding(
        RULE,
        f"beta {beta:g} saturates at {number(1 / (1 - beta))} samples and the rarest class has {min(counts):,}: the "
        f"largest weight is {largest:.4f} times the smallest",
        (),
        {"beta": beta, "saturation": 1 / (1 - beta), "rarest": min(counts), "ratio": largest},
        "choose beta near 1 - 1/n for the median count n, or another scheme",
    )
