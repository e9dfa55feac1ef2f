"""Weights in rows: a table of class and weight, or bare numbers as they are printed or pasted."""

import csv
import io
import json
import re

from ..errors import InputError
from ..model import GivenWeights, Role
from . import roles
from .constants import UnreadableError
from .found import Found, as_number
from .tree import KINDS

NUMBER = r"[-+]?(?:\d[\d_]*\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|inf(?:inity)?|nan)"
BARE = re.compile(rf"[\s\[\](){{}}]*{NUMBER}(?:[\s,;|\[\]()]+{NUMBER})*[\s,;\[\](){{}}]*\Z", re.IGNORECASE)
ONE = re.compile(NUMBER, re.IGNORECASE)
CLASS_COLUMNS = ("class_json", "class", "label", "name", "classname", "class_name", "category", "index", "id")
VALUE_COLUMNS = ("value", "weight", "weights", "class_weight", "class_weights", "pos_weight", "alpha")


def bare(text: str) -> Found | None:
    """Nothing but numbers, with whatever brackets and separators; None for anything else.

    >>> [w.values for w in bare("[0.3 2. 5e-1]").weights]
    [(0.3, 2.0, 0.5)]
    """
    # A pattern over the whole text would take time quadratic in its length where it does not match.
    head = text[:4096]
    if re.search(r"[^\s\d.,;|+\-_\[\](){}eEinftyaINFTYA]", head):
        return None
    words = [word for word in re.split(r"[\s,;|\[\](){}]+", text) if word]
    if not words or not all(len(word) < 1000 and ONE.fullmatch(word) for word in words):
        return None
    found = Found()
    found.weights.append(GivenWeights(tuple(float(word.replace("_", "")) for word in words), line=None))
    return found


def table(text: str, name: str) -> Found:
    """A table with a column of weights and, mostly, one of classes. Raises InputError where there is no such column."""
    head = text[:4096].splitlines()[0] if text.strip() else ""
    delimiter = max(",;\t", key=head.count)
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if row]
    except csv.Error as error:
        raise InputError(f"{name} is no table: {error}", "save it as CSV") from None
    if not rows:
        raise InputError(f"{name} is empty", "give the numbers")
    header = [roles.plain(cell.strip()) for cell in rows[0]]
    value = next((header.index(c) for c in VALUE_COLUMNS if c in header), None)
    label = next((header.index(c) for c in CLASS_COLUMNS if c in header), None)
    if value is None:
        value, label, header = len(rows[0]) - 1, 0 if len(rows[0]) > 1 else None, []
    body = rows[1:] if header else rows
    if any(len(row) <= max(value, label or 0) for row in body) or not body:
        raise InputError(f"{name} has rows of different lengths", "one row a class: its name and its weight")
    found = Found()
    try:
        found.weights.append(_weights(header, body, value, label))
    except UnreadableError as error:
        raise InputError(
            f"{name}, column {value + 1}: {error.reason}", "one row a class: its name and its weight"
        ) from None
    return found


def _weights(header: list[str], body: list[list[str]], value: int, label: int | None) -> GivenWeights:
    values = tuple(as_number(row[value].strip() or None) for row in body)
    names = None if label is None else tuple(row[label] for row in body)
    if names is not None and header and header[label or 0] == "class_json":
        names = tuple(_decoded(name) for name in names)
    if names is not None and len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise UnreadableError(f"the class {twice!r} is there twice")
    negative = header.index("value_negative") if "value_negative" in header else None
    kind = body[0][header.index("kind")] if "kind" in header else ""
    role: Role = KINDS.get(kind, "unknown")
    if role == "unknown" and header:
        meant = roles.meaning("", header[value])
        role = meant[0] if meant else "unknown"
    pair = None if negative is None else tuple(as_number(row[negative].strip() or None) for row in body)
    return GivenWeights(
        values, pair, names, text_keys=names is not None, role=role, key=header[value] if header else ""
    )


def _decoded(text: str) -> str:
    try:
        return str(json.loads(text))
    except (ValueError, RecursionError):
        return text
