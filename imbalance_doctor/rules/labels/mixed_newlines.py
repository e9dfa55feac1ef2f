"""Some lines of a text end in CR LF and others in LF, or a lone CR stands where a line may end.

Why it matters: it shows that the file was put together from several, or edited by hand. Readers that know one line end
only leave a carriage return at the end of the last cell, and `cat` and `cat\\r` are two classes to them.

What to do: nothing for these counts: every line end is understood. Write the file with one kind of line end before
other programs read it, for example with `dos2unix`.

Example: 900 lines of a Unix export with 100 lines that were added on Windows.

Reference: RFC 4180, section 2, rule 1; Vitagliano 2023, Pollock: a data loading benchmark.
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import count
from ._damage import numbers, of, places

RULE = Rule("mixed-newlines", "IMB163", Severity.INFO)


def check(labels: LabelProfile) -> Iterator[Finding]:
    """One finding."""
    if found := of(labels, "newline"):
        n = sum(d.n for d in found)
        yield Finding(
            RULE,
            f"{count(n, 'line')} {'ends' if n == 1 else 'end'} otherwise than the first one, from {places(found)}",
            (),
            numbers(found),
            "write the file with one kind of line end before other programs read it",
        )
