"""What several of these rules look at: the numbers by class, and what balancing would ask for."""

import math
import sys
from collections.abc import Sequence

from ...model import ClassCounts, GivenProfile
from .._wording import number

SHOWN = 20


def present(counts: ClassCounts) -> list[int]:
    """The classes that have samples."""
    return [i for i, n in enumerate(counts.counts) if n > 0]


def ratio(numbers: Sequence[float]) -> float | None:
    """Largest over smallest, None where that has no value; beyond all floats it is the largest of them."""
    return min(max(numbers) / min(numbers), sys.float_info.max) if numbers and min(numbers) > 0 else None


def factors(weights: GivenProfile) -> tuple[float, ...]:
    """The factors of the classes that have samples, () where the numbers cannot be judged."""
    if not weights.judged or weights.values is None:
        return ()
    kept = tuple(weights.values[i] for i in present(weights.counts))
    return kept if all(map(math.isfinite, kept)) else ()


def listed(numbers: Sequence[float]) -> str:
    """Numbers in a list, the first twenty of them."""
    more = len(numbers) - SHOWN
    return "[" + ", ".join(f"{x:.6g}" for x in numbers[:SHOWN]) + (f", … {more:,} more]" if more > 0 else "]")


def balanced_boundary(weights: GivenProfile, i: int) -> float | None:
    """The posterior at which class `i` would fire under balanced weights; None for a class without two sides.

    For one output a label its prior, n / N. For classes that compete, (K-1) n / (N - n + (K-1) n): the class against
    the rest, each of them weighted with the inverse of its count.
    """
    counts = weights.counts
    n = counts.counts[i]
    if counts.task == "multilabel" or weights.role in ("pos-weight", "weight-per-label", "pair"):
        known = counts.known[i]
        return n / known if 0 < n < known else None
    total, k = counts.n_assignments, len(present(counts))
    if not 0 < n < total:
        return None
    return (k - 1) * n / (total - n + (k - 1) * n)


def posterior(value: float) -> str:
    """A posterior in words."""
    return "below 0.0001" if 0 < value < 0.0001 else number(value)
