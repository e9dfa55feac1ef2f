"""How many rows were due, and what says so, in words."""

import math
from collections.abc import Sequence

from ...model import PredictionProfile
from ...predictions.expected import Due
from .._wording import number, percent

WORDS = {
    "truth": "by the truth",
    "priors": "by the priors",
    "scores": "by the model's own mean probability",
    "nothing": "",
}


def source(profile: PredictionProfile, expected: Due | None = None) -> str:
    """What the expectation rests on, as words that follow a number."""
    from ...predictions.expected import due

    expected = expected or due(profile)
    named = expected.source == "priors" and profile.prior_source
    return f"by the priors ({profile.prior_source})" if named else WORDS[expected.source]


def total(counts: tuple[float | None, ...]) -> float | None:
    """The sum of what is due, None where nothing is known."""
    known = [count for count in counts if count is not None]
    return math.fsum(known) if known else None


def rows(expected: float) -> str:
    """A number of rows that need not be whole."""
    return f"{expected:,.0f}" if expected >= 100 else number(round(expected, 1))


def on_the_way(profile: PredictionProfile) -> str:
    """What can be said of the scores of a collapsed dump: their range, or nothing for predicted labels."""
    if profile.score_range is None or profile.score_kind == "labels":
        return ""
    low, high = profile.score_range
    return f"; scores run from {number(low)} to {number(high)}"


def span(values: Sequence[float]) -> str:
    """One number, or the smallest to the largest.

    >>> span([0.5]), span([0.25, 0.1]), span([0.5, 0.50000001])
    ('0.5', '0.1 to 0.25', '0.5')
    """
    low, high = number(min(values)), number(max(values))
    return low if low == high else f"{low} to {high}"


def share(part: float, whole: float) -> str:
    """A part of a whole in per cent."""
    return percent(part / whole) if whole else "0 %"
