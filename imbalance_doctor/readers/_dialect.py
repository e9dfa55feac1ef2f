"""How a delimited text is written: delimiter, quoting, header. What the columns mean is the layout's part."""

import operator
from collections import Counter
from dataclasses import dataclass, replace
from itertools import accumulate

from ..errors import InputError, UsageError
from . import _header, _quotes, _start
from ._source import Options

DELIMITERS = ("\t", ",", ";", "|")
SAMPLE_LINES = 2_000
SAMPLE_CHARACTERS = 1 << 20


@dataclass(frozen=True)
class Dialect:
    """`delimiter` is None for one value a line; `header` is None when the first row can be read either way.

    `quote` is "" when quotes are ordinary characters, None while none has been seen; `asked`: the user said so.
    Where damage is watched, `skip` lines stand above the rows; `first` is the text of the header, `preamble` the lines
    above it that hold something; `trailing`: a delimiter ends every row but the header; `comments`: # can start one;
    `second`: whether rows below the header belong to it, or look so; `seconds` are their lines.
    """

    delimiter: str | None
    quote: str | None
    header: bool | None
    names: tuple[str, ...]
    asked: bool = False
    skip: int = 0
    first: bytes | None = None
    preamble: tuple[int, ...] = ()
    trailing: bool = False
    comments: bool = False
    second: str = ""
    seconds: tuple[int, ...] = ()


def sniff(head: bytes, options: Options, suffix: str, name: str, *, one_column: bool = False) -> Dialect:
    """Find the dialect from the first lines (UTF-8). `one_column`: a line is a value, whatever it holds.

    Raises InputError when the rows have no common number of fields, or quoting can be read in two ways.
    """
    text = _sample(head.decode(), whole=options.set_aside)
    if not text.strip():
        raise InputError(f"{name} holds no labels: it is empty", "name the file that holds the labels")
    quote = _asked_quote(options)
    delimiter = None if one_column else _delimiter(text, quote, options, suffix)
    if quote is None:
        quote = "" if one_column else quoting(head, delimiter, name, 0, strict=not options.set_aside)
        if quote is None and options.set_aside and delimiter is not None and _in_single_quotes(text, delimiter):
            quote = "'"
    if options.quote is None and quote and not (options.set_aside and _broken(head, delimiter, quote)):
        _one_reading(text, delimiter, quote, name)
    lines = _rows(text, delimiter, quote) if options.set_aside else [*_quotes.rows(text, delimiter, quote)]
    filled = [(line, row) for line, row in lines if delimiter is None or any(row)]
    if not any(any(row) for _, row in filled):
        raise InputError(f"{name} holds no labels: every cell is empty", "name the file that holds the labels")
    asked = options.quote is not None or one_column
    if options.set_aside:
        return _watched(text, lines, Dialect(delimiter, quote, None, (), asked), options, name)
    header, names = _header.names([row for _, row in filled], options, name)
    return Dialect(delimiter, quote, header, names, asked)


def _watched(text: str, lines: list[_start.Line], dialect: Dialect, options: Options, name: str) -> Dialect:
    """The dialect of a text whose structure is watched: what stands above the rows is told from them."""
    delimiter = dialect.delimiter
    filled = [line for line in lines if delimiter is None or any(map(str.strip, line[1]))]
    width = _width(filled)
    start = _start.find(filled, width, options.label, name)
    table = [start.first, *(row for _, row in filled[start.at + 1 :])]
    header, names = _header.names(table, options, name)
    deep, seconds = _start.second_headers(table[0], table[1:]) if header and len(names) > 1 else (0, 0)
    at = filled[start.at][0]
    last = filled[start.at + deep * (seconds > 1)][0]  # of the header
    end, below = (next((n for n, _ in lines if n > line), text.count("\n") + 1) for line in (at, last))
    first = "\n".join(text.split("\n")[at - 1 : end - 1]).strip()
    return replace(
        dialect,
        header=header,
        names=names,
        skip=below - 1 if header else at - 1 if start.at else 0,
        first=first.encode() if header and delimiter is not None else None,
        preamble=tuple(line for line, _ in filled[: start.at]),
        trailing=start.trailing,
        comments=delimiter is not None and 2 * sum(row[0].startswith("#") for row in table) <= len(table),
        second="" if not seconds else "header-row" if seconds > 1 else "header-like-row",
        seconds=tuple(line for line, _ in filled[start.at + 1 : start.at + 1 + deep]),
    )


def _width(filled: list[_start.Line]) -> int:
    """The commonest number of fields; more fields count where two numbers are as common."""
    widths = Counter(len(row) for _, row in filled)
    return max(widths.items(), key=lambda item: (item[1], item[0]))[0]


