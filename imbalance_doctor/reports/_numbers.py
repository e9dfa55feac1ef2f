"""How a drawn report writes numbers: four significant digits, and never a 0 or a 100 % that is not exact."""

import math
from collections.abc import Sequence

NONE = "–"
"""Stands for a value that is infinite or not defined."""


def count(n: int) -> str:
    """An integer with thousands separators."""
    return f"{n:,}"


def counted(n: int, noun: str) -> str:
    """A count with its noun, in the plural where due.

    >>> counted(1, "class"), counted(1200, "sample")
    ('1 class', '1,200 samples')
    """
    plural = noun + ("es" if noun.endswith("s") else "s")
    return f"{n:,} {noun if n == 1 else plural}"


def conserved(total: int, kinds: Sequence[tuple[int, str]]) -> str:
    """`total` as the sum of its kinds, or beside them where it is not.

    >>> conserved(12, [(10, "counted"), (2, "missing")]), conserved(12, [(10, "counted")])
    ('12 = 10 counted + 2 missing', '12 read; 10 counted')
    """
    if sum(n for n, _ in kinds) == total:
        return f"{count(total)} = " + " + ".join(f"{count(n)} {word}" for n, word in kinds)
    return f"{count(total)} read; " + ", ".join(f"{count(n)} {word}" for n, word in kinds)


def significant(x: float | None) -> str:
    """Four significant digits; whole numbers from 1,000 up; an exponent below 0.0001.

    >>> significant(0.22903636), significant(543.55446), significant(12345.6), significant(5e-8)
    ('0.2290', '543.6', '12,346', '5.000e-08')
    """
    if x is None:
        return NONE
    if x == 0:
        return "0"
    return f"{x:,.0f}" if abs(x) >= 999.95 else f"{x:#.4g}"


def ratio(x: float | None) -> str:
    """At most four significant digits, without trailing zeros.

    >>> ratio(19.0), ratio(124.7228), ratio(40000.0)
    ('19', '124.7', '40,000')
    """
    if x is None:
        return NONE
    return f"{x:,.0f}" if abs(x) >= 999.95 else f"{x:.4g}"


def fraction(x: float | None) -> str:
    """A number between 0 and 1 with four decimals.

    >>> fraction(0.98709), fraction(0.999999), fraction(1.0), fraction(2e-9)
    ('0.9871', '>0.9999', '1', '<0.0001')
    """
    if x is None:
        return NONE
    if x in (0, 1):
        return f"{x:.0f}"
    if 0 < x < 1 and not 0.00005 <= x < 0.99995:
        return "<0.0001" if x < 0.5 else ">0.9999"
    return f"{x:.4f}"


def signed(x: float) -> str:
    """A difference with its sign and four decimals.

    >>> signed(0.0312), signed(-0.5), signed(-1e-9), signed(0.0)
    ('+0.0312', '-0.5000', '≈ 0', '0')
    """
    if abs(x) < 0.00005:
        return "≈ 0" if x else "0"
    return f"{x:+.4f}"


def percent(x: float | None) -> str:
    """A fraction between 0 and 1 as a percentage.

    >>> percent(0.9870969697), percent(0.999999), percent(1.0), percent(2e-9)
    ('98.71 %', '> 99.99 %', '100 %', '2.000e-07 %')
    """
    if x is None:
        return NONE
    if x in (0, 1):
        return f"{100 * x:.0f} %"
    if x < 1e-10:
        return "< 1e-08 %"
    text = significant(100 * x)
    return f"{text} %" if not text.startswith("100") else "> 99.99 %"


def printed(x: float, decimals: int | None) -> str:
    """A number of a log with the digits it was printed with, at most six after the point.

    >>> printed(7.7364, 4), printed(0.5, 3), printed(0.6931471805599453, None), printed(1.1920929e-07, None)
    ('7.7364', '0.500', '0.693147', '1.192e-07')
    >>> printed(float("nan"), 4), printed(float("-inf"), None)
    ('NaN', '-inf')
    """
    if math.isnan(x):
        return "NaN"
    if math.isinf(x):
        return "inf" if x > 0 else "-inf"
    if decimals is None or decimals > 6:
        return f"{x:.6g}" if abs(x) >= 1e-4 or x == 0 else f"{x:.4g}"
    return f"{x:.{decimals}f}"
