"""Blank lines stand between the rows of a table of several columns.

Why it matters: a blank line often parts two tables, and rows of the second may have other columns in the same places.

What to do: look at the lines about it. If a second table starts there, split the file. Otherwise nothing: a blank line
is no row.

Example: a table of samples, a blank line, and a table of the totals by class.

Reference: Vitagliano 2023, Pollock: a data loading benchmark, on several tables in one file.
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import count
from ._damage import numbers, of, places

RULE = Rule("blank-lines", "IMB166", Severity.INFO)


def check(labels: LabelProfile) -> Iterator[Finding]:
    """One finding."""
    if found := of(labels, "blank"):
        n = sum(d.n for d in found)
        yield Finding(
            RULE,
            f"{count(n, 'blank line')} {'stands' if n == 1 else 'stand'} between the rows, from {places(found)}",
            (),
            numbers(found),
            "see whether another table starts there",
        )