def _rows(text: str, delimiter: str | None, quote: str | None) -> list[_start.Line]:
    """The rows of a text in which quotes may be broken."""
    if delimiter and quote and quote in text and _broken(text.encode(), delimiter, quote):
        return [*_quotes.torn_rows(text, delimiter, quote)]
    return [*_quotes.rows(text, delimiter, quote)]


def _broken(head: bytes, delimiter: str | None, quote: str) -> bool:
    """Whether quotes are not written as RFC 4180 says, or one stays open."""
    return head.count(quote.encode()) % 2 == 1 or _quotes.violation(head, delimiter, quote) is not None


def _in_single_quotes(text: str, delimiter: str) -> bool:
    """Whether the rows are regular only when single quotes enclose fields, and they are written well."""
    if "'" not in text or _broken(text.encode(), delimiter, "'"):
        return False
    rows = [row for _, row in _quotes.rows(text, delimiter, "'") if any(map(str.strip, row))]
    plain = {line.count(delimiter) for line in text.split("\n") if line.strip()}
    if len({len(row) for row in rows}) > 1:
        return False
    return len(plain) > 1 or text.count("'") >= 2 * len(rows) * len(rows[0])


def _sample(text: str, *, whole: bool = False) -> str:
    """The first SAMPLE_LINES lines, without a last row that they cut in the middle of a quoted field.

    `whole`: keep all of them where a quote that stays open would take the most of them away, and they look like rows.
    """
    if len(text) > SAMPLE_CHARACTERS:
        text = text[: text.rfind("\n", 0, SAMPLE_CHARACTERS) + 1] or text
    lines = text.split("\n", SAMPLE_LINES)
    if len(lines) > SAMPLE_LINES or not lines[-1]:
        lines.pop()
    inside = list(accumulate((line.count('"') % 2 for line in lines), operator.xor))
    n = len(lines) - inside[::-1].index(0) if 0 in inside else len(lines)
    if whole and 2 * n < len(lines) and _alike(lines[0], lines[n:]):
        n = len(lines)
    return "".join(f"{line}\n" for line in lines[:n])


def _alike(first: str, lines: list[str]) -> bool:
    """Whether most lines hold as many of some delimiter as the first one."""
    counts = ((first.count(d), sum(line.count(d) == first.count(d) for line in lines)) for d in DELIMITERS)
    return any(k and 2 * n > len(lines) for k, n in counts)


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
    naming = _naming(text, '"' if quote is None else quote, options.label)
    order = "".join(d for d in order if d in naming) or order
    scores = {d: _consistency(text, d, '"' if quote is None else quote) for d in order}
    best = [d for d in order if scores[d] == 1.0]
    if best:
        return best[0]
    if suffix in (".csv", ".tsv", ".psv", ".tab"):
        near = max(order, key=lambda d: scores[d])
        if scores[near] >= (0.5 if near in text.split("\n", 1)[0] else 0.8):
            return near  # ragged rows: the strict parser names the first one
    return None


def _naming(text: str, quote: str, label: str | None) -> str:
    """The delimiters that make the asked label a cell of one of the first lines."""
    if label is None or label.isdigit():
        return ""
    lines = text.split("\n", _start.MAX_PREAMBLE)[: _start.MAX_PREAMBLE]
    return "".join(
        d
        for d in DELIMITERS
        if any(label in map(str.strip, _quotes.fields(line, d, quote)) for line in lines if d in line and label in line)
    )


def _consistency(text: str, delimiter: str, quote: str) -> float:
    """Share of the rows that have the commonest number of fields; 0.0 when that number is one."""
    if delimiter not in text:
        return 0.0
    share = _commonest(Counter(line.count(delimiter) + 1 for line in text.split("\n") if line.strip()))
    if share < 1.0 and quote and quote in text:
        split = (row for _, row in _rows(text, delimiter, quote) if any(map(str.strip, row)))
        share = max(share, _commonest(Counter(map(len, split))))
    return share


def _commonest(widths: Counter[int]) -> float:
    ((fields, n),) = widths.most_common(1) or [(1, 0)]
    return n / widths.total() if fields > 1 else 0.0


def quoting(block: bytes, delimiter: str | None, name: str, line: int, *, strict: bool = True) -> str | None:
    """What double quotes are in a block: '"' enclosing fields, "" ordinary characters, None when there are none.

    Raises InputError when most quotes enclose fields and one is broken, if `strict`; `line`: lines before the block.
    """
    if b'"' not in block:
        return None
    at = _quotes.violation(block, delimiter, '"')
    if at is None:
        return '"'
    if starts_a_field(block, delimiter) or _quoted_throughout(block, delimiter):
        if not strict and delimiter is not None:
            return '"'
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
