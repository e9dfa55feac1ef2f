"""A weighted sampler and weights in the loss correct the same imbalance twice.

Why it matters: the sampler already shows every class as often as the others. Weights on top of it boost the rare
classes a second time: they are then predicted far too often.

What to do: keep one of the two. Weights in the loss see all samples once; a sampler repeats the few of a rare class.
Where both must stay, each of them gets the square root.

Example: 990 and 10 samples, drawn evenly, with balanced weights 0.505 and 50 on top: the boundary moves to 0.01 of
what the sampler shows, which is a posterior of 0.0001 in the data.

Reference: Elkan (2001), theorem 1: what is repeated and what is weighted multiply.
"""

import math
from collections.abc import Iterator

from ...model import Finding, GivenProfile
from ...plugins import Rule, Severity
from .._wording import number
from ._facts import ratio

RULE = Rule("double-correction", "IMB410", Severity.WARNING)


def check(weights: GivenProfile, *, least: float = 1.05) -> Iterator[Finding]:
    """One finding where a sampler is in use and the weights differ by `least` or more, whatever their order."""
    values = [v for v in weights.values or weights.given.values if math.isfinite(v)]
    spread = ratio(values)
    if not weights.given.sampler or not weights.usable or (len(values) > 1 and (spread or least) < least):
        return
    if len(values) == 1 and values[0] == 1:
        return
    told = f" by a factor of up to {number(spread)}" if spread is not None and len(values) > 1 else ""
    yield Finding(
        RULE,
        f"a weighted sampler evens out the classes, and these weights do it once more{told}",
        (),
        {"ratio": spread, "sampler": True},
        "keep one of the two: leave the weights out of the loss, or draw the samples as they are",
    )
