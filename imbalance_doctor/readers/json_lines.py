"""JSON lines: one JSON value per line, usually an object."""

import json
from collections.abc import Iterator
from typing import Any

from ..batches import Table
from ..errors import InputError
from ..plugins import Reader
from ._records import DECODER, DuplicateKeyError, table
from ._source import Options, Source
from ._text import text_blocks

READER = Reader("jsonl", (".jsonl", ".ndjson", ".jsonlines"))


def claims(start: str) -> bool:
    """Whether the first two lines are whole JSON objects, or whole JSON arrays."""
    first, second, *_ = [*filter(str.strip, start.lstrip().split("\n", 2)), "", ""]
    return first[0:1] in ("{", "[") and second.lstrip()[:1] == first[0] and starts_with_record(start)


def starts_with_record(start: str) -> bool:
    """Whether the first line, as far as it is there, can be a JSON object or array of its own."""
    first, end, _ = start.lstrip().partition("\n")
    try:
        return isinstance(json.loads(first, parse_int=str), (dict, list))
    except RecursionError:
        return False
    except json.JSONDecodeError:
        return not end and first[:1] in ("{", "[")


def read(source: Source, options: Options) -> Table:
    """The records as columns of exact text. Blank lines are skipped. Raises InputError with the line of bad JSON."""
    return table(_records(source, options), source.name, source.notes)


def _records(source: Source, options: Options) -> Iterator[Any]:
    before = 0
    for block in text_blocks(source, options):
        for number, line in enumerate(block.decode().split("\n"), before + 1):
            if not line.strip():
                continue
            try:
                yield DECODER.decode(line)
            except RecursionError:
                raise _bad(source, number, "it is nested too deeply") from None
            except json.JSONDecodeError as error:
                raise _bad(source, number, f"{error.msg} at column {error.colno:,}") from None
            except DuplicateKeyError as error:
                raise _bad(source, number, str(error)) from None
        before += block.count(b"\n")


def _bad(source: Source, number: int, reason: str) -> InputError:
    return InputError(
        f"{source.name}: line {number:,} is not valid JSON: {reason}", "mend it, or name its format with --input-format"
    )
