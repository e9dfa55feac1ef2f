"""The whole report as one JSON object, for scripts and for the record.

Every key of the contract is present, `null` where a thing was not examined. Classes stand in index order, the order of
the model's outputs, whatever the drawing options say. Numbers are exact: integers as integers, floats in the shortest
form that reads back to the same value. There is no NaN and no Infinity. The text is pure ASCII, and the same report
gives the same bytes.

The JSON Schema (Draft 2020-12) ships beside this module; `schema()` reads it.

Example: `imbalance-doctor analyze labels.csv --format json | jq '.labels.classes[0].boundary'`
"""

import json
import math
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import resources
from numbers import Integral, Real
from typing import Any, cast

from ..model import FORMAT, Report
from ..plugins import ReportFormat
from . import _records

REPORT = ReportFormat("json", ".json")


def render(
    report: Report,
    *,
    top: int | None = 20,
    show_all: bool = False,
    width: int = 80,
    colour: bool = False,
    ascii_only: bool = False,
) -> str:
    """The report as ASCII text ending in one newline. The options are about drawing and change nothing here."""
    return "".join(_lines(_entries(report))) + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema of `to_dict`."""
    text = resources.files(__package__).joinpath("schema.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def to_dict(report: Report) -> dict[str, Any]:
    """The report in plain dicts, lists, strings, integers and finite floats.

    Raises ValueError for a number that is not finite and TypeError for a value JSON has no word for: both are bugs of
    whoever put them into the report.
    """
    return {key: _plain(value, key) for key, value in _entries(report).items()}


def _entries(report: Report) -> dict[str, Any]:
    """The keys of the contract, with nouns and numpy numbers still in them."""
    from .. import __version__

    entries: dict[str, Any] = {
        "format": FORMAT,
        "version": __version__,
        "command": report.command,
        "sources": report.sources,
        "labels": report.labels and _records.labels(report.labels),
        "predictions": report.predictions and _records.predictions(report.predictions),
        "history": report.history and _records.history(report.history),
        "weights": (report.weights and _records.weights(report.weights))
        or (report.given and _records.given(report.given)),
        "prescription": report.prescription and _records.prescription(report.prescription),
        "diagnosis": report.diagnosis and _records.diagnosis(report.diagnosis),
        "findings": [_records.finding(finding) for finding in report.findings],
        "skipped": report.skipped,
    }
    return entries


ENCODER = json.JSONEncoder(ensure_ascii=True, allow_nan=False)
DEEPEST = 2
"""Mappings are laid out a key a line down to here, and lists of nouns an item a line; what is below takes one line."""


def _lines(value: Any, path: str = "", depth: int = 0) -> Iterator[str]:
    """The text piece by piece, so that a million classes are never held as plain data and as text at once."""
    inner, outer = "  " * (depth + 1), "  " * depth
    if isinstance(value, Mapping) and value and depth <= DEEPEST:
        for i, (key, item) in enumerate(value.items()):
            yield f"{'{' if i == 0 else ','}\n{inner}{_compact(str(key), path)}: "
            yield from _lines(item, f"{path}.{key}" if path else str(key), depth + 1)
        yield f"\n{outer}}}"
    elif isinstance(value, (list, tuple)) and value and (isinstance(value[0], Mapping) or is_dataclass(value[0])):
        for i, item in enumerate(value):
            yield f"{'[' if i == 0 else ','}\n{inner}{_compact(item, f'{path}[{i}]')}"
        yield f"\n{outer}]"
    else:
        yield _compact(value, path)


def _compact(value: Any, path: str) -> str:
    # GitHub's runner takes `##[...]` anywhere in a line for a command; `#` occurs inside strings only.
    return ENCODER.encode(_plain(value, path)).replace("##[", "#\\u0023[")


def _plain(value: Any, path: str) -> Any:
    """`value` in JSON's own types; `path` says where it was in the error."""
    if value is None or type(value) in (bool, str, int):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item, f"{path}.{key}") for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item, f"{path}[{i}]") for i, item in enumerate(value)]
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        if not math.isfinite(value):
            raise ValueError(f"{path} is {float(value)}: a report holds finite numbers or None")
        return float(value)
    if is_dataclass(value):
        return {name: _plain(getattr(value, name), f"{path}.{name}") for name in _names(cast(Hashable, type(value)))}
    raise TypeError(f"{path} is a {type(value).__name__}, which JSON has no word for")


@cache
def _names(noun: Hashable) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cast(Any, noun)))
