"""Some rows of a text have too many or too few fields, or another delimiter.

Why it matters: every reader does something else with such a row: shift its cells, drop it, or stop. A label that is
taken from the wrong cell is a class that does not exist, or one sample too many of one that does.

What to do: mend the rows, at the lines that are named; the commonest causes are a delimiter inside a cell that is not
quoted, and a file that was cut off. Rows whose label is certain are counted, the others are rejected, and the numbers
say how many. With `--strict` any such row is an error.

Example: `7,cat,large, brown` has four fields where the header has three. The label `cat` is where it belongs.

Reference: Vitagliano 2023, Pollock: a data loading benchmark, on rows with too few and too many delimiters; RFC 4180,
section 2, rule 4.
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import count, percent
from ._damage import fate, numbers, of, places

RULE = Rule("ragged-rows", "IMB161", Severity.WARNING)


def check(labels: LabelProfile, *, many: float = 0.05) -> Iterator[Finding]:
    """One finding: a warning, and an error when more than the share `many` of all rows is rejected."""
    found = of(labels, "ragged", "delimiter")
    if not found:
        return
    n, share = sum(d.n for d in found), sum(d.n_rejected for d in found) / labels.n_rows
    yield Finding(
        RULE,
        f"{count(n, 'row')} of {labels.n_rows:,} ({percent(n / labels.n_rows)}) {'has' if n == 1 else 'have'} too many "
        f"or too few fields: {places(found)}; {fate(found)}",
        (),
        numbers(found),
        "mend these lines: quote cells that hold the delimiter, and see whether the file was cut off",
        Severity.ERROR if share > many else Severity.WARNING,
    )
