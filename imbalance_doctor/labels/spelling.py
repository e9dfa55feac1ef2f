"""What is left of a class name when differences of spelling are taken out: case, spaces, Unicode form, number form."""

import re
import unicodedata
from collections.abc import Collection
from decimal import Decimal

KINDS = ("case", "space", "unicode", "number")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
LONG = 20
"""Zeros that a number is written out with; beyond, it keeps an exponent."""
NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?\Z")


def folded(name: str, kinds: Collection[str] = KINDS) -> str:
    """The name without differences of these kinds. Folding what is folded changes nothing.

    `case`: full case folding. `space`: outer and repeated spaces. `unicode`: NFKC, and invisible characters. `number`:
    the spelling of a decimal number, and there the other kinds too.

    >>> [folded(name) for name in ("Cat", "cat\\u200b ", "\\ufb01t", "1.0", "01", "1e0", "10")]
    ['cat', 'cat', 'fit', '1', '1', '1', '10']
    >>> folded(" Cat  House", ("space",)), folded(" Cat", ("case",))
    ('Cat House', ' cat')
    """
    while (text := _once(name, kinds)) != name:
        name = text
    return name


def _once(text: str, kinds: Collection[str]) -> str:
    if "unicode" in kinds:
        text = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    if "space" in kinds:
        text = " ".join(text.split())
    if "case" in kinds:
        text = text.casefold()
    return _number(text) if "number" in kinds and NUMBER.match(text) else text


def _number(text: str) -> str:
    """A decimal number in one spelling: without a plus, idle zeros and, where it is not long, without an exponent."""
    sign, digits, exponent = Decimal(text).as_tuple()
    plain = "".join(map(str, digits)).lstrip("0")
    significant = plain.rstrip("0")
    if not significant:
        return "0"
    power = int(exponent) + len(plain) - len(significant)
    minus = "-" * sign
    if not -LONG <= power <= LONG:
        return f"{minus}{significant}e{power}"
    if power >= 0:
        return minus + significant + "0" * power
    whole, part = significant[:power], significant[power:]
    return f"{minus}{whole or '0'}.{part.rjust(-power, '0')}"
