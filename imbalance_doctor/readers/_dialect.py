"""How a delimited text is written: delimiter, quoting, header. What the columns mean is the layout's part."""

import operator
import re
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate

from ..errors import InputError, UsageError
from . import _quotes
from ._source import Options

DELIMITERS = ("\t", ",", ";", "|")
HEADER_NAMES = frozenset(
    """label labels class classes target targets y_true category categories tag tags species gold truth id index idx
    text sentence name names count counts freq frequency support file filename path image images url score split
    label_name class_name classname labelname samples""".split()  # noqa: SIM905
)
SAMPLE_LINES = 2_000
SAMPLE_CHARACTERS = 1 << 20
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\Z")


@dataclass(frozen=True)
class Dialect:
    """`delimiter` is None for one value a line; `header` is None when the first row can be read either way.

    `quote` is "" when quotes are ordinary characters, None while none has been seen; `asked`: the user said so.
    """

    delimiter: str | None
    quote: str | None
    header: bool | None
    names: tuple[str, ...]
    asked: bool = False


def sniff(head: bytes, options: Options, suffix: str, name: str, *, one_column: bool = False) -> Dialect:
    """Find the dialect from the first lines (UTF-8). `one_column`: a line is a value, whatever it holds.

    Raises InputError when the rows have no common number of fields, or quoting can be read in two ways.
    """
    text = _sample(head.decode())
    if not text.strip():
        raise InputError(f"{name} holds no labels: it is empty", "name the file that holds the labels")
    quote = _asked_quote(options)
    delimiter = None if one_column else _delimiter(text, quote, options, suffix)
    if quote is None:
        quote = "" if one_column else quoting(head, delimiter, name, 0)
    if options.quote is None and quote:
        _one_reading(text, delimiter, quote, name)
    rows = [row for _, row in _quotes.rows(text, delimiter, quote) if delimiter is None or any(row)]
    if not any(map(any, rows)):
        raise InputError(f"{name} holds no labels: every cell is empty", "name the file that holds the labels")
    header = options.header if options.header is not None else _header(rows)
    first = [cell.strip() for cell in rows[0]]
    if options.header is None and header is None and options.label is not None and options.label in first:
        header = True
    names = _unique(first, name) if header else [str(i + 1) for i in range(len(first))]
    return Dialect(delimiter, quote, header, tuple(names), options.quote is not None or one_column)


def _sample(text: str) -> str:
    """The first SAMPLE_LINES lines, without a last row that they cut in the middle of a quoted field."""
    if len(text) > SAMPLE_CHARACTERS:
        text = text[: text.rfind("\n", 0, SAMPLE_CHARACTERS) + 1] or text
    lines = text.split("\n", SAMPLE_LINES)
    if len(lines) > SAMPLE_LINES or not lines[-1]:
        lines.pop()
    inside = list(accumulate((line.count('"') % 2 for line in lines), operator.xor))
    whole = len(lines) - inside[::-1].index(0) if 0 in inside else len(lines)
    return "".join(f"{line}\n" for line in lines[:whole])


def _asked_quote(options: Options) -> str | None:
    if options.quote is None or options.quote == "none":
        return options.quote and ""
    if not _one_ascii(options.quote):
        raise UsageError(
            f"a quote is one character, not {options.quote!r}", "for example --quote '\"', or --quote none"
        )
    return options.quote


def _one_ascii(text: str) -> bool:
    return len(text) == 1 and text.isascii() and text not in "\r\n\0"


def _delimiter(text: str, quote: str | None, options: Options, suffix: str) -> str | None:
    if options.delimiter is not None:
        delimiter = {"\\t": "\t", "tab": "\t"}.get(options.delimiter, options.delimiter)
        if not _one_ascii(delimiter) or delimiter == (quote or '"'):
            raise UsageError(
                f"a delimiter is one character of ASCII, not {options.delimiter!r}", "for a tab use --delimiter '\\t'"
            )
        return delimiter
    order = {".csv": ",;\t|", ".psv": "|\t,;"}.get(suffix, "\t,;|")
    scores = {d: _consistency(text, d, '"' if quote is None else quote) for d in order}
    best = [d for d in order if scores[d] == 1.0]
    if best:
        return best[0]
    if suffix in (".csv", ".tsv", ".psv", ".tab"):
        near = max(order, key=lambda d: scores[d])
        if scores[near] >= (0.5 if near in text.split("\n", 1)[0] else 0.8):
            return near  # ragged rows: the strict parser names the first one
    return None


def _consistency(text: str, delimiter: str, quote: str) -> float:
    """Share of the rows that have the commonest number of fields; 0.0 when that number is one."""
    if delimiter not in text:
        return 0.0
    share = _commonest(Counter(line.count(delimiter) + 1 for line in text.split("\n") if line.strip()))
    if share < 1.0 and quote and quote in text:
        split = (row for _, row in _quotes.rows(text, delimiter, quote) if any(map(str.strip, row)))
        share = max(share, _commonest(Counter(map(len, split))))
    return share


