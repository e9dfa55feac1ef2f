"""How a drawn report writes numbers: four significant digits, and never a 0 or a 100 % that is not exact."""

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
