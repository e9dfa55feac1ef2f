"""Whether the cells of a column hold several labels, and what separates them."""

import re
from collections import Counter
from collections.abc import Sequence

from ..errors import InputError

PLURALS = frozenset(["labels", "classes", "targets", "categories", "tags", "genres", "topics", "emotions", "codes"])
LITERAL = "literal"
"""The separator of cells that are JSON or Python lists."""
_LITERAL = re.compile(r"\s*\[.*\]\s*\Z", re.DOTALL)
CANDIDATES = ("|", ";", ",", " ")


def find(cells: Sequence[str], words: set[str]) -> tuple[str | None, str]:
    """The separator, None for one label a cell, and why.

    A separator convinces when splitting makes labels recur: most items also occur in other cells. Raises InputError
    when both readings are plausible. `cells`: distinct non-empty cells of the head; `words`: those of the column name.
    """
    if cells and all(_LITERAL.match(cell) for cell in cells):
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
    return "yes" if plural and recurring >= 0.8 and len(items) > 1.5 * len(seen) else "no"


def split_literal(cell: str) -> list[str | None]:
    """The items of a JSON or Python list of scalars, as text. Raises ValueError for anything else.

    >>> split_literal('["a", 1]'), split_literal("['it\\\\'s', None]")
    (['a', '1'], ["it's", None])
    """
    import json

    try:
        value = json.loads(cell, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        value = json.loads(_as_json(cell), parse_int=str, parse_float=str)
    if not isinstance(value, list) or any(isinstance(item, (list, dict)) for item in value):
        raise ValueError("not a flat list")
    words = {True: "true", False: "false"}
    return [item if item is None else words[item] if isinstance(item, bool) else item for item in value]


_TOKEN = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\s,\[\]'"]+)|([,\[\]])|\s+""", re.DOTALL)
_WORDS = {"None": "null", "True": "true", "False": "false", "nan": "null"}


def _as_json(cell: str) -> str:
    """A Python list literal of scalars, rewritten as JSON without evaluating it. Also numpy's print, without commas."""
    parts: list[str] = []
    end = 0
    for match in _TOKEN.finditer(cell):
        if match.start() != end:
            break
        end = match.end()
        single, double, word, mark = match.groups()
        if single is not None or double is not None or word is not None:
            if parts and parts[-1] not in "[,":
                parts.append(",")
            text = single if single is not None else double
            parts.append(_WORDS.get(word, word) if word is not None else _json_string(text or ""))
        elif mark:
            parts.append(mark)
    if end != len(cell):
        raise ValueError("not a list")
    return "".join(parts)


def _json_string(text: str) -> str:
    """The inside of a Python string literal as a JSON string."""
    import json

    simple = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "'": "'", '"': '"', "0": "\0"}

    def unescape(match: re.Match[str]) -> str:
        code = match.group(1)
        return chr(int(code[1:], 16)) if code[0] in "xuU" and len(code) > 1 else simple.get(code, "\\" + code)

    return json.dumps(re.sub(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", unescape, text, flags=re.DOTALL))
