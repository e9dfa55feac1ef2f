"""Titles, notes, comments or totals stand above the header, between the rows or below them.

Why it matters: they are no samples. Lines that cannot be rows are left out here, and named, so that you can see whether
a row was taken for a note. A line that starts with # but has as many fields as a row is counted as one, and so is a
last row that is unlike the first ones, as a total or the header of another table is.

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
UNLIKE = "words where numbers are, numbers where words are, or little but the label"
LOOK, WARN = "see that none of them is a row", Severity.WARNING
KINDS = (
    ("preamble", "line", "above the header left out", LOOK, None),
    ("comment", "line", "that start with # left out", LOOK, None),
    ("commented", "line", "that start with # left out that look like rows", "take away the # of rows", WARN),
    ("comment-row", "row", "that start with # counted all the same", "take these lines out if they are comments", WARN),
    ("note-row", "row", "with nothing but a label counted all the same", "take titles and notes out", WARN),
    ("strange", "row", f"at the end, unlike those above, counted all the same ({UNLIKE})",
     "see whether totals, notes or another table follow", WARN),
    ("cut", "row", "without a line end whose label is the start of another", "see whether the file was cut off", WARN),
)  # fmt: skip
"""Kind of damage, what it is, what became of it, what to do, and how bad that is."""


def check(labels: LabelProfile) -> Iterator[Finding]:
    """A finding per kind: what was left out above the rows and between them, and a warning for what was counted."""
    for kind, noun, what, remedy, severity in KINDS:
        if found := of(labels, kind):
            message = f"{count(sum(d.n for d in found), noun)} {what}: {places(found)}"
            yield Finding(RULE, message, (), numbers(found), remedy, severity)
