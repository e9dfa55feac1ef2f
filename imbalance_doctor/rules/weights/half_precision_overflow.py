"""A weight is out of the range of half precision.

Why it matters: float16 ends at 65,504 and has nothing between 0 and 6e-8. A larger weight becomes infinite and the loss
NaN, a smaller one becomes 0 and the class is gone. Weighted losses overflow earlier: a confident mistake has a log loss
of up to 16.6 there.

What to do: keep weights in float32, which autocast does on its own for losses, or use bfloat16, which has the range of
float32. Divide all weights by their mean.

Example: inverse weights N / n with 100,000 samples and a class of one: 100,000 is infinite in float16.

Reference: IEEE 754 binary16; PyTorch, Automatic mixed precision, ops that autocast to float32.
"""

from collections.abc import Iterator

import numpy as np

from ...model import Finding, GivenProfile
from ...plugins import Rule, Severity
from .._wording import count, number

RULE = Rule("half-precision-overflow", "IMB406", Severity.ERROR)
HALF = ("float16", "half", "fp16", "16", "16-true")
LARGEST_HALF = 65504.0
WORST_LOSS = 16.635532333438686
"""-ln of 2^-24, the smallest float16: the largest log loss there is."""


def check(weights: GivenProfile) -> Iterator[Finding]:
    """One finding: an error for weights in float16 that overflow or vanish, a warning where a weighted loss can.

    Info where the type is not known and the weights would overflow.
    """
    half = weights.given.dtype in HALF
    if not weights.usable or (weights.given.dtype and not half) or weights.role == "offset":
        return
    values = np.array([*weights.given.values, *(weights.given.values_negative or ())], dtype=np.float64)
    with np.errstate(over="ignore", under="ignore"):
        kept = values.astype(np.float16)
        lost = int((np.isinf(kept) | ((kept == 0) & (values > 0))).sum())
    largest = float(values.max())
    if lost:
        text = f"{count(lost, 'weight')} of {len(values):,}"
        yield Finding(
            RULE,
            f"{text} {'becomes' if lost == 1 else 'become'} infinite or 0 in half precision"
            + ("" if half else ", if the training uses it"),
            (),
            {"out_of_range": lost, "largest": largest, "smallest": float(values.min())},
            "keep the weights in float32, or divide them by their mean",
            None if half else Severity.INFO,
        )
    elif half and largest * WORST_LOSS > LARGEST_HALF:
        yield Finding(
            RULE,
            f"a confident mistake on a sample of weight {number(largest)} costs more than half precision can hold",
            (),
            {"out_of_range": 0, "largest": largest, "largest_loss": largest * WORST_LOSS},
            "compute the loss in float32",
            Severity.WARNING,
        )
