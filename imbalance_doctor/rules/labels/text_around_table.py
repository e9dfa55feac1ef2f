"""Titles, notes or comments stand above the header or between the rows.

Why it matters: they are no samples. Lines that cannot be rows are left out here, and named, so that you can see whether
a row was taken for a note. A line that starts with # but has as many fields as a row is counted as one.

What to do: look at the lines. If one of them is a row after all, mend it.

Example: `Export of 3 May` above `id,label`, or `# checked by Ann` between two rows.

Reference: Vitagliano 2023, Pollock: a data loading benchmark, on preambles and footnotes.
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import count
from ._damage import numbers, of, places

RULE = Rule("text-around-table", "IMB164", Severity.INFO)


def check(labels: LabelProfile) -> Iterator[Finding]:
    """A finding per kind: what was left out above the rows and between them, and a warning for what was counted."""
    for kind, what in (("preamble", "above the header"), ("comment", "that start with #")):
        if found := of(labels, kind):
            lines = count(sum(d.n for d in found), "line")
            message = f"{lines} {what} left out: {places(found)}"
            yield Finding(RULE, message, (), numbers(found), "see that none of them is a row")
    if found := of(labels, "comment-row"):
        n = sum(d.n for d in found)
        yield Finding(
            RULE,
            f"{count(n, 'line')} {'starts' if n == 1 else 'start'} with # and {'was' if n == 1 else 'were'} counted as "
            f"rows all the same, from {places(found)}",
            (),
            numbers(found),
            "take these lines out if they are comments",
            Severity.WARNING,
        )
