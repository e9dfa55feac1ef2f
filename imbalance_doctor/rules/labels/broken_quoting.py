"""Quotes are not written as RFC 4180 says: opened and not closed, in the middle of a field, or not doubled inside one.

Why it matters: a quote that opens makes the reader take all up to the next one for one cell, line ends included. A
single quote too many can swallow dozens of rows, and no count says so.

What to do: mend the quotes, at the lines that are named: enclose the whole field, and double every quote inside it. If
quotes are ordinary characters in this file, say so with `--quote none`. A row with a broken quote ends at its line's
end here; where every way to mend it gives the same label it is counted, otherwise it is rejected.

Example: in `8,"5" pipe",cat` the second quote closes the field too early; `8,"5"" pipe",cat` is right.

Reference: RFC 4180, section 2, rules 5 to 7; Vitagliano 2023, Pollock: a data loading benchmark.
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import count
from ._damage import fate, numbers, of, places

RULE = Rule("broken-quoting", "IMB162", Severity.WARNING)


def check(labels: LabelProfile, *, many: float = 0.05) -> Iterator[Finding]:
    """A finding per kind: rows with broken quotes, rows that may be swallowed, quotes that enclose nothing (info)."""
    if broken := of(labels, "quoting"):
        n, share = sum(d.n for d in broken), sum(d.n_rejected for d in broken) / labels.n_rows
        yield Finding(
            RULE,
            f"{count(n, 'row')} of {labels.n_rows:,} {'holds' if n == 1 else 'hold'} a quote that neither encloses a "
            f"whole field nor is doubled inside one: {places(broken)}; {fate(broken)}",
            (),
            numbers(broken),
            "mend these lines, or use --quote none if quotes are ordinary characters",
            Severity.ERROR if share > many else Severity.WARNING,
        )
    if swallowed := of(labels, "swallowed"):
        yield Finding(
            RULE,
            f"a quoted cell goes over lines that look like rows of their own, so rows may be missing: "
            f"{places(swallowed)}",
            (),
            numbers(swallowed),
            "see whether a quote is missing or too many there",
        )
    if stray := of(labels, "stray-quote"):
        yield Finding(
            RULE,
            f"{count(sum(d.n for d in stray), 'double quote')} in the text enclose no field and are read as ordinary "
            f"characters, from {places([stray[0]])}",
            (),
            numbers(stray),
            "nothing, if cells are meant to hold quotes; --quote none says so",
            Severity.INFO,
        )
