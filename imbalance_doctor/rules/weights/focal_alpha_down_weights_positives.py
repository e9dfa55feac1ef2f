"""The alpha of a focal loss makes the rare positives count less.

Why it matters: alpha is the factor of the positives and 1 - alpha that of the negatives. The 0.25 of the paper
belongs to gamma 2, which already takes nearly all loss from the many easy negatives of a detector. Copied to a
classifier it triples the weight of the negatives: at 0.5 the model asks for a posterior of 0.75.

What to do: choose alpha above 0.5 for rare positives, or leave it out and set a threshold. Inverse frequencies and
gamma both take from the negatives: do not add them without looking at the result.

Example: alpha 0.25 fires at a posterior of 0.75, alpha 0.75 at one of 0.25, whatever gamma is.

Reference: Lin et al. (2017), Focal loss for dense object detection, table 1b; Elkan (2001), theorem 1.
"""

from collections.abc import Iterator

from ...model import Finding, GivenProfile
from ...plugins import Rule, Severity
from .._wording import number, quote_all

RULE = Rule("focal-alpha-down-weights-positives", "IMB408", Severity.WARNING)


def check(weights: GivenProfile) -> Iterator[Finding]:
    """One finding where one alpha below 0.5 is for positives that are the minority."""
    counts = weights.counts
    if weights.role != "focal-alpha" or len(weights.given.values) != 1 or not weights.judged:
        return
    alpha = weights.given.values[0]
    if not 0 < alpha < 0.5 or counts.task == "multiclass":
        return
    at = [1] if counts.task == "binary" else range(len(counts.names))
    rare = tuple(counts.names[i] for i in at if 0 < counts.prevalences[i] < 0.5)
    if not rare:
        return
    yield Finding(
        RULE,
        f"alpha {number(alpha)} weighs the positives of {quote_all(rare)} {number((1 - alpha) / alpha)} times less "
        f"than the negatives: at 0.5 the model asks for a posterior of {number(1 - alpha)}",
        rare,
        {"alpha": alpha, "boundary": 1 - alpha, "gamma": weights.given.gamma},
        "take alpha above 0.5, or leave it out and set a threshold after training",
    )
