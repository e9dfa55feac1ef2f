"""The values of an ARFF line: bare, or in quotes with backslash escapes."""

import re

QUOTED = {
    "'": re.compile(r"'([^'\\]*(?:\\.[^'\\]*)*)'"),
    '"': re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"'),
}
WEIGHT = re.compile(r"(?<=[,\s])\{[^{}]*\}\Z")
"""The weight of a row, behind its values."""
_BARE = {",": re.compile(r"[^,]*"), ",}": re.compile(r"[^,}]*"), " \t": re.compile(r"[^ \t]*")}
MORE = 1_000
"""Values beyond those of the header that are counted for the error."""
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}
_INDEX = re.compile(r"[0-9]{1,9}(?=[ \t])")
_SPACE = re.compile(r"[ \t\r]*")


class BadValueError(ValueError):
    """A line that cannot be split into values; the message says why."""


def quoted(text: str, at: int) -> tuple[str, int]:
    """The value in quotes at a position and where it ends, ("", 0) when it is never closed."""
    found = QUOTED[text[at]].match(text, at)
    if found is None:
        return "", 0
    return _ESCAPE.sub(_character, found[1]) if "\\" in found[1] else found[1], found.end()


def _character(match: re.Match[str]) -> str:
    code = match[1]
    if len(code) == 1:
        return _ESCAPED.get(code, code)
    character = chr(int(code[1:], 16))
    return match[0] if "\ud800" <= character <= "\udfff" else character  # half a character is left as it is written


def bare(text: str, at: int, ends: str) -> tuple[str, int]:
    """The value without quotes from a position to the first of `ends`, and where it ends."""
    found = _BARE[ends].match(text, at)
    assert found is not None
    return found[0].strip(" \t\r"), found.end()


def dense(line: str, n: int) -> list[str | None]:
    """The values of a stripped line, None for `?`: apart by commas or, where there is no comma, by spaces.

    A weight in braces at the end is left out. Raises BadValueError; `n` values are expected.

    >>> dense("5.1, 'it\\\\'s', ?", 3), dense("5.1 a", 2)
    (['5.1', "it's", None], ['5.1', 'a'])
    """
    apart = "," if "," in line else " \t"
    values: list[str | None] = []
    at = space(line, 0)
    while True:
        if line[at : at + 1] == "{" and values and WEIGHT.match(line, at):
            return values
        value, at = _value(line, at, apart)
        values.append(value)
        if len(values) > n + MORE:
            raise BadValueError(f"has more than {n + MORE:,} values for {n:,} attributes")
        after = space(line, at)
        if after == len(line):
            return values
        if apart == ",":
            if line[after] != ",":
                raise BadValueError("has text behind a closing quote")
            after = space(line, after + 1)
        elif after == at:
            raise BadValueError("has text behind a closing quote")
        at = after


def sparse(line: str, n: int) -> dict[int, str | None]:
    """The values of a stripped line `{index value, …}` by index, below n. Raises BadValueError.

    >>> sparse("{1 X, 3 'Y Z', 4 ?}", 5)
    {1: 'X', 3: 'Y Z', 4: None}
    """
    values: dict[int, str | None] = {}
    at = space(line, space(line, 0) + 1)
    while line[at : at + 1] != "}":
        index = _INDEX.match(line, at)
        if index is None:
            raise BadValueError("is not {index value, …}")
        if int(index[0]) >= n:
            raise BadValueError(f"holds the index {int(index[0]):,} of {n:,} attributes, numbered from 0")
        if int(index[0]) in values:
            raise BadValueError(f"holds the index {index[0]} twice")
        values[int(index[0])], at = _value(line, space(line, index.end()), ",}")
        at = space(line, at)
        if line[at : at + 1] not in (",", "}"):
            raise BadValueError("is not {index value, …}")
        at = space(line, at + 1) if line[at] == "," else at
    rest = line[at + 1 :].strip(" \t,")
    if rest and not WEIGHT.match(line, len(line) - len(rest)):
        raise BadValueError("has text behind its closing brace")
    return values


def _value(line: str, at: int, ends: str) -> tuple[str | None, int]:
    """The value at a position, None for `?`, and where it ends."""
    if line[at : at + 1] in ("'", '"'):
        value, end = quoted(line, at)
        if not end:
            raise BadValueError("has a quote that is never closed")
        return value, end
    value, end = bare(line, at, ends)
    if not value:
        raise BadValueError("has a place without a value, where a missing one is ?")
    return (None if value == "?" else value), end


def space(line: str, at: int) -> int:
    """Where the spaces end that start at a position."""
    found = _SPACE.match(line, at)
    assert found is not None
    return found.end()
