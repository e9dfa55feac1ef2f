"""The labels are numbers with fractions, many different ones: a quantity to predict, not classes.

Why it matters: as classes, 3.1 is as far from 3.2 as from 90, and nearly every value is rare. No weighting helps that;
a regression loss does.

What to do: predict the number (squared or absolute error). If classes are wanted, cut the range into bins first, by
what the decision needs, and count the bins. If another column holds the classes, name it with `--label COLUMN`.

Example: 350 different prices between 0.99 and 249.5 in 1,000 rows.

Reference: Yang 2021, Delving into deep imbalanced regression, for rare ranges of a continuous target.
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import quote
from ._reading import reads_as_fractions

RULE = Rule("looks-like-regression-target", "IMB143", Severity.WARNING)


def check(labels: LabelProfile, *, values: int = 20) -> Iterator[Finding]:
    """One finding from `values` different numbers on, when half of them or more are not whole."""
    names = [row.name for row in labels.classes if row.count]
    if labels.layout.kind == "indicator" or len(names) < values or not reads_as_fractions(names):
        return
    lowest, highest = min(names, key=float), max(names, key=float)
    yield Finding(
        RULE,
        f"{len(names):,} different numbers between {quote(lowest)} and {quote(highest)}, most of them with a fraction: "
        "this looks like a quantity, not classes",
        (),
        {"distinct": len(names), "labels": labels.counts.n_assignments, "lowest": lowest, "highest": highest},
        "use a regression loss, cut the range into bins first, or name the label column with --label COLUMN",
    )
