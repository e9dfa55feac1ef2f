"""Delimited text: CSV, TSV, or any one-character delimiter; also one label per line.

Read in blocks of a few megabytes that end at a row's end, each parsed strictly by polars: a row with too many fields
stops the reading with its line number. Where no quote occurs, the count of delimiters proves that no row is short.
Cells are text, exactly as in the file.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..batches import HEAD_ROWS, Column, Table
from ..errors import InputError
from ..plugins import Reader
from ._dialect import Dialect, follows_rfc4180, sniff
from ._source import HEAD_BYTES, Options, Source
from ._text import BLOCK_BYTES, text_blocks

if TYPE_CHECKING:
    import polars as pl

READER = Reader("csv", (".csv", ".tsv", ".psv", ".txt", ".dat", ".data", ".tab"))


def read(source: Source, options: Options) -> Table:
    """The table of a delimited text. Raises InputError for ragged rows, bad encoding, or two possible readings."""
    stream = text_blocks(source, options)
    first = next(stream, b"")
    dialect = sniff(first[:HEAD_BYTES], options, source.suffix, source.name, whole=len(first) <= HEAD_BYTES)
    rows = Rows(source.name, dialect)
    frames = rows.frames(_chained(first, stream))
    start = next(frames, None)
    if start is None:
        raise InputError(f"{source.name} holds a header and no rows", "name the file that holds the labels")
    head = start.head(HEAD_ROWS)

    def cells(names: Sequence[str]) -> Iterator["pl.DataFrame"]:
        rows.columns = [dialect.names.index(name) for name in names]
        yield start.select(names)
        yield from frames

    return Table(tuple(Column(n, "text") for n in dialect.names), head, cells, dialect.header)


def _chained(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from rest


class Rows:
    """Parses block after block, keeping the line number. `columns` restricts the columns from the next block on."""

    def __init__(self, name: str, dialect: Dialect) -> None:
        self.name, self.dialect = name, dialect
        self.columns: list[int] | None = None
        self.row = 0
        self.quote = dialect.quote

    def frames(self, text: Iterator[bytes]) -> Iterator["pl.DataFrame"]:
        """One frame per block."""
        rest = b""
        header = bool(self.dialect.header)
        for block in text:
            block = rest + block
            rest = b""
            if self.dialect.delimiter is not None:
                block = without_blank_lines(block)
            if b'"' in block:
                block, rest = self._cut(block)
            if block:
                frame = self._parse(block)
                if header:
                    frame, header = frame[1:], False
                if frame.height:
                    yield frame
        if rest:
            raise InputError(
                f"{self.name}: a quote opened after row {self.row:,} is never closed",
                "close it, or use --quote none if quotes are ordinary characters",
            )

    def _cut(self, block: bytes) -> tuple[bytes, bytes]:
        """Split at the last row end outside quotes; decide about quoting where a quote is seen first."""
        if self.quote is None:
            self.quote = '"' if follows_rfc4180(block, self.dialect.delimiter) else ""
        if not self.quote or block.count(b'"') % 2 == 0:
            return block, b""
        import numpy as np

        data = np.frombuffer(block, np.uint8)
        quotes, ends = np.flatnonzero(data == 34), np.flatnonzero(data == 10)
        outside = ends[np.searchsorted(quotes, ends) % 2 == 0]
        cut = int(outside[-1]) + 1 if len(outside) else 0
        if len(block) - cut > 8 * BLOCK_BYTES:
            raise InputError(
                f"{self.name}: a quote opened after row {self.row:,} is not closed within {8 * BLOCK_BYTES:,} bytes",
                "close it, or use --quote none if quotes are ordinary characters",
            )
        return block[:cut], block[cut:]

    def _parse(self, block: bytes) -> "pl.DataFrame":
        import polars as pl

        delimiter = self.dialect.delimiter or "\x1f"
        quote = (self.quote or None) if b'"' in block else None
        names = [self.dialect.names[i] for i in self.columns] if self.columns is not None else list(self.dialect.names)
        try:
            frame = pl.read_csv(
                block,
                has_header=False,
                columns=self.columns,
                separator=delimiter,
                quote_char=quote,
                schema={f"column_{i}": pl.String for i in range(len(self.dialect.names))},
            )
        except pl.exceptions.PolarsError as error:
            raise self._ragged(block, delimiter, quote, error) from None
        frame.columns = names
        if quote is None and block.count(delimiter.encode()) != (len(self.dialect.names) - 1) * frame.height:
            raise self._ragged(block, delimiter, quote, None)
        self.row += frame.height
        return frame

    def _ragged(self, block: bytes, delimiter: str, quote: str | None, error: Exception | None) -> InputError:
        """The error that names the first row whose number of fields is not that of the first row."""
        import csv

        expected = len(self.dialect.names)
        text = block.decode("utf-8", "replace").splitlines(keepends=True)
        rows = csv.reader(text, delimiter=delimiter, quotechar=quote or '"', quoting=3 if quote is None else 0)
        for number, row in enumerate(rows, self.row + 1):
            if row and len(row) != expected:
                return InputError(
                    f"{self.name}: row {number:,} has {len(row)} fields, the first row has {expected}",
                    "mend the row, or name the delimiter with --delimiter",
                )
        cause = "quotes are not written as RFC 4180 says" if quote else str(error).splitlines()[0]
        return InputError(
            f"{self.name}: the rows after row {self.row:,} cannot be split into fields: {cause}",
            "use --quote none if quotes are ordinary characters, or name the delimiter with --delimiter",
        )


def without_blank_lines(block: bytes) -> bytes:
    """The block without lines that hold nothing: they are not rows of a table with several columns."""
    if b"\n\n" in block or b"\n\r\n" in block or block[:1] in (b"\n", b"\r"):
        return b"".join(line for line in block.splitlines(keepends=True) if line.strip(b"\r\n"))
    return block