def _commonest(widths: Counter[int]) -> float:
    ((fields, n),) = widths.most_common(1) or [(1, 0)]
    return n / widths.total() if fields > 1 else 0.0


def quoting(block: bytes, delimiter: str | None, name: str, line: int) -> str | None:
    """What double quotes are in a block: '"' enclosing fields, "" ordinary characters, None when there are none.

    Raises InputError when most quotes enclose fields and one is broken; `line`: lines before the block.
    """
    if b'"' not in block:
        return None
    at = _quotes.violation(block, delimiter, '"')
    if at is None:
        return '"'
    if starts_a_field(block, delimiter) or _quoted_throughout(block, delimiter):
        raise broken_quote(name, line + block.count(b"\n", 0, at) + 1)
    return ""


def starts_a_field(block: bytes, delimiter: str | None) -> bool:
    """Whether a quote starts a field of a text with commas, where a quote that starts one has to enclose it.

    Lines and tab separated texts are mostly written without quoting.
    """
    if delimiter not in (",", ";"):
        return False
    return block.startswith(b'"') or b'\n"' in block or f'{delimiter}"'.encode() in block


def _quoted_throughout(block: bytes, delimiter: str | None) -> bool:
    """Whether some column is quoted in more than half of its filled cells."""
    columns: dict[int, Counter[bool]] = {}
    for _, row in _quotes.rows(_sample(block.decode()), delimiter, None):
        for i, cell in enumerate(row):
            if cell:
                columns.setdefault(i, Counter())[_quotes.is_quoted(cell, '"')] += 1
    return any(column[True] > column[False] for column in columns.values())


QUOTES_HINT = "use --quote none if quotes are ordinary characters, or mend the line"


def broken_quote(name: str, line: int) -> InputError:
    """The error for a quote that RFC 4180 does not allow."""
    return InputError(
        f"{name}: line {line:,} holds a quote that neither encloses a whole field nor is doubled inside one",
        QUOTES_HINT,
    )


def _one_reading(text: str, delimiter: str | None, quote: str, name: str) -> None:
    """Raise InputError when the rows are equally regular with and without quoting, but not equally many."""
    plain = [row for _, row in _quotes.rows(text, delimiter, None)]
    quoted = sum(1 for _ in _quotes.rows(text, delimiter, quote))
    if len(plain) == quoted or len({len(row) for row in plain if any(row)}) > 1 or delimiter is None:
        return
    raise InputError(
        f"{name} can be read in two ways: {len(plain):,} rows when quotes are ordinary characters, "
        f"{quoted:,} when they enclose fields",
        "say which with --quote none or --quote '\"'",
    )


def _header(rows: list[list[str]]) -> bool | None:
    """Whether the first row names columns; None when it can be read either way."""
    cells = [cell.strip() for cell in rows[0]]
    below = [{row[i].strip() for row in rows[1:] if len(row) == len(cells)} for i in range(len(cells))]
    named = [i for i, cell in enumerate(cells) if cell.lower().lstrip("# ") in HEADER_NAMES]
    if named:  # only these cells can tell: a class id may be a value below
        return not any(cells[i] in below[i] for i in named)
    if any(_NUMBER.match(cell) for cell in cells):
        counted = cells in ([str(i) for i in range(len(cells))], [str(i + 1) for i in range(len(cells))])
        ids_above_indicators = counted and len(cells) > 2 and all(column <= {"0", "1", ""} for column in below)
        return ids_above_indicators and any(below)
    if not all(cells[1:]) or len(set(cells)) < len(cells):  # a blank first cell is how a data frame names its index
        return False
    if not any(below):
        return None
    if any(column and all(_NUMBER.match(c) or not c for c in column) for column in below):
        return True  # words above a column of numbers
    if any(cell in column for cell, column in zip(cells, below, strict=True)):
        return False  # the first row recurs below
    if any(_recurring([row[i].strip() for row in rows[1:] if len(row) > i]) for i in range(len(cells))):
        return True  # above a column whose every value recurs, the first one alone does not
    return None


def _recurring(cells: list[str]) -> bool:
    """Whether every value of a long enough column occurs again and again."""
    counts = Counter(cells)
    return len(cells) >= 20 and min(counts.values()) > 1 and len(counts) <= len(cells) / 5


def _unique(names: list[str], where: str) -> list[str]:
    """Column names; an empty one gets its number. Raises InputError when two columns share a name."""
    filled = [n or str(i + 1) for i, n in enumerate(names)]
    twice = [n for n, k in Counter(filled).items() if k > 1]
    if twice:
        raise InputError(
            f"{where} has two columns named {twice[0]!r}",
            "rename one, or use --no-header and name the column by number",
        )
    return filled
