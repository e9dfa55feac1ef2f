"""Every row but the header ends in a delimiter.

Why it matters: such rows have one field more than the header. Some programs take the first column for an index then,
and every name moves to the next column, that of the label too.

What to do: nothing for these counts: the last field is always empty, so that the names stay where they are. Write the
file without the delimiter at the end before other programs read it.

Example: `id,label` above `1,cat,`: pandas reads an index 1, an id `cat` and no label.

Reference: pandas documentation, read_csv, index_col: "malformed file with delimiters at the end of each line".
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from ._damage import numbers, of

RULE = Rule("trailing-delimiters", "IMB167", Severity.INFO)


def check(labels: LabelProfile) -> Iterator[Finding]:
    """One finding."""
    if found := of(labels, "trailing"):
        yield Finding(
            RULE,
            "every row ends in a delimiter that the header does not have; the last, empty field is left out",
            (),
            numbers(found),
            "write the file without it before other programs read it",
        )
