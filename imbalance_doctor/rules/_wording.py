"""How numbers and names are written in a finding's sentence."""

from collections.abc import Iterable

MAX_NAMES = 20
MAX_NAME_LENGTH = 60


def percent(share: float) -> str:
    """A share of 1 as per cent with four significant digits; only an exact 0 or 1 reads 0 % or 100 %.

    >>> percent(0.9871), percent(1e-9), percent(0.99999), percent(0.0), percent(1.0)
    ('98.71 %', '<0.01 %', '>99.99 %', '0 %', '100 %')
    """
    if 0 < share < 0.0001:
        return "<0.01 %"
    if 0.9999 < share < 1:
        return ">99.99 %"
    return f"{100 * share:.4g} %"


def number(value: float) -> str:
    """Four significant digits, whole numbers with thousands separators from 1,000 up.

    >>> number(0.693147), number(124.7228), number(123456.7)
    ('0.6931', '124.7', '123,457')
    """
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def count(n: int, noun: str, plural: str = "") -> str:
    """A number of things.

    >>> count(1, "class", "classes"), count(12597, "sample")
    ('1 class', '12,597 samples')
    """
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def quote(name: str) -> str:
    """A class name in quotes, a very long one shortened. Control characters are the report's to escape."""
    return f'"{name}"' if len(name) <= MAX_NAME_LENGTH else f'"{name[: MAX_NAME_LENGTH - 1]}…"'


def quote_all(names: Iterable[str]) -> str:
    """Class names in quotes, the first twenty of them.

    >>> quote_all(["a", "b"])
    '"a", "b"'
    """
    names = list(names)
    more = len(names) - MAX_NAMES
    return ", ".join(map(quote, names[:MAX_NAMES])) + (f" and {more:,} more" if more > 0 else "")
