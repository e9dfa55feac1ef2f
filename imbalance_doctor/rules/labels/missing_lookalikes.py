"""A class is called NA, None, null, nan or the like, which may mean that the label is missing.

Why it matters: labels are taken as exact text here, so the rows are counted as a class. Many readers drop them unasked
(pandas turns NA, None, null and nan into missing values): then these counts and the training script's counts differ,
and so do the class indices after the gap.

What to do: decide which it is. If the rows have no label, `--missing NA`. If it is a class (Namibia's country code,
"none of these"), keep it, and load the file with `keep_default_na=False` in pandas.

Example: country codes with 412 times NA: 412 Namibians here, 412 missing labels in pandas.

Reference: pandas.read_csv, na_values and keep_default_na.
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import count, quote

RULE = Rule("missing-lookalikes", "IMB145", Severity.INFO)
WORDS = frozenset({"na", "nan", "-nan", "none", "null", "nil", "missing", "undefined"})
MARKS = frozenset({"", "n/a", "#n/a", "#na", "<na>", "?", "--"})


def check(labels: LabelProfile) -> Iterator[Finding]:
    """One finding over all such classes that have samples."""
    if labels.layout.kind == "indicator":
        return
    found = [row for row in labels.classes if row.count and row.name.strip().casefold() in WORDS | MARKS]
    if not found:
        return
    named = ", ".join(f"{quote(row.name)} ({count(row.count, 'sample')})" for row in found)
    noun = "a class that may mean" if len(found) == 1 else "classes that may mean"
    yield Finding(
        RULE,
        f"counted as {noun} a missing label: {named}",
        tuple(row.name for row in found),
        {"classes": len(found), "samples": sum(row.count for row in found)},
        f"if these rows have no label, say {' '.join(f'--missing {quote(row.name)}' for row in found)}; if they have a "
        "class of that name, check that the training script keeps it too",
    )
