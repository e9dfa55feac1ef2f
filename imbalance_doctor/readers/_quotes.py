"""Rows and fields of delimited text, and whether quotes are written as RFC 4180 says.

Rows end at line feeds only: a label may hold any other character that some program takes for a line end.
"""

import re
from collections.abc import Iterator

import numpy as np

LOOK_AHEAD = 1 << 16
"""Characters after which a quoted field of a torn text is not closed any more."""


def rows(text: str, delimiter: str | None, quote: str | None) -> Iterator[tuple[int, list[str]]]:
    """The line each row starts at, from 1, and its fields without their quotes; blank lines are rows of one field."""
    held: list[str] = []
    inside = False
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    for number, line in enumerate(lines, 1):
        held.append(line)
        if quote and line.count(quote) % 2:
            inside = not inside
        if not inside or number == len(lines):
            yield number - len(held) + 1, fields("\n".join(held).removesuffix("\r"), delimiter, quote)
            held = []


def torn_rows(text: str, delimiter: str, quote: str) -> Iterator[tuple[int, list[str]]]:
    """As `rows`, where some quotes are broken: a row that is not written as RFC 4180 says ends at its line's end.

    >>> [row for _, row in torn_rows("a,'b\\nc,d\\n'e\\nf',g\\n", ",", "'")]
    [['a', "'b"], ['c', 'd'], ['e\\nf', 'g']]
    """
    d, q = re.escape(delimiter), re.escape(quote)
    field = rf"(?:{q}[^{q}]*+(?:{q}{q}[^{q}]*+)*+{q}|[^{d}{q}\n]*+)"
    whole = re.compile(rf"{field}(?:{d}{field})*+\r?(?:\n|\Z)")
    at, number = 0, 1
    while at < len(text):
        stop = text.find("\n", at) + 1 or len(text)
        found = whole.match(text, at, min(len(text), at + LOOK_AHEAD)) if quote in text[at:stop] else None
        stop = found.end() if found else stop
        row = text[at:stop]
        yield number, fields(row.removesuffix("\n").removesuffix("\r"), delimiter, quote)
        number, at = number + row.count("\n"), stop


def fields(row: str, delimiter: str | None, quote: str | None) -> list[str]:
    """The fields of one row.

    >>> fields("a,'b,''c'' d'", ",", "'")
    ['a', "b,'c' d"]
    """
    parts = [row] if delimiter is None else row.split(delimiter)
    if not quote or quote not in row:
        return parts
    merged: list[str] = []
    inside = False
    for part in parts:
        if inside:
            merged[-1] += f"{delimiter}{part}"
        else:
            merged.append(part)
        if part.count(quote) % 2:
            inside = not inside
    return [p[1:-1].replace(quote * 2, quote) if is_quoted(p, quote) else p for p in merged]


def is_quoted(field: str, quote: str) -> bool:
    """Whether a field starts and ends with a quote."""
    return len(field) > 1 and field[0] == field[-1] == quote


def violation(block: bytes, delimiter: str | None, quote: str) -> int | None:
    """Where a quote neither opens at the start of a field, nor closes at its end, nor is doubled inside (RFC 4180)."""
    data = np.frombuffer(b"\n" + block + b"\n\n", np.uint8)
    at = np.flatnonzero(data == ord(quote))
    edge = np.zeros(256, bool)
    edge[[10, *([ord(delimiter)] if delimiter else [])]] = True
    doubled = np.diff(at) == 1
    opening, closing = at[0::2], at[1::2]
    good_opening = edge[data[opening - 1]]
    good_opening[1:] |= doubled[1::2][: len(opening) - 1]
    after = data[closing + 1]
    good_closing = edge[after] | ((after == 13) & (data[closing + 2] == 10))
    good_closing[: len(opening) - 1] |= doubled[1::2]
    wrong = np.concatenate((opening[~good_opening], closing[~good_closing]))
    return int(wrong.min()) - 1 if len(wrong) else None


def without_quoted(marks: bytes, quote: bytes) -> bytes:
    """The delimiters and line ends of `marks` that are outside quotes; `marks` holds nothing but these and quotes."""
    # A doubled quote, and a field without marks inside, are two quotes side by side: dropping them keeps the parity.
    return b"".join(marks.replace(quote * 2, b"").split(quote)[::2])
