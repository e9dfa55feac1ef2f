"""A bare list of numbers, several to a line, as pasted from a chat or a notebook: `656, 122, 380 …`, `[656 122]`."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..batches import HEAD_ROWS, Column, Table
from ..errors import InputError
from ..plugins import Reader
from ._source import Options, Source
from ._text import text_blocks

if TYPE_CHECKING:
    import polars as pl

READER = Reader("numbers", ())
_ONLY_NUMBERS = re.compile(rb"[0-9\s,;|\[\]()]+\Z")
_NUMBER = re.compile(rb"[0-9]+")


def claims(head: bytes) -> bool:
    """Whether the text is whole numbers and separators, with more numbers than lines, and no table of equal rows."""
    if not _ONLY_NUMBERS.match(head):
        return False
    lines = [line for line in head.splitlines() if line.strip()]
    numbers = [len(_NUMBER.findall(line)) for line in lines]
    if sum(numbers) <= len(lines):
        return False
    table = any(len({line.count(d) for line in lines}) == 1 and d in lines[0] for d in (b",", b"\t", b";", b"|"))
    return len(lines) == 1 or b"[" in head or not table


def read(source: Source, options: Options) -> Table:
    """One integer column. Raises InputError when something else than numbers and separators is found."""
    import polars as pl

    text = b"".join(text_blocks(source, options))
    if not _ONLY_NUMBERS.match(text):
        raise InputError(f"{source.name} holds more than whole numbers", "name its format with --input-format")
    frame = pl.DataFrame({"value": [number.decode() for number in _NUMBER.findall(text)]}, schema={"value": pl.String})

    def cells(names: Sequence[str]) -> Iterator["pl.DataFrame"]:
        yield frame.select(names)

    return Table((Column("value", "integer"),), frame.head(HEAD_ROWS), cells, header=False, pasted=True, typed=True)
