"""Floats fit to print: the digits that no order of summation changes, and never NaN or infinity."""

import math

DIGITS = 13


def tidy(value: float) -> float | None:
    """The value to 13 significant digits, None when it is not finite.

    A sum of floats depends on its order in the last digits, so on blocks and threads; what is printed must not.

    >>> tidy(0.1 + 0.2), tidy(float("inf"))
    (0.3, None)
    """
    return float(f"{value:.{DIGITS - 1}e}") if math.isfinite(value) else None
