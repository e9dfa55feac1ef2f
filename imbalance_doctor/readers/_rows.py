"""From blocks of delimited text to data frames, proving on the way that no row is ragged and no quote is broken.

A block that passes the proof is read at once. In another the first damaged row stops the reading; or, with a watch, its
regular rows are read and the watch tells of the others.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..errors import InputError
from . import _quotes
from ._dialect import QUOTES_HINT, Dialect, broken_quote, quoting, starts_a_field

if TYPE_CHECKING:
    import polars as pl

    from ._damage import Watch

MAX_QUOTED = 1 << 26
_BOM = b"\xef\xbb\xbf"


class Rows:
    """Parses block after block, counting rows and lines. `columns` restricts the columns from the next block on.

    With a `watch` the blocks start below the header.
    """

    def __init__(self, name: str, dialect: Dialect, watch: "Watch | None" = None) -> None:
        self.name, self.dialect, self.watch = name, dialect, watch
        self.columns: list[int] | None = None
        self.quote = dialect.quote
        self._row, self._line = 0, dialect.skip
        delimiter = (dialect.delimiter or "").encode()
        self._marks = delimiter * (len(dialect.names) - 1) + b"\n"

    def frames(self, text: Iterator[bytes]) -> Iterator["pl.DataFrame"]:
        """One frame per block that holds rows. Raises InputError for ragged rows and broken or unclosed quotes."""
        if self.watch is not None and self.dialect.delimiter is not None:
            yield from self._watched(self.watch, text)
            return
        rest = b""
        header = bool(self.dialect.header) and self.watch is None
        for piece in text:
            block, rest = self._cut(rest + piece if rest else piece)
            frame = self._parse(block)
            self._line += block.count(b"\n")
            self._row += 0 if frame is None else frame.height
            if len(rest) > MAX_QUOTED:
                raise self._unclosed(f"is not closed within {MAX_QUOTED:,} bytes")
            if frame is not None and header:
                frame, header = frame[1:], False
            if frame is not None and frame.height:
                yield frame
        if rest:
            raise self._unclosed("is never closed")

    def _watched(self, watch: "Watch", text: Iterator[bytes]) -> Iterator["pl.DataFrame"]:
        """One frame per block that holds regular rows, the others told of."""
        rest = b""
        for piece in text:
            block = rest + piece if rest else piece
            whole, rest = self._cut(block)
            frame = self._proven(watch, whole)
            if frame is None:
                frame, rest = self._sifted(watch, block, last=False)
            if frame.height:
                yield frame
            if len(rest) > MAX_QUOTED:
                frame, rest = self._sifted(watch, rest, last=True)
                yield from [frame] if frame.height else []
        if rest and (frame := self._sifted(watch, rest, last=True)[0]).height:
            yield frame
        watch.finish()

    def _proven(self, watch: "Watch", block: bytes) -> "pl.DataFrame | None":
        """The rows of a block, None where they are not proven to be regular."""
        quote = self.quote if self.quote and self.quote.encode() in block else None
        if quote and _quotes.violation(block, self.dialect.delimiter, quote) is not None:
            return None
        n = self._equal_rows(block, quote)
        if n is None:
            return None
        frame = self._read_all(block, quote, n)
        if watch.may_repeat_header(frame) and watch.repeats_header(block):
            return None
        ends = block.count(b"\n") if quote else n - (bool(block) and not block.endswith(b"\n"))
        watch.regular(block, quote, n, self._line, ends)
        self._line += ends
        self._row += n
        return frame

    def _sifted(self, watch: "Watch", block: bytes, *, last: bool) -> tuple["pl.DataFrame", bytes]:
        """The regular rows of a block, and what of its end is no whole row."""
        sieve = watch.sieve(self.quote)
        assert sieve is not None
        found = sieve.sift(block, self._line, last=last)
        watch.sifted(block, found, self._line, sieve)
        self._line += block.count(b"\n") - found.rest.count(b"\n")
        self._row += found.n
        return self._read_all(found.text, self.quote or None, found.n), found.rest

    def _cut(self, block: bytes) -> tuple[bytes, bytes]:
        """Split at the last row end outside quotes; decide about quoting where a quote is seen first."""
        if b'"' in block and not self.dialect.asked:
            if self.quote is None:
                strict = self.watch is None or self.dialect.delimiter is None
                self.quote = quoting(block, self.dialect.delimiter, self.name, self._line, strict=strict)
            elif not self.quote and starts_a_field(block, self.dialect.delimiter):
                raise InputError(
                    f"{self.name}: quotes enclose fields after line {self._line:,}, before they do not",
                    QUOTES_HINT,
                )
        quote = (self.quote or "").encode()
        if not quote or block.count(quote) % 2 == 0:
            return block, b""
        import numpy as np

        data = np.frombuffer(block, np.uint8)
        quotes, ends = np.flatnonzero(data == quote[0]), np.flatnonzero(data == 10)
        outside = ends[np.searchsorted(quotes, ends) % 2 == 0]
        cut = int(outside[-1]) + 1 if len(outside) else 0
        return block[:cut], block[cut:]

    def _parse(self, block: bytes) -> "pl.DataFrame | None":
        quote = self.quote if self.quote and self.quote.encode() in block else None
        if quote and (at := _quotes.violation(block, self.dialect.delimiter, quote)) is not None:
            raise broken_quote(self.name, self._line + block.count(b"\n", 0, at) + 1)
        text, n = block, self._equal_rows(block, quote)
        if n is None:
            text = _without_blank_lines(block, quote)
            n = self._equal_rows(text, quote)
        if n is None:
            raise self._ragged(block, quote)
        if self.watch is not None and n:
            self.watch.regular(text, quote, n, self._line, text.count(b"\n"))
        return self._read_all(text, quote, n) if text else None

    def _read_all(self, text: bytes, quote: str | None, n: int) -> "pl.DataFrame":
        """The rows of regular text, which have to be `n`."""
        frame = self._read(text, quote)
        if frame.height != n:
            raise InputError(
                f"{self.name}: {n:,} rows after row {self._row:,} were read as {frame.height:,}",
                "say how quotes are meant with --quote none or --quote '\"'",
            )
        return frame

    def _equal_rows(self, block: bytes, quote: str | None) -> int | None:
        """How many rows the delimiters and line ends outside quotes form, None when they are not all alike."""
        kept = set(self._marks + (quote or "").encode())
        marks = block.translate(None, bytes(i for i in range(256) if i not in kept))
        if quote:
            marks = _quotes.without_quoted(marks, quote.encode())
        if not block.endswith(b"\n") and block:
            marks += b"\n"
        n = len(marks) // len(self._marks)
        return n if marks == self._marks * n else None

    def _read(self, block: bytes, quote: str | None) -> "pl.DataFrame":
        import polars as pl

        names = self.dialect.names
        wanted = list(names) if self.columns is None else [names[i] for i in self.columns]
        if not block:
            return pl.DataFrame(schema=dict.fromkeys(wanted, pl.String))
        try:
            frame = pl.read_csv(
                _BOM + block if block.startswith(_BOM) else block,  # polars takes one mark away, here it is a label's
                has_header=False,
                columns=self.columns,
                separator=self.dialect.delimiter or "\0",  # a byte that text blocks never hold
                quote_char=quote,
                schema={f"column_{i}": pl.String for i in range(len(names))},
            )
        except pl.exceptions.PolarsError as error:
            reason = str(error).splitlines()[0]
            raise InputError(
                f"{self.name}: the rows after row {self._row:,} cannot be split into fields: {reason}",
                "use --quote none if quotes are ordinary characters, or name the delimiter with --delimiter",
            ) from None
        frame.columns = wanted
        return frame

    def _ragged(self, block: bytes, quote: str | None) -> InputError:
        """The error that names the first row whose number of fields is not that of the first row."""
        expected = len(self.dialect.names)
        number, place, found = self._row, "", expected
        for line, row in _quotes.rows(block.decode(), self.dialect.delimiter, quote):
            blank = row == [""] and expected > 1
            number += not blank
            if len(row) != expected and not blank:
                place, found = _place(number, self._line + line), len(row)
                break
        fields = "field" if found == 1 else "fields"
        return InputError(
            f"{self.name}: {place} has {found} {fields}, the first row has {expected}",
            "mend the row, name the delimiter with --delimiter, or use --input-format lines if a line is one cell",
        )

    def _unclosed(self, what: str) -> InputError:
        place = _place(self._row + 1, self._line + 1)
        return InputError(
            f"{self.name}: a quote opened in {place} {what}",
            "close it, or use --quote none if quotes are ordinary characters",
        )


def _place(row: int, line: int) -> str:
    return f"row {row:,}" if row == line else f"row {row:,} (line {line:,})"


def _without_blank_lines(block: bytes, quote: str | None) -> bytes:
    """The block without lines that hold nothing: they are not rows of a table with several columns."""
    kept = []
    inside = 0
    for line in block.split(b"\n"):
        if inside or line.strip(b"\r"):
            kept.append(line)
        if quote:
            inside ^= line.count(quote.encode()) % 2
    return b"\n".join(kept)
