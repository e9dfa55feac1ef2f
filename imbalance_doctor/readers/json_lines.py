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


def claims(head: bytes) -> bool:
    """Whether the first line is a whole JSON object and a second one follows."""
    first, _, rest = head.lstrip().partition(b"\n")
    if not first.startswith(b"{") or not rest.lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def read(source: Source, options: Options) -> Table:
    """The records as columns of exact text. Blank lines are skipped. Raises InputError with the line of bad JSON."""
    return table(_records(source, options), source.name)


def _records(source: Source, options: Options) -> Iterator[Any]:
    number = 0
    for block in text_blocks(source, options):
        for line in block.decode("utf-8", "surrogatepass").split("\n"):
            number += 1
            if not line.strip():
                continue
            try:
                yield DECODER.decode(line)
            except (DuplicateKeyError, ValueError, RecursionError) as error:
                reason = "is nested too deeply" if isinstance(error, RecursionError) else f"is not valid JSON: {error}"
                raise InputError(f"{source.name}: line {number:,} {reason}", "mend the line") from None
        number -= 1 if block.endswith(b"\n") else 0
