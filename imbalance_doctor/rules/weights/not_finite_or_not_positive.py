"""A weight is NaN, infinite, negative, or zero where there are samples.

Why it matters: NaN and infinity make the loss NaN at the first batch that holds the class. A negative weight rewards
mistakes. A zero takes the class out of the training: its samples no longer count, and the model never answers it.

What to do: infinity comes from dividing by a count of zero: decide what such a class shall weigh. A zero is right only
for a class that shall be ignored.

Example: (N - n) / n for a label without positives is infinite; torch stores it and the loss is NaN.

Reference: IEEE 754: 0 * infinity, the term of every sample that is predicted right, is NaN.
"""

import math
from collections.abc import Iterator

from ...model import Finding, GivenProfile
from ...plugins import Rule, Severity
from .._wording import count, quote_all

RULE = Rule("not-finite-or-not-positive", "IMB402", Severity.ERROR)


def check(weights: GivenProfile) -> Iterator[Finding]:
    """One finding a kind of trouble: not finite, negative, zero on samples (a warning), and an alpha above 1."""
    numbers = [*weights.given.values, *(weights.given.values_negative or ())]
    places = [*range(len(weights.given.values)), *range(len(weights.given.values_negative or ()))]
    bad = [(i, x) for i, x in zip(places, numbers, strict=True) if not math.isfinite(x)]
    negative = [(i, x) for i, x in zip(places, numbers, strict=True) if -math.inf < x < 0]
    zero = [(i, x) for i, x in zip(places, numbers, strict=True) if x == 0 and _has_samples(weights, i)]
    if bad:
        yield _finding(weights, bad, "is not finite", "are not finite", "decide what a class without samples weighs")
    if negative and weights.role != "offset":
        yield _finding(weights, negative, "is negative", "are negative", "weights are factors: give positive numbers")
    if zero and weights.role not in ("offset", "focal-alpha"):
        yield _finding(
            weights,
            zero,
            "is 0: the class no longer counts",
            "are 0: the classes no longer count",
            "give a positive number, unless the class is to be ignored",
            Severity.WARNING,
        )
    above = [(i, x) for i, x in zip(places, numbers, strict=True) if 1 < x < math.inf]
    pairs_up = weights.counts.task == "multilabel" or len(numbers) == 1
    if weights.role == "focal-alpha" and above and pairs_up:
        text = "is above 1, so that 1 - alpha, the factor of the negatives, is below 0"
        yield _finding(weights, above, text, text.replace("is above", "are above"), "alpha lies between 0 and 1")


def _finding(
    weights: GivenProfile, bad: list[tuple[int, float]], one: str, many: str, remedy: str, grade: Severity | None = None
) -> Finding:
    at = list(dict.fromkeys(i for i, _ in bad))
    names = tuple(name for name in (_name(weights, i) for i in at) if name is not None)
    of = f" ({quote_all(names)})" if names else f" (number {', '.join(str(i + 1) for i in at[:10])})"
    text = f"{count(len(at), 'weight')}{of} {one if len(at) == 1 else many}"
    values = [x if math.isfinite(x) else str(x) for _, x in bad[:20]]
    return Finding(RULE, text, names[:1000], {"places": at[:20], "values": values}, remedy, grade)


def _name(weights: GivenProfile, i: int) -> str | None:
    """The class that the number at a place is for; None where that is not known."""
    given, names = weights.given, weights.counts.names
    if given.names is not None:
        return given.names[i] if given.names[i] in names else None
    return names[i] if len(given.values) == len(names) else None


def _has_samples(weights: GivenProfile, i: int) -> bool:
    name = _name(weights, i)
    return name is None or weights.counts.counts[weights.counts.names.index(name)] > 0
