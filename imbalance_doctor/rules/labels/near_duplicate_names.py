"""Class names that differ only in case, spaces, Unicode form or the spelling of a number.

Why it matters: labels are exact text, so "Cat" and "cat " are two classes. The second has the few samples of one
annotator or one export, looks extremely rare, receives an extreme weight, and teaches the model to tell typing habits
apart.

What to do: give each group one spelling in the label file, or count them as one with `--merge-spellings case,space`
(unicode, number, or all). Nothing is merged unasked: `01` and `1` may well be two codes, and "US" and "us" two words.

Example: "Cat" 1,200, "cat" 30, "cat " 2: one class of 1,232 with an imbalance of 600 inside it.

Reference: Unicode Standard Annex 15 (NFKC); deepchecks, StringMismatch.
"""

from collections.abc import Iterator

from ...labels.spelling import folded
from ...model import ClassRow, Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import MAX_NAMES, count, quote

RULE = Rule("near-duplicate-names", "IMB151", Severity.WARNING)


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
        "give each group one spelling in the label file, or count them as one with --merge-spellings",
    )
