"""The header stands in the file more than once, as where files were joined end to end, or has two rows.

Why it matters: read as a row, a header is a sample of a class that has the name of the column, and a column of numbers
becomes text.

What to do: nothing for these counts: the repetitions are rejected. Take them out of the file before others read it, and
see whether each of the joined files ends as it should.

Example: `cat part1.csv part2.csv > all.csv` leaves the header of part 2 in the middle.

Reference: Vitagliano 2023, Pollock: a data loading benchmark, on several tables in one file.
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import count
from ._damage import numbers, of, places

RULE = Rule("repeated-header", "IMB165", Severity.WARNING)


def check(labels: LabelProfile) -> Iterator[Finding]:
    """One finding for whole headers, one for a class that has the name of its column."""
    if found := of(labels, "header"):
        n = count(sum(d.n for d in found), "more time", "more times")
        message = f"the header stands in the text {n}, and is rejected there: {places(found)}"
        yield Finding(RULE, message, (), numbers(found), "take it out, and see whether the files were joined as meant")
    for kind, what, whats in (
        ("header-row", "is left out", "are left out"),
        ("header-like-row", "is counted as a row all the same", "are counted as rows all the same"),
    ):
        if found := of(labels, kind):
            one = sum(d.n for d in found) == len(found)
            rows = f"row below the header looks like a second row of it and {what}"
            more = f"rows below the header look like rows of it and {whats}"
            message = f"the {rows if one else more}: {places(found)}"
            yield Finding(RULE, message, (), numbers(found), "write one header row, with no sample above or in it")
    column = labels.layout.column
    name = next((c.name for c in labels.classes if column and c.name.strip() == column.strip() and c.count), None)
    if name is not None and labels.layout.kind in ("column", "delimited"):
        yield Finding(
            RULE,
            f'a class is named "{name}" as its column is: this looks like a header that was read as a sample',
            (name,),
            {"class": name},
            f"take the header out of the rows, or leave it out with --ignore-label {name}",
        )
