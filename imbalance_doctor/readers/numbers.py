"""A bare list of numbers, several to a line, as pasted from a chat or a notebook: `656, 122, 380 …`, `[656 122]`.

Over several lines it is one list only inside brackets or with a separator at each line's end; otherwise a line can as
well be a sample with its label ids.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..batches import HEAD_ROWS, Column, Table
from ..errors import InputError
from ..plugins import Reader
from ._source import Options, Source
from ._text import text_pieces

if TYPE_CHECKING:
    import polars as pl

READER = Reader("numbers", ())
_ONLY_NUMBERS = re.compile(r"\s*+[\[(]?[0-9\s,;|]++[\])]?[\s,;|]*+\Z")
_NUMBER = re.compile(r"[0-9]+")
_THOUSANDS = re.compile(r"(?<![0-9])(?<![0-9],)[1-9][0-9]{0,2}(,[0-9]{3})+(?!,?[0-9])")
_PLAIN_COMMA = re.compile(r"[0-9],[0-9]")


def claims(start: str) -> bool:
    """Whether the text is one list of whole numbers and separators, with more numbers than lines."""
    if not _ONLY_NUMBERS.match(start):
        return False
    lines = [line.strip() for line in start.splitlines() if line.strip()]
    if len(_NUMBER.findall(start)) <= len(lines):
        return False
    return len(lines) == 1 or lines[0][0] in "[(" or all(line[-1] in ",;|" for line in lines[:-1])


def read(source: Source, options: Options) -> Table:
    """One integer column. Raises InputError when something else than numbers and separators is found."""
    import polars as pl

    text = "".join(text_pieces(source, options))
    if not _ONLY_NUMBERS.match(text):
        raise InputError(f"{source.name} holds more than whole numbers", "name its format with --input-format")
    grouped = _THOUSANDS.search(text)
    if grouped and not _PLAIN_COMMA.search(_THOUSANDS.sub("", text)) and re.search(r",\s|[\s;|]", text.strip()):
        raise InputError(
            f"{source.name}: {grouped.group()!r} can be one number with a thousands separator, or several numbers",
            "write the numbers without thousands separators, or put a space after each comma",
        )
    frame = pl.DataFrame({"value": _NUMBER.findall(text)}, schema={"value": pl.String})

    def cells(names: Sequence[str]) -> Iterator["pl.DataFrame"]:
        yield frame.select(names)

    return Table((Column("value", "integer"),), frame.head(HEAD_ROWS), cells, header=False, pasted=True, typed=True)
