"""Logarithms of ratios of counts, and the refusal of a class that every sample carries."""

import math

from ..errors import InputError
from ..model import ClassCounts

SHOWN = 10


def log_ratio(a: int, b: int) -> float:
    """ln(a / b) of two positive counts, accurate to the last digits also where the ratio is close to 1.

    >>> log_ratio(10**9 + 1, 10**9)
    9.999999995e-10
    """
    return math.log1p((a - b) / b) if b < 2 * a < 4 * b else math.log(a / b)


def require_negatives(counts: ClassCounts, why: str) -> None:
    """Raises InputError, naming the first ten, when a class is on every sample it could be on: p = 1.

    `why` says what the scheme has no finite number for.
    """
    constant = [name for name, rest in zip(counts.names, counts.negatives, strict=True) if rest == 0]
    if constant:
        named = ", ".join(map(repr, constant[:SHOWN])) + (", …" if len(constant) > SHOWN else "")
        raise InputError(
            f"{len(constant)} class(es) without a single negative sample (prevalence 1): {named}; {why}",
            "a label that is always on needs no classifier: leave it out of the labels, or choose a scheme that reads "
            "positives only (--scheme pos-weight gives it 0)",
        )
