"""Numbers and names as literals of the languages we emit: exact, pure ASCII, and nothing a name holds gets out.

JSON's escapes are neither YAML's nor TOML's: JSON writes a character beyond U+FFFF as two surrogates, which PyYAML
reads as two characters and TOML forbids. Every language therefore goes through its own function here.
"""

import json
import math
import re
from collections.abc import Iterable

from ..errors import OutputError
from ..visible import visible

WIDTH = 100
"""Columns of emitted text, where a single name does not need more."""

_PLAIN_NAME = re.compile(r"[A-Za-z0-9 _.-]{1,40}")
_SURROGATE = re.compile("[\ud800-\udfff]")


def number(value: float) -> str:
    """The shortest decimal that reads back to the same number, in Python, JSON and CSV.

    Raises ValueError for NaN and infinities: they are a bug of whoever made the weights.
    """
    if isinstance(value, int):
        return str(int(value))
    if not math.isfinite(value):
        raise ValueError(f"a weight must be finite, not {value}")
    return repr(float(value))


def dotted(value: float) -> str:
    """As `number`, and a float for YAML 1.1, YAML 1.2 and TOML alike: PyYAML takes `1e-07` for a string.

    >>> dotted(1e-07), dotted(0.1), dotted(3)
    ('1.0e-07', '0.1', '3')
    """
    mantissa, e, exponent = number(value).partition("e")
    return mantissa + ("" if not e or "." in mantissa else ".0") + e + exponent


def python_string(text: str) -> str:
    """A Python literal in ASCII. Lone surrogates survive."""
    return _no_command(ascii(text), r"\x23")


def json_string(text: str) -> str:
    """A JSON string in ASCII."""
    return _no_command(json.dumps(text, ensure_ascii=True), r"\u0023")


def quoted(text: str) -> str:
    r"""A double-quoted string of YAML and of TOML, in ASCII, with the escapes the two share.

    >>> print(quoted('say "hi"\n😀'))
    "say \"hi\"\n\U0001F600"
    """
    return _no_command('"' + "".join(map(_escape, text)) + '"', r"\u0023")


def _escape(char: str) -> str:
    if char in '\\"':
        return "\\" + char
    if " " <= char <= "~":
        return char
    code = ord(char)
    return {"\n": r"\n", "\t": r"\t", "\r": r"\r"}.get(char) or (
        f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
    )


def sql_string(text: str) -> str:
    r"""A character string of standard SQL, quotes doubled; of its UTF-8 bytes where a character cannot be shown.

    >>> sql_string("it's"), sql_string("two\nlines")
    ("'it''s'", "CAST(X'74776F0A6C696E6573' AS TEXT)")
    """
    if visible(text) == text and "##[" not in text:
        return "'" + text.replace("'", "''") + "'"
    return f"CAST(X'{text.encode().hex().upper()}' AS TEXT)"


def _no_command(text: str, sign: str) -> str:
    # GitHub's runner takes `##[...]` anywhere in a line of a log for a command.
    return text.replace("##[", f"#{sign}[")


def require_scalars(names: Iterable[str], target: str) -> None:
    """Raises OutputError for a name with a lone surrogate: two of them would come back as one character, or not at all.

    JSON, YAML, TOML and UTF-8 have no way to write one; Python has.
    """
    for index, name in enumerate(names):
        if _SURROGATE.search(name):
            raise OutputError(
                f"the name of class {index} holds half a surrogate pair, which {target} cannot hold",
                "the label file was decoded wrongly, see --encoding; or emit Python, --to pytorch, keras or sklearn",
            )


def plain(text: str, otherwise: str) -> str:
    """`text` if it is fit for a comment, being ASCII letters, digits and ` _.-` only, else `otherwise`."""
    return text if _PLAIN_NAME.fullmatch(text) else otherwise


def filled(start: str, items: Iterable[str], end: str, *, hang: str = "") -> str:
    """`start`, the items and `end` on one line, or else the items on indented lines of at most `WIDTH` columns.

    `hang` goes before an `end` on a line of its own: YAML wants it indented.
    """
    items = list(items)
    line = start + ", ".join(items) + end
    if len(line) <= WIDTH:
        return line
    rows = [start]
    row = ""
    for item in items:
        if row and len(row) + len(item) + 2 > WIDTH:
            rows.append(row)
            row = ""
        row += f" {item}," if row else f"    {item},"
    return "\n".join([*rows, row, hang + end])
