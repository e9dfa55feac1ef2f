"""One sample of the rarest class weighs as much as hundreds of another.

Why it matters: the few samples of that class decide the gradient of every batch they are in. Training becomes noisy, a
mislabelled one among them does the damage of hundreds, and outputs stop being probabilities anyone could read.

What to do: take milder weights (the square root of the ratio, effective numbers) or a cap, and leave the rest to a
threshold after training, which costs nothing. A cap moves the boundary of the classes it cuts: it is printed.

Example: inverse weights for 12,597 and 101 samples have a ratio of 124.7, their square roots one of 11.2.

Reference: Byrd and Lipton (2019), What is the effect of importance weighting in deep learning?; Cui et al. (2019).
"""

from collections.abc import Iterator

from ...model import Finding, GivenProfile
from ...plugins import Rule, Severity
from .._wording import number, quote
from ._facts import factors, present

RULE = Rule("extreme-ratio", "IMB405", Severity.WARNING)


def check(weights: GivenProfile, *, high: float = 100.0, extreme: float = 1000.0) -> Iterator[Finding]:
    """One finding: info from a ratio of `high` on, a warning from `extreme` on. Of a pos-weight its size is the ratio.

    Ratios are between classes that have samples.
    """
    values, at = factors(weights), present(weights.counts)
    if not values or weights.role in ("offset", "weight-per-label"):
        return
    largest = max(range(len(at)), key=lambda i: values[i])
    smallest = min(range(len(at)), key=lambda i: values[i])
    alone = weights.role in ("pos-weight", "pair") and len(weights.given.values) == len(weights.counts.names)
    found = values[largest] if alone else weights.max_min_ratio
    if found is None or found < high:
        return
    names = weights.counts.names
    other = "a sample without it" if alone else f"one of {quote(names[at[smallest]])}"
    yield Finding(
        RULE,
        f"a sample of {quote(names[at[largest]])} weighs {number(found)} times {other}",
        (names[at[largest]],),
        {"ratio": found, "largest": values[largest], "smallest": values[smallest]},
        "use --scheme sqrt or effective-number, or a --cap, and set thresholds after training",
        Severity.WARNING if found >= extreme else Severity.INFO,
    )
