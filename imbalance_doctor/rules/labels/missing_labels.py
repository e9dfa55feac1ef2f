"""Some rows have no label: the cell is empty.

Why it matters: the counts cover labelled rows only. Labels are seldom missing at random: hard, rare and new cases are
skipped first, so the rare classes are rarer here than where the model will work.

What to do: label the rows or leave them out of training too, and compare the two groups before trusting the
prevalences. If an empty cell means a class ("no finding"), write that class into the cell.

Example: 600 of 10,000 cells are empty (6 %). A class with 100 labelled samples has a prevalence of 1.064 % among the
labelled rows; if all the empty ones were its own, 7 %.

Reference: Rubin 1976, Inference and missing data, on missing at random.
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import count, percent

RULE = Rule("missing-labels", "IMB103", Severity.WARNING)


def check(labels: LabelProfile, *, many: float = 0.05) -> Iterator[Finding]:
    """One finding: info, and a warning above the share `many` of the rows."""
    missing, rows = labels.n_missing, labels.n_rows
    if not missing or not rows:
        return
    share = missing / rows
    yield Finding(
        RULE,
        f"{missing:,} of {count(rows, 'row')} ({percent(share)}) {'has' if missing == 1 else 'have'} no label",
        (),
        {"missing": missing, "rows": rows, "share": share},
        "label these rows or leave them out of training too; where an empty cell means a class, write the class",
        Severity.WARNING if share > many else Severity.INFO,
    )
