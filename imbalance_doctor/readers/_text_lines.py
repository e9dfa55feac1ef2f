"""The lines of a text as polars columns, block after block, and the table of what a reader makes of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from ..batches import HEAD_ROWS, Column, Table
from ..errors import InputError
from ._source import Options, Source
from ._text import text_blocks

if TYPE_CHECKING:
    import polars as pl

PIECE_BYTES = 1 << 21
SAMPLE = 50
"""Lines of the start that are looked at to recognise a format."""


@dataclass(frozen=True)
class Lines:
    """Consecutive lines of a text without their ends; `first` is the number of the first one, from 1."""

    name: str
    first: int
    text: "pl.Series"

    def kept(self, mask: "pl.Series") -> tuple["pl.Series", "pl.Series"]:
        """The numbers of the lines of a mask, and these lines."""
        import polars as pl

        numbers = pl.Series("number", range(self.first, self.first + len(self.text)), dtype=pl.Int64)
        return numbers.filter(mask), self.text.filter(mask)

    def wrong(self, bad: "pl.Series", why: str, hint: str) -> InputError:
        """The error that shows the first line of a mask. `why` follows "line 3 ('…') "."""
        at = int(bad.arg_max() or 0)
        return InputError(f"{self.name}: line {self.first + at:,} ({self.text[at][:60]!r}) {why}", hint)


def lines(source: Source, options: Options) -> Iterator[Lines]:
    """The lines of a text in blocks. Raises InputError for bytes that are not valid in the encoding."""
    import polars as pl

    first = 1
    for block in (piece for whole in text_blocks(source, options) for piece in _pieces(whole)):
        text = pl.Series("line", [block.decode().removesuffix("\n")]).str.split("\n").explode()
        yield Lines(source.name, first, text.str.strip_suffix("\r"))
        first += block.count(b"\n")


def _pieces(block: bytes) -> Iterator[bytes]:
    """Pieces of about PIECE_BYTES that end with a line: what polars makes of one takes several times as much."""
    start = 0
    while start < len(block):
        end = block.rfind(b"\n", start, start + PIECE_BYTES) + 1 or block.find(b"\n", start) + 1 or len(block)
        yield block[start:end]
        start = end


def blank(text: "pl.Series") -> "pl.Series":
    """Which lines hold nothing but spaces and tabs."""
    return text.str.strip_chars(" \t\r\x0b\x0c") == ""


def whole_lines(start: str) -> list[str]:
    """The first lines of a start of a text that hold something, the last one left out where it may be cut off."""
    found = start[: 1 << 19].split("\n")
    found = found if len(start) < 1 << 19 else found[:-1]
    return [line for line in found if line.strip()][:SAMPLE]


def table(
    columns: Sequence[Column], frames: Iterator["pl.DataFrame"], *, layout: str = "", typed: bool = True
) -> Table | None:
    """The table of these frames, which hold all of its columns; None when no frame holds a row."""
    start = next((frame for frame in frames if frame.height), None)
    if start is None:
        return None

    def cells(names: Sequence[str]) -> Iterator["pl.DataFrame"]:
        for frame in chain([start], frames):
            yield frame.select(names)

    return Table(tuple(columns), start.head(HEAD_ROWS), cells, typed=typed, layout=layout)
