"""The rarer class has the smaller weight.

Why it matters: such weights make the imbalance worse. The model learns to leave the rare class alone, with a lower
loss than before.

What to do: weights for balance are inverse to the counts. Take the reciprocal, or swap two numbers that stand the wrong
way round. In XGBoost and LightGBM, scale_pos_weight is negatives over positives.

Example: multilogue-net weighs "fear", which 8.16 % of the samples carry, as [1/0.0816, 1/0.9184]: 12.3 for its absence
and 1.09 for its presence.

Reference: amanshenoy/multilogue-net, issue 21; microsoft/LightGBM, issue 1299.
"""

from collections.abc import Iterator

from ...model import Finding, GivenProfile
from ...plugins import Rule, Severity
from .._wording import number, quote
from ._facts import factors, listed, present, ratio

RULE = Rule("inverted-direction", "IMB404", Severity.ERROR)


def check(weights: GivenProfile, *, agreement: float = 0.9, least: float = 1.1) -> Iterator[Finding]:
    """One finding where weights rise with the counts in nearly all pairs of classes, and both by a factor of `least`.

    One focal alpha is another rule's, and so is a list that would be right in another order.
    """
    values, at = factors(weights), present(weights.counts)
    if not values or weights.order is not None or (weights.role == "focal-alpha" and len(weights.given.values) == 1):
        return
    counts = [weights.counts.counts[i] for i in at]
    alike = weights.agreement
    spread = ratio(values) if weights.role != "offset" else None
    if (
        alike is None
        or alike < agreement
        or (ratio(counts) or least) < least
        or (spread is not None and spread < least)
    ):
        return
    rarest, most = min(at, key=lambda i: weights.counts.counts[i]), max(at, key=lambda i: weights.counts.counts[i])
    names = weights.counts.names
    low, high = (weights.values[i] for i in (rarest, most)) if weights.values else (0.0, 0.0)
    yield Finding(
        RULE,
        f"the rarer a class, the smaller its weight: {number(low)} for {quote(names[rarest])} with "
        f"{weights.counts.counts[rarest]:,} samples, {number(high)} for {quote(names[most])} with "
        f"{weights.counts.counts[most]:,}",
        (names[rarest], names[most]) if rarest != most else (names[rarest],),
        {"rank_correlation": weights.rank_correlation, "rarest": low, "most_frequent": high},
        _remedy(weights, values),
    )


def _remedy(weights: GivenProfile, values: tuple[float, ...]) -> str:
    given = weights.given
    if weights.role == "offset":
        return "offsets added in training are ln prior, which is largest for the most frequent class: change their sign"
    if len(given.values) == 1:
        turned = 1 / given.values[0] if given.values[0] else 0.0
        return f"give negatives over positives: {turned:.6g} if this is positives over negatives"
    if len(values) == 2 and given.names is None:
        return f"swap the two: {listed(given.values[::-1])}"
    return "take the reciprocals, or `imbalance-doctor weights` for these labels; a list may also be back to front"
