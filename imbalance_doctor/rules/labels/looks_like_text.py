"""The labels are sentences, most of them different: this is the text column, not the label column.

Why it matters: every number that follows would be computed correctly from the wrong column.

What to do: name the label column (`--label COLUMN`), and the delimiter if a comma in the text shifted the columns
(`--delimiter`).

Example: 9,812 different values in 10,000 rows, such as "the screen went black after a week".

Reference: the usual accident of two-column files, text first in one and label first in the next.
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import count, quote
from ._reading import mostly_distinct, reads_as_text

RULE = Rule("looks-like-text", "IMB142", Severity.WARNING)


def check(labels: LabelProfile, *, share: float = 0.5, rows: int = 20) -> Iterator[Finding]:
    """One finding when over `share` of the labels differ and at least half of them read as sentences."""
    if not mostly_distinct(labels, share=share, rows=rows) or not reads_as_text(labels.counts.names):
        return
    distinct, n = labels.n_present, labels.counts.n_assignments
    longest = max(labels.counts.names, key=len)
    yield Finding(
        RULE,
        f"{distinct:,} different values among {count(n, 'label')}, most of several words such as {quote(longest)}: "
        "this looks like text, not classes",
        (),
        {"distinct": distinct, "labels": n, "share": distinct / n, "longest": len(longest)},
        "name the label column with --label COLUMN, and check --delimiter if the text holds commas",
    )
