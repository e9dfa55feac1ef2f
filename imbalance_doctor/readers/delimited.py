"""Delimited text: CSV, TSV, or any one-character delimiter; also one label per line.

Read in blocks of a few megabytes that end at a row's end. In every block the delimiters and line ends outside quotes
have to form equal rows, quotes have to be written as RFC 4180 says, and polars has to find as many rows: a ragged row
stops the reading with its number instead of shifting cells. Where labels are examined, damaged rows are set aside and
told of with their lines, and the examination goes on. Cells are text, exactly as in the file.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from ..batches import HEAD_ROWS, Column, Damaged, Table
from ..errors import InputError
from ..plugins import Reader
from ._damage import Watch
from ._dialect import sniff
from ._rows import Rows
from ._source import HEAD_BYTES, Options, Source
from ._text import text_blocks

if TYPE_CHECKING:
    import polars as pl

READER = Reader("csv", (".csv", ".tsv", ".psv", ".txt", ".dat", ".data", ".tab"))


def read(source: Source, options: Options) -> Table:
    """The table of a delimited text. Raises InputError for ragged rows, bad encoding, or two possible readings."""
    return table(source, options, one_column=False)


def table(source: Source, options: Options, *, one_column: bool) -> Table:
    """The table; with `one_column` a line is a value, whatever characters it holds."""
    blocks = text_blocks(source, options)
    first = b""
    while len(first) < HEAD_BYTES and (block := next(blocks, None)) is not None:
        first += block
    dialect = sniff(first, options, source.suffix, source.name, one_column=one_column)
    watch = None
    if options.set_aside:
        watch = Watch(dialect, Damaged(source.name))
        first = b"".join(first.split(b"\n", dialect.skip)[dialect.skip :])
    rows = Rows(source.name, dialect, watch)
    frames = rows.frames(chain([first], blocks))
    start = next(frames, None)
    if start is None:
        raise InputError(f"{source.name} holds a header and no rows", "name the file that holds the labels")

    head = start.head(HEAD_ROWS)

    def cells(names: Sequence[str]) -> Iterator["pl.DataFrame"]:
        rows.columns = [dialect.names.index(name) for name in names]
        if watch is not None:
            watch.wants(rows.columns, head)
        yield start.select(names)
        yield from frames

    columns = tuple(Column(n, "text") for n in dialect.names)
    return Table(columns, head, cells, dialect.header, damaged=None if watch is None else watch.damaged)
