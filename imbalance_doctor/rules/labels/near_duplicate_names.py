"""Class names that differ only in case, spaces, Unicode form or the spelling of a number.

Why it matters: labels are exact text, so "Cat" and "cat " are two classes. The second has the few samples of one
annotator or one export, looks extremely rare, receives an extreme weight, and teaches the model to tell typing habits
apart.

What to do: give each group one spelling in the label file. Nothing is merged here unasked: `01` and `1` may well be two
codes, and "US" and "us" two words.

Example: "Cat" 1,200, "cat" 30, "cat " 2: one class of 1,232 with an imbalance of 600 inside it.

Reference: Unicode Standard Annex 15 (NFKC); deepchecks, StringMismatch.
"""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from ...model import ClassRow, Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import MAX_NAMES, count, quote

RULE = Rule("near-duplicate-names", "IMB151", Severity.WARNING)
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?\Z")


def check(labels: LabelProfile) -> Iterator[Finding]:
    """One finding with all groups of two or more names, each with its count."""
    groups: dict[str, list[ClassRow]] = {}
    for row in labels.classes:
        groups.setdefault(folded(row.name), []).append(row)
    alike = [group for group in groups.values() if len(group) > 1]
    if not alike:
        return
    named = "; ".join(" = ".join(f"{quote(row.name)} ({row.count:,})" for row in group) for group in alike[:MAX_NAMES])
    more = f" and {len(alike) - MAX_NAMES:,} more" if len(alike) > MAX_NAMES else ""
    yield Finding(
        RULE,
        f"{count(len(alike), 'group')} of class names differ only in case, spaces, Unicode form or number spelling: "
        f"{named}{more}",
        tuple(row.name for group in alike for row in group),
        {"groups": len(alike), "names": sum(map(len, alike)), "largest_group": max(map(len, alike))},
        "give each group one spelling in the label file; until then they are counted apart",
    )


def folded(name: str) -> str:
    """What is left of a name without case, outer and repeated spaces, invisible characters and number spelling.

    >>> [folded(name) for name in ("Cat", "cat\\u200b ", "\\ufb01t", "1.0", "01", "1e0", "10")]
    ['cat', 'cat', 'fit', '1e0', '1e0', '1e0', '1e1']
    """
    text = INVISIBLE.sub("", unicodedata.normalize("NFKC", name))
    text = unicodedata.normalize("NFKC", " ".join(text.split()).casefold())
    if not NUMBER.match(text):
        return text
    sign, digits, exponent = Decimal(text).as_tuple()
    plain = "".join(map(str, digits)).lstrip("0")
    significant = plain.rstrip("0")
    if not significant:
        return "0e0"
    return f"{'-' * sign}{significant}e{int(exponent) + len(plain) - len(significant)}"
