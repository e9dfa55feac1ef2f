"""Logs in JSON: lines of records (Detectron2, mmengine, any), and documents that hold them.

Numbers are kept as printed, and NaN, Infinity and -Infinity, which are not JSON but are what Python writes, as well: in
a log they are the finding. Of a key that is named twice the last value counts.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ..errors import InputError, RefusedError
from ..history import names
from ..history.records import Log, Record
from ..history.series import number
from ._log_lines import Lines
from ._source import Options, Source
from ._text import encoding_of

DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
MAX_DOCUMENT = 1 << 28
DEPTH = 4
"""How deep a record's own objects are followed: {"train": {"loss": 0.5}} is train/loss."""


def is_lines(start: str) -> bool:
    """Whether the first line is a JSON object of its own and something follows it: alone, it is a document."""
    first, _, rest = start.lstrip().partition("\n")
    try:
        return isinstance(DECODER.decode(first), dict) and rest.strip() != ""
    except (json.JSONDecodeError, RecursionError):
        return False


def read_lines(source: Source, options: Options) -> Log:
    """The records of JSON lines. A line that is no JSON is left out and counted; the last may be unfinished."""
    log = Log("json lines", iter(()))
    log.records = _lines(Lines(source, options, notes=log.notes), log)
    return log


def _lines(lines: Lines, log: Log) -> Iterator[tuple[int, Record]]:
    bad, first_bad = 0, 0
    decode = DECODER.decode
    for at, line in lines:
        try:
            value = decode(line)
        except (json.JSONDecodeError, RecursionError):
            if lines.unfinished:
                log.notes.append("the last line is unfinished and was left out: the log may be growing")
            elif line.strip():
                bad, first_bad = bad + 1, first_bad or at
            continue
        if not isinstance(value, dict):
            bad, first_bad = bad + 1, first_bad or at
            continue
        log.n_records += 1
        yield log.n_records, flat(value)
    if bad:
        log.notes.append(f"{bad:,} lines that hold no JSON object were left out, the first is line {first_bad:,}")


def flat(value: Mapping[str, Any], prefix: str = "", depth: int = DEPTH) -> dict[str, str]:
    """A record with the objects in it spread out, `train/loss`, and without lists, nulls and truth values."""
    record: dict[str, str] = {}
    for key, item in value.items():
        if type(item) is str:
            record[prefix + key] = item
        elif isinstance(item, dict) and depth:
            record.update(flat(item, f"{prefix}{key}/", depth - 1))
    return record


def document(source: Source, options: Options) -> Any:
    """The whole document. Raises InputError for what is no JSON, RefusedError beyond MAX_DOCUMENT bytes."""
    encoding, skip = encoding_of(source.head(), options)
    data = source.open().read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        raise RefusedError(
            f"{source.name} is one JSON document of more than {MAX_DOCUMENT:,} bytes", "write JSON lines instead"
        )
    try:
        return DECODER.decode(data[skip:].decode(encoding, "replace"))
    except RecursionError:
        raise InputError(f"{source.name} is nested too deeply to be a log", "is it a training log?") from None
    except json.JSONDecodeError as error:
        raise InputError(
            f"{source.name} is not valid JSON at line {error.lineno:,}: {error.msg}",
            "if it is still being written, wait until it is whole",
        ) from None


def read_document(source: Source, options: Options) -> Log:
    """The log in a document. Raises InputError, saying what it is, where it holds no series."""
    value = document(source, options)
    if isinstance(value, dict) and isinstance(value.get("log_history"), list):
        from . import trainer_state

        return trainer_state.of(value)
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return _listed("json", "", value)
    if isinstance(value, dict):
        for key in ("history", "logs", "log", "metrics", "records", "epochs"):
            inner = value.get(key)
            if isinstance(inner, list) and any(isinstance(item, dict) for item in inner):
                return _listed("json", "", inner)
            if isinstance(inner, dict) and not _arrays(value):
                value = inner
        columns = _arrays(value)
        if columns:
            two_deep = any(isinstance(item, dict) for item in value.values())
            return _columns("evals_result" if two_deep else "json", columns)
    raise not_a_log(source.name, value)


def not_a_log(name: str, value: Any) -> InputError:
    """The error for a document without a series, saying what it is."""
    if not isinstance(value, dict):
        return InputError(f"{name} is JSON without records", "a log is a list of records, one an epoch or step")
    found = flat(value)
    metrics = [
        key for key, text in found.items() if number(text) is not None and names.understand(key).kind == "metric"
    ]
    what = f"one result ({', '.join(metrics[:5])}), not a history" if metrics else "a JSON object that is no history"
    ill = [key for key, text in found.items() if text in ("NaN", "Infinity", "-Infinity")]
    also = f"; {', '.join(ill[:3])} is {found[ill[0]]}" if ill else ""
    return InputError(f"{name} is {what}: no series of values{also}", "name the log with one record an epoch or step")


def _listed(format_: str, framework: str, items: list[Any]) -> Log:
    log = Log(format_, iter(()), framework)

    def records() -> Iterator[tuple[int, Record]]:
        for item in items:
            if isinstance(item, dict):
                log.n_records += 1
                yield log.n_records, flat(item)

    log.records = records()
    return log


def _arrays(value: Mapping[str, Any], prefix: str = "", depth: int = 2) -> dict[str, list[Any]]:
    """The lists of numbers in an object of lists, or of objects of lists, by name: `valid_0-auc`."""
    found: dict[str, list[Any]] = {}
    for key, item in value.items():
        if isinstance(item, list) and item and all(type(cell) is str or cell is None for cell in item):
            found[prefix + key] = item
        elif isinstance(item, dict) and depth:
            found.update(_arrays(item, f"{prefix}{key}-", depth - 1))
    return found


def _columns(format_: str, columns: Mapping[str, list[Any]]) -> Log:
    """A log of columns; the row is the step where no column is."""
    log = Log(format_, iter(()))

    def records() -> Iterator[tuple[int, Record]]:
        for row in range(max(map(len, columns.values()))):
            log.n_records += 1
            record = {
                name: cells[row] for name, cells in columns.items() if row < len(cells) and cells[row] is not None
            }
            yield log.n_records, {"step": str(row), **record}

    log.records = records()
    return log
