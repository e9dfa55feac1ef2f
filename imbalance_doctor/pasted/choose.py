"""The format of a text that holds weights: by the name of the file, else by how it looks."""

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any

from ..errors import InputError
from . import plain_yaml, rows, snippet, tree
from .found import Found, SettledError

MAX_BYTES = 10_000_000
MAX_BRACKETS = 200
HINT = "readable are JSON, YAML, TOML, CSV, a list of numbers, and Python"
TABLE = re.compile(r'"?(index|class|label|name|category|class_name)"?[,;\t]', re.IGNORECASE)
PAIRS = re.compile(r"^[\w\"'. -]+:(\s|$)", re.MULTILINE)


def read(text: str, name: str, suffix: str = "") -> Found:
    """The weights in a text. Raises InputError where it has none that can be read, RefusedError for unsafe YAML."""
    if not text.strip():
        raise InputError(f"{name} is empty", HINT)
    check_depth(text, name)
    reader = SUFFIXES.get(suffix.lower())
    if reader is not None:
        return reader(text, name)
    return rows.bare(text) or looks(text, name)


def looks(text: str, name: str) -> Found:
    """The weights in a text of unknown format: the first reading that finds any."""
    complaints: list[str] = []
    readable = False
    remarks: list[str] = []
    for reader in _candidates(text):
        try:
            found = reader(text, name)
        except SettledError:
            raise
        except InputError as error:
            complaints.append(error.message)
            continue
        if found.weights:
            return found
        remarks = remarks or found.remarks
        readable = True
    if remarks or readable:
        return Found(remarks=remarks)
    raise InputError(f"no weights can be read in {name}" + "".join(f": {c}" for c in complaints[:1]), HINT)


def _candidates(text: str) -> list[Callable[[str, str], Found]]:
    start = text.lstrip()
    if start.startswith("{") or (start.startswith("[") and not re.match(r"\[[\w.\" -]+\]\s*\n", start)):
        return [read_json, snippet.read, read_yaml]
    if TABLE.match(start):
        return [rows.table, snippet.read]
    if start.startswith("["):
        return [read_toml, read_json, snippet.read]
    if PAIRS.search(start) and not re.search(r"^\s*(import|from|def|class) ", text, re.MULTILINE):
        return [snippet.read, read_yaml, read_toml]
    return [snippet.read, read_toml, read_yaml, rows.table]


def check_depth(text: str, name: str) -> None:
    """Raises InputError where more brackets are open than anyone writes: parsers call themselves for each."""
    depth = 0
    for mark in re.finditer(r"[\[\](){}]", text):
        depth += 1 if mark[0] in "[({" else -1
        if depth > MAX_BRACKETS:
            raise InputError(f"{name} is nested more than {MAX_BRACKETS} deep", "cut out the weights")


def read_json(text: str, name: str) -> Found:
    """JSON, NaN and Infinity included."""
    try:
        return tree.read(json.loads(text, object_pairs_hook=_unique), name)
    except json.JSONDecodeError as error:
        raise InputError(f"{name} is not JSON in line {error.lineno}: {error.msg}", "check that line") from None
    except (RecursionError, ValueError) as error:
        raise InputError(f"{name} is not JSON that can be read: {error}", HINT) from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise SettledError(f"the key {twice!r} is there twice", "leave one of them")
    return found


def read_yaml(text: str, name: str) -> Found:
    """YAML, of plain values only."""
    document, lines = plain_yaml.load(text, name)
    return tree.read(document, name, lines)


def read_toml(text: str, name: str) -> Found:
    """TOML. A key of very many dots is refused: reading it takes time quadratic in their number."""
    if any(line.partition("=")[0].count(".") > MAX_BRACKETS for line in text.splitlines()):
        raise InputError(f"{name} has a key of more than {MAX_BRACKETS} parts", HINT)
    try:
        return tree.read(tomllib.loads(text), name)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise InputError(f"{name} is not TOML: {error}", HINT) from None


SUFFIXES: Mapping[str, Callable[[str, str], Found]] = {
    ".json": read_json,
    ".yaml": read_yaml,
    ".yml": read_yaml,
    ".toml": read_toml,
    ".csv": lambda text, name: rows.bare(text) or rows.table(text, name),
    ".tsv": rows.table,
    ".py": snippet.read,
}
