"""Emitted text read back by the parsers its users have, into one shape: names, counts, values, negative values."""

import ast
import csv
import io
import json
import re
import tomllib
from collections.abc import Callable
from typing import Any, NamedTuple

import yaml


class Parsed(NamedTuple):
    names: list[str]
    counts: list[int]
    values: list[float]
    negative: list[float] | None


def mapping(data: dict[str, Any]) -> Parsed:
    return Parsed(data["classes"], data["counts"], data["values"], data.get("values_negative"))


def table(text: str) -> Parsed:
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    names = [json.loads(row["class_json"]) for row in rows]
    negative = [float(row["value_negative"]) for row in rows] if "value_negative" in rows[0] else None
    return Parsed(names, [int(row["count"]) for row in rows], [float(row["value"]) for row in rows], negative)


def literals(text: str) -> dict[str, Any]:
    """The assignments of literals at the top level of a module, without running it."""
    found = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.List | ast.Dict):
            (target,) = node.targets
            assert isinstance(target, ast.Name)
            found[target.id] = ast.literal_eval(node.value)
    return found


VECTORS = ("WEIGHTS", "LOG_PRIOR", "MARGINS", "REPEAT", "CLASS_WEIGHT", "BIAS_INIT", "LOSS_WEIGHTS")
"""What the values may be called in a Python module."""


def module(text: str) -> Parsed:
    data = literals(text)
    name = next(n for n in VECTORS if n in data)
    values, negative = data[name], data.get("WEIGHTS_NEGATIVE")
    if isinstance(values, dict):
        values = list(values.values())
    elif isinstance(values[0], dict):
        values, negative = [row[1] for row in values], [row[0] for row in values]
    return Parsed(data["CLASSES"], data["COUNTS"], values, negative)


def legend(text: str) -> Parsed:
    """The JSON arrays in comment lines."""
    rows = [json.loads(line.lstrip("#-/ ")) for line in text.splitlines() if LEGEND.match(line)]
    assert [row[0] for row in rows] == list(range(len(rows)))
    negative = [row[4] for row in rows] if len(rows[0]) > 4 else None
    return Parsed([row[1] for row in rows], [row[2] for row in rows], [row[3] for row in rows], negative)


LEGEND = re.compile(r"(#|--|//) \[\d+, \"")
NEUTRAL: dict[str, Callable[[str], Parsed]] = {
    "json": lambda text: mapping(json.loads(text)),
    "yaml": lambda text: mapping(yaml.safe_load(text)),
    "toml": lambda text: mapping(tomllib.loads(text)),
    "csv": table,
    "row-weights": table,
}


def parse(target: str, suffix: str, text: str) -> Parsed:
    """A neutral format as what it is, Python by its literals, and any other text by its legend."""
    if target in NEUTRAL:
        return NEUTRAL[target](text)
    return module(text) if suffix == ".py" else legend(text)
