"""Nearly every label is different: this is an id, a name or a path column, or a list of class names, not labels.

Why it matters: every number that follows would be computed correctly from the wrong column.

What to do: name the label column (`--label COLUMN`). A file that lists the classes once each belongs in
`--classes FILE`. If the labels really are this many (people, products), this is retrieval: learn an embedding and
compare, because a class seen once cannot be learnt as a class.

Example: 418 different values in 420 rows, such as img_0001.png, img_0002.png, …

Reference: cardinality near the number of rows is how profilers tell keys from categories (ydata-profiling, UNIQUE).
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import count
from ._reading import mostly_distinct, reads_as_fractions, reads_as_text

RULE = Rule("looks-like-ids", "IMB141", Severity.WARNING)


def check(labels: LabelProfile, *, share: float = 0.5, rows: int = 20) -> Iterator[Finding]:
    """One finding when all labels (three or more) differ, or over `share` of at least `rows` labels.

    Silent on text and on numbers with fractions, which have rules of their own.
    """
    names = labels.counts.names
    if not mostly_distinct(labels, share=share, rows=rows) or reads_as_text(names) or reads_as_fractions(names):
        return
    distinct, n = labels.n_present, labels.counts.n_assignments
    yield Finding(
        RULE,
        f"{distinct:,} different values among {count(n, 'label')}: this looks like ids or names, not classes",
        (),
        {"distinct": distinct, "labels": n, "share": distinct / n},
        "name the label column with --label COLUMN; a list of class names belongs in --classes FILE",
    )
