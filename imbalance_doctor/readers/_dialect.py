"""How a delimited text is written: delimiter, quoting, header. What the columns mean is the layout's part."""

import csv
import re
from collections import Counter
from dataclasses import dataclass

import numpy as np

from ..errors import InputError, UsageError
from ._source import Options

DELIMITERS = ("\t", ",", ";", "|")
HEADER_NAMES = frozenset(
    """label labels class classes target targets y_true category categories tag tags species gold truth id index idx
    text sentence name names count counts freq frequency support file filename path image images url score split
    label_name class_name classname labelname samples""".split()  # noqa: SIM905
)
SAMPLE_LINES = 2_000
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\Z")


@dataclass(frozen=True)
class Dialect:
    """`delimiter` is None for one value a line; `header` is None when the first row can be read either way.

    `quote` is "" when quotes are ordinary characters, None while none has been seen.
    """

    delimiter: str | None
    quote: str | None
    header: bool | None
    names: tuple[str, ...]


def sniff(head: bytes, options: Options, suffix: str, name: str, *, whole: bool) -> Dialect:
    """Find the dialect from the first bytes (UTF-8). `whole`: the head is all there is.

    Raises InputError when the rows have no common number of fields, or quoting can be read in two ways.
    """
    text = head.decode("utf-8", "replace")
    lines = text.splitlines(keepends=True) if whole else text.splitlines(keepends=True)[:-1]
    lines = lines[:SAMPLE_LINES]
    if not any(line.strip() for line in lines):
        raise InputError(f"{name} holds no labels: it is empty", "name the file that holds the labels")
    delimiter = _delimiter(lines, options, suffix)
    quote = _quote(lines, delimiter, options, name)
    rows = [row for row in _rows(lines, delimiter, quote) if row and (delimiter is None or any(row))]
    header = options.header if options.header is not None else _header(rows)
    first = [cell.strip() for cell in rows[0]]
    if options.header is None and header is None and options.label is not None and options.label in first:
        header = True
    names = _unique(first, name) if header else [str(i + 1) for i in range(len(first))]
    return Dialect(delimiter, quote, header, tuple(names))


def _rows(lines: list[str], delimiter: str | None, quote: str | None) -> list[list[str]]:
    if delimiter is None and not quote:
        return [[line.rstrip("\r\n")] for line in lines]
    if not quote:
        return [line.rstrip("\r\n").split(delimiter) for line in lines]
    return list(csv.reader(lines, delimiter=delimiter or "\x1f", quotechar=quote, doublequote=True))


def _delimiter(lines: list[str], options: Options, suffix: str) -> str | None:
    if options.delimiter is not None:
        delimiter = {"\\t": "\t", "tab": "\t"}.get(options.delimiter, options.delimiter)
        if len(delimiter) != 1 or delimiter in '\r\n"':
            raise UsageError(
                f"a delimiter is one character, not {options.delimiter!r}", "for a tab use --delimiter '\\t'"
            )
        return delimiter
    order = {".tsv": "\t,;|", ".csv": ",;\t|", ".psv": "|\t,;"}.get(suffix, "\t,;|")
    filled = [line for line in lines if line.strip()]
    scores = {d: _consistency(filled, d) for d in order}
    best = [d for d in order if scores[d] == 1.0]
    if best:
        return best[0]
    if suffix in (".csv", ".tsv", ".psv"):
        near = max(order, key=lambda d: scores[d])
        if scores[near] >= 0.8:
            return near  # ragged rows: the strict parser names the first one
    return None


def _consistency(lines: list[str], delimiter: str) -> float:
    """Share of the rows that have the commonest number of fields; 0.0 when that number is one."""
    if not any(delimiter in line for line in lines):
        return 0.0
    plain = Counter(line.count(delimiter) for line in lines)
    share = 0.0
    fields, n = plain.most_common(1)[0]
    if fields:
        share = n / len(lines)
    if share < 1.0 and any('"' in line for line in lines):
        rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
        fields, n = Counter(map(len, rows)).most_common(1)[0]
        if fields > 1:
            share = max(share, n / len(rows))
    return share


def _quote(lines: list[str], delimiter: str | None, options: Options, name: str) -> str | None:
    if options.quote is not None:
        return "" if options.quote == "none" else options.quote
    joined = "".join(lines).encode()
    if b'"' not in joined:
        return None
    if not follows_rfc4180(joined, delimiter):
        return ""
    plain, quoted = _rows(lines, delimiter, None), _rows(lines, delimiter, '"')
    if len(plain) == len(quoted) or len({len(r) for r in plain if any(r)}) > 1 or delimiter is None:
        return '"'
    raise InputError(
        f"{name} can be read in two ways: {len(plain):,} rows when quotes are ordinary characters, "
        f"{len(quoted):,} when they enclose fields",
        "say which with --quote none or --quote '\"'",
    )


def follows_rfc4180(block: bytes, delimiter: str | None) -> bool:
    """Whether every quote opens at the start of a field, closes at its end, or is doubled inside (RFC 4180)."""
    data = np.frombuffer(block, np.uint8)
    at = np.flatnonzero(data == 34)
    ends = [10, 13] if delimiter is None else [10, 13, ord(delimiter) if ord(delimiter) < 128 else 10]
    padded = np.concatenate(([10], data, [10]))
    before, after = np.isin(padded[at], ends), np.isin(padded[at + 2], ends)
    doubled = np.diff(at) == 1
    opening, closing = np.arange(len(at)) % 2 == 0, np.arange(len(at)) % 2 == 1
    before[1:] |= doubled
    after[:-1] |= doubled
    return bool(before[opening].all() and after[closing].all())


def _header(rows: list[list[str]]) -> bool | None:
    """Whether the first row names columns; None when it can be read either way."""
    cells = [cell.strip() for cell in rows[0]]
    below = [{row[i].strip() for row in rows[1:] if len(row) == len(cells)} for i in range(len(cells))]
    if any(cell.lower().lstrip("# ") in HEADER_NAMES for cell in cells):
        return not any(cell in column for cell, column in zip(cells, below, strict=True))
    if any(_NUMBER.match(cell) for cell in cells):
        counted = cells in ([str(i) for i in range(len(cells))], [str(i + 1) for i in range(len(cells))])
        ids_above_indicators = counted and len(cells) > 2 and all(column <= {"0", "1", ""} for column in below)
        return ids_above_indicators and any(below)
    if not all(cells) or len(set(cells)) < len(cells):
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
