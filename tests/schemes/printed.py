"""Numbers as a table prints them."""

from collections.abc import Iterable


def printed(values: Iterable[float], digits: int = 6) -> list[float]:
    """The values rounded to so many significant digits."""
    return [float(f"{value:.{digits}g}") for value in values]
