"""Names of classes hold what a name seldom holds: spaces about them, a lone quote, quotes about them, a line end.

Why it matters: it shows that text was split into cells in another way than it was written: ` cat` where a space follows
every comma, `cat"` where a quote is broken, `'cat'` where single quotes enclose fields. Such a class can be the damaged
twin of another; other quotes, bars and backslashes at the end of a name are told of where it has such a twin.

What to do: see how the file writes these labels. Name the quote with `--quote "'"`, or mend the cells.

Example: classes "cat" (90) and `cat"` (1): one row has a quote too many.

Reference: Vitagliano 2023, Pollock: a data loading benchmark, on delimiters with spaces and other quotes.
"""

import re
from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import count, quote_all

RULE = Rule("untidy-names", "IMB168", Severity.WARNING)
_WORN = re.compile(r"(['\"]).*\1\Z", re.DOTALL)
_WRAPPED = re.compile(r"([^\w\s])(.+)\1\Z", re.DOTALL)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\Z")
_UNKNOWN = frozenset("na n/a nan null none nil - -- ? inf -inf unknown missing other background".split())  # noqa: SIM905
FEW, MANY = 3, 30
"""Other classes at least, for a label that is unlike all of them; and at most, for a number among words."""
_QUOTES = "'\"`´‘’‚“”„«»|\\\ufeff"
"""What encloses or escapes text in some files: about a name it shows where that name has a twin without it."""


def check(labels: LabelProfile) -> Iterator[Finding]:
    """One finding, where names are cells of a text."""
    if labels.layout.kind not in ("column", "delimited", "long") or labels.declared:
        return
    names = {row.name for row in labels.classes if row.count}
    untidy = [row.name for row in labels.classes if row.count and (_untidy(row.name) or _twin(row.name) in names)]
    if once := _once(labels):
        yield Finding(
            RULE,
            f"one cell alone holds two labels, one of which stands nowhere else: {quote_all(once)}",
            tuple(once),
            {"labels": len(once)},
            "see whether the cell is damaged",
        )
    if odd := _odd(labels):
        one, others = ("a number", "words") if _NUMBER.match(odd) else ("a word", "numbers")
        yield Finding(
            RULE,
            f'one sample has the label "{odd}", {one} where all other labels are {others}',
            (odd,),
            {"label": odd},
            "see whether a total, a note or a header was read as a sample",
        )
    if untidy:
        yield Finding(
            RULE,
            f"{count(len(untidy), 'class name')} of {len(labels.classes):,} {'has' if len(untidy) == 1 else 'have'} "
            f"spaces, quotes or line ends that do not belong to a name: {quote_all(untidy)}",
            tuple(untidy),
            {"untidy": len(untidy), "classes": len(labels.classes)},
            "see how the file writes them: another --quote or --delimiter, or a cell to mend",
        )


def _untidy(name: str) -> bool:
    torn = name.count('"') % 2 == 1 or any(sign in name for sign in "\n\r\t") or name.endswith("\\")
    return torn or name != name.strip() or bool(_WORN.match(name))


def _twin(name: str) -> str | None:
    """The name without the quotes or the like about it, None where it has none."""
    bare = name.replace('"', "").lstrip("#").strip(_QUOTES)
    if bare == name and (wrapped := _WRAPPED.match(name)):
        bare = wrapped[2]
    return bare if bare not in ("", name) else None


def _once(labels: LabelProfile) -> list[str]:
    """The labels of one sample, where a single cell of many holds two labels."""
    together = sum(row.count for row in labels.classes) - (labels.n_samples - labels.n_unlabelled)
    if not labels.layout.separator or together != 1 or labels.n_samples < MANY:
        return []
    return [row.name for row in labels.classes if row.count == 1]


def _odd(labels: LabelProfile) -> str | None:
    """The label of a single sample that is a word where the others are numbers, or a number where they are words."""
    rows = [row for row in labels.classes if row.count and row.name.strip().lower() not in _UNKNOWN]
    numbers = [row for row in rows if _NUMBER.match(row.name)]
    words = [row for row in rows if not _NUMBER.match(row.name)]
    for few, many, most in ((words, numbers, len(rows)), (numbers, words, MANY)):
        if [row.count for row in few] == [1] and FEW <= len(many) <= most:
            return few[0].name
    return None
