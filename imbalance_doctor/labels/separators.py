"""Whether the cells of a column hold several labels, and what separates them."""

import re
from collections import Counter
from collections.abc import Sequence

from ..errors import InputError

PLURALS = frozenset(["labels", "classes", "targets", "categories", "tags", "genres", "topics", "emotions", "codes"])
LITERAL = "literal"
"""The separator of cells that are JSON or Python lists."""
CANDIDATES = ("|", ";", ",", " ")


def find(cells: Sequence[str], words: set[str]) -> tuple[str | None, str]:
    """The separator, None for one label a cell, and why.

    A separator convinces when splitting makes labels recur: most items also occur in other cells. Raises InputError
    when both readings are plausible. `cells`: distinct non-empty cells of the head; `words`: those of the column name.
    """
    if _all_literals(cells):
        return LITERAL, "every cell is a list"
    for separator in CANDIDATES:
        holding = [cell for cell in cells if separator in cell.strip()]
        if not holding:
            continue
        items = [[item.strip() for item in cell.split(separator) if item.strip()] for cell in cells]
        multiple = [cell for cell in items if len(cell) > 1]
        verdict = _verdict(separator, items, multiple, bool(words & PLURALS))
        if verdict == "yes":
            shown = "spaces" if separator == " " else f"'{separator}'"
            return separator, f"{len(holding):,} of {len(cells):,} distinct cells hold labels separated by {shown}"
        if verdict == "ask":
            raise InputError(
                f"cells such as {holding[0][:60]!r} can be one label or several separated by {separator!r}",
                f"use --layout column for one label a cell, or --separator {separator!r} for several",
            )
    return None, ""


def _all_literals(cells: Sequence[str]) -> bool:
    """Whether every cell is a list; names in brackets such as [PAD] are not."""
    if not cells or not all(cell.lstrip()[:1] in ("[", "(", "{", "s") for cell in cells):
        return False
    try:
        items = [split_literal(cell) for cell in cells]
    except ValueError:
        return False
    several = any(len(row) > 1 for row in items)
    return several or any(quote in cell for cell in cells for quote in "'\"") or all(map(_NUMBERS.match, cells))


def _verdict(separator: str, items: list[list[str]], multiple: list[list[str]], plural: bool) -> str:
    """Return "yes", "no" or "ask"."""
    if not multiple:
        return "no"
    seen = Counter(item for cell in items for item in set(cell))
    in_multiple = [item for cell in multiple for item in cell]
    recurring = sum(seen[item] > 1 for item in in_multiple) / len(in_multiple)
    numbers = all(item.lstrip("+-").isdigit() for item in in_multiple)
    if separator in "|;":
        return "yes" if recurring >= 0.5 or (plural and len(items) < 20) else "ask"
    if numbers:
        return "yes" if recurring >= 0.5 or plural else "ask"
    if separator == ",":
        if recurring >= 0.8 or (plural and recurring >= 0.5):
            return "yes" if plural or len(items) >= 2 * len(seen) else "ask"
        return "ask" if recurring >= 0.5 or plural else "no"
    if recurring < 0.8 or len(items) <= 1.5 * len(seen):
        return "no"
    return "yes" if plural else "ask"


_TOKEN = re.compile(
    r"""\s*(?:
        (?P<numpy>np\.\w+\()?(?:'(?P<single>(?:[^'\\]|\\.)*)'|"(?P<double>(?:[^"\\]|\\.)*)"|(?P<word>[\w.+-]+))(?(numpy)\))
        |(?P<comma>,)|(?P<close>[\])}])
    )\s*""",
    re.DOTALL | re.VERBOSE,
)
_WORD = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\Z|[^\W0-9][\w.-]*\Z")
_NUMBERS = re.compile(r"[\[({\])}\s0-9.,+-]*\Z")
_BRACKETS = {"[": "]", "(": ")", "{": "}"}
_NULLS = frozenset(["None", "null", "nan", "NaN"])
_BOOLEANS = {"True": "true", "False": "false"}


def split_literal(cell: str) -> list[str | None]:
    """The items of a flat list written as JSON, as Python or as numpy prints it: as text, None for a null.

    Numbers keep their digits; a tuple or a set of Python is a list too. Nothing is evaluated. Raises ValueError for
    anything else, lists that numpy cut short with `...` included.

    >>> split_literal('["a", 1]'), split_literal("{'it', None}"), split_literal("[1 2]")
    (['a', '1'], ['it', None], ['1', '2'])
    """
    text = cell.strip()
    if text == "set()":
        return []
    if text[:1] not in _BRACKETS:
        raise ValueError("not a list")
    items: list[str | None] = []
    at, wants_item = 1, False
    while match := _TOKEN.match(text, at):
        at = match.end()
        if match["close"]:
            if match["close"] != _BRACKETS[text[0]] or at != len(text):
                break
            return items
        if match["comma"]:
            if wants_item or not items:
                break
            wants_item = True
            continue
        items.append(_item(match))
        wants_item = False
    raise ValueError("not a flat list")


def _item(match: re.Match[str]) -> str | None:
    word = match["word"]
    if word is None:
        return _unescaped(match["single"] if match["single"] is not None else match["double"])
    if not _WORD.match(word):
        raise ValueError(f"not a value: {word}")
    return None if word in _NULLS else _BOOLEANS.get(word, word)


_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "0": "\0", **{c: c for c in "\\/'\""}}


def _unescaped(text: str) -> str:
    """The inside of a string literal. Raises ValueError for half a surrogate pair or a code above Unicode."""
    if "\\" not in text:
        return text

    def character(match: re.Match[str]) -> str:
        code = match.group(1)
        return chr(int(code[1:], 16)) if len(code) > 1 else _ESCAPED.get(code, "\\" + code)

    return _ESCAPE.sub(character, text).encode("utf-16", "surrogatepass").decode("utf-16")
