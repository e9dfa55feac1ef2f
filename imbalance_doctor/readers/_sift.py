"""Separate the regular rows of a damaged block from the others: what is regular can be read in one way only.

A row is regular when it is written as RFC 4180 says and has as many fields as the table has columns. Where a row is
not, it ends at its line's end: whatever is wrong with it, the next line is looked at afresh.
"""

import re
from dataclasses import dataclass, field

from . import _align
from ._align import Placed, Shapes

LOOK_AHEAD = 1 << 20
"""Bytes after which a quoted field of a damaged block is not closed any more."""
MAX_MENDED = 1 << 14
"""Bytes of a row up to which its broken quotes are looked at."""
OTHERS = (",", ";", "\t", "|")


@dataclass
class Sifted:
    """`text` holds the `n` regular rows; `rows` what is damaged: line (from 1), kind, text; `rest` an unfinished row.

    `blank` are runs of lines that hold nothing: the first line and how many; `first` and `last` the lines of the first
    and the last row, 0 without any; `end` the line of the last regular one.
    """

    text: bytes
    n: int
    rows: list[tuple[int, str, str]] = field(default_factory=list)
    blank: list[tuple[int, int]] = field(default_factory=list)
    rest: bytes = b""
    first: int = 0
    last: int = 0
    end: int = 0

    def skip(self, line: int) -> None:
        """Note a line that holds nothing."""
        run = self.blank[-1] if self.blank else (0, 0)
        if sum(run) == line and run[0] > self.last:
            self.blank[-1] = (run[0], run[1] + 1)
        else:
            self.blank.append((line, 1))


class Sieve:
    """Knows what a regular row of `width` fields looks like.

    `quote` is "" where quotes are ordinary characters; `header` the text of the header, None without one; `comments`:
    whether # starts a comment.
    """

    def __init__(
        self, delimiter: str, quote: str, width: int, header: bytes | None = None, *, comments: bool = True
    ) -> None:
        self.delimiter, self.quote, self.width = delimiter, quote, width
        self.header, self.comments = header, comments
        d, q = re.escape(delimiter.encode()), re.escape(quote.encode())
        field = rb"[^%s\n]*+" % d
        if quote:
            opened = rb"%s[^%s]*+(?:%s%s[^%s]*+)*+" % (q, q, q, q, q)
            field = rb"(?:%s%s|[^%s%s\n]*+)" % (opened, q, d, q)
            self._open = re.compile(rb"(?:%s%s)*+%s\Z" % (field, d, opened))
        end = rb"\r?(?:\n|\Z)"
        self._row = re.compile(rb"%s(?:%s%s){%d}%s" % (field, d, field, width - 1, end))
        self._any = re.compile(rb"%s(?:%s%s)*+%s" % (field, d, field, end))

    def sift(self, block: bytes, line: int, *, last: bool) -> Sifted:
        """Sift a block that starts a row after `line` lines. Where it is not the `last`, the end can be unfinished."""
        kept: list[bytes] = []
        found = Sifted(b"", 0)
        at, end, quote = 0, len(block), self.quote.encode()
        while at < end:
            line += 1
            stop = block.find(b"\n", at) + 1 or end
            text = block[at:stop]
            if not text.strip():
                found.skip(line)
                at = stop
                continue
            row = self._row.match(block, at, min(end, at + LOOK_AHEAD)) if quote and quote in text else None
            if row is not None:
                stop = row.end()
                self._take(found, kept, line, row[0], "")
                more = row[0].count(b"\n", 0, -1)
                if more and self.swallows(row[0]):
                    found.rows.append((line, "swallowed", ""))
                line += more
                found.end = line
            elif quote and quote in text and not last and end - at < LOOK_AHEAD and self._open.match(block, at):
                found.rest = block[at:]
                break
            else:
                n = found.n
                self._take(found, kept, line, text, self._kind(text))
                found.end = line if found.n > n else found.end
            found.first, found.last, at = found.first or line, line, stop
        found.text = b"".join(kept)
        return found

    def _take(self, found: Sifted, kept: list[bytes], line: int, text: bytes, kind: str) -> None:
        """Keep a regular row, set any other aside; rows that end in carriage returns are made to end in line feeds."""
        if kind == "newline":
            kept += [piece + b"\n" for piece in text.rstrip(b"\r\n").split(b"\r")]
            found.n += text.rstrip(b"\r\n").count(b"\r") + 1
        elif not kind and text.strip() != self.header:
            kept.append(text)
            found.n += 1
            if not (self.comments and text.startswith(b"# ")):
                return
            kind = "comment-row"
        found.rows.append((line, kind or "header", text.decode().rstrip("\r\n")))

    def _kind(self, text: bytes) -> str:
        """What is wrong with a line that was not found to be a regular row with quotes; "" when nothing is."""
        delimiter, quote = self.delimiter.encode(), self.quote.encode()
        quoted = bool(quote) and quote in text
        if not quoted and text.count(delimiter) == self.width - 1:
            return ""
        if self.comments and text.startswith(b"#"):
            return "commented" if self._row.fullmatch(text.lstrip(b"# ")) else "comment"
        pieces = text.rstrip(b"\r\n").split(b"\r")
        if len(pieces) > 1 and all(map(self._row.fullmatch, pieces)):
            return "newline"
        if quoted:
            return "ragged" if self._any.fullmatch(text) else "quoting"
        other = delimiter not in text and self._other(text.decode()) is not None
        return "delimiter" if other else "ragged"

    def _other(self, text: str) -> list[str] | None:
        """The cells, if another delimiter makes as many as there are columns."""
        splits = (text.rstrip("\r\n").split(d) for d in OTHERS if d != self.delimiter)
        return next((cells for cells in splits if len(cells) == self.width), None)

    def cells(self, kind: str, text: str, shapes: Shapes) -> Placed:
        """What each column can hold in a damaged row."""
        if kind == "delimiter":
            return _align.best([self._other(text) or []], shapes)
        if kind == "ragged":
            fields = self._any.match(text.encode())
            split = text.split(self.delimiter) if fields is None else self._fields(text)
            return _align.place(split, shapes)
        if kind == "quoting" and len(text) <= MAX_MENDED:
            return _align.best([self._fields(mended) for mended in self._mended(text)], shapes)
        return [(None,)] * self.width

    def _mended(self, text: str) -> list[str]:
        """Every way to make a regular row of a line by a change to its quotes: the one that was least, if any."""
        quote = self.quote
        escaped = text.replace("\\" + quote, quote * 2)
        places = [i for i, character in enumerate(text) if character == quote][:64]
        borders = [i for i, character in enumerate(text) if character == self.delimiter][:256]
        starts, ends = [0, *(i + 1 for i in borders)], [*borders, len(text)]
        dropped = [text[:i] + text[i + 1 :] for i in places]
        added = [text[:i] + quote + text[i:] for i in starts + ends]
        doubled = [text[:i] + quote + text[i:] for i in places]
        for ways in ([escaped] if escaped != text else [], dropped, added + doubled):
            regular = [way for way in ways if self._regular(way)]
            if regular:
                return regular
        plain = text.replace(quote, "")
        return [plain] if plain.count(self.delimiter) == self.width - 1 else []

    def _regular(self, text: str) -> bool:
        return self._row.fullmatch(text.encode()) is not None

    def _fields(self, text: str) -> list[str]:
        from ._quotes import fields

        return fields(text, self.delimiter, self.quote)

    def swallows(self, row: bytes) -> bool:
        """Whether every line of a row that goes over several is a regular row but for the quotes that hold them."""
        first, *inner, last = row.rstrip(b"\r\n").split(b"\n")
        quote = self.quote.encode()
        opening, closing = first.rfind(quote), last.find(quote)
        lines = [first[:opening] + first[opening + 1 :], *inner, last[:closing] + last[closing + 1 :]]
        return all(map(self._row.fullmatch, lines)) and not any(map(self._prose, lines))

    def _prose(self, line: bytes) -> bool:
        """Whether a delimiter outside quotes is followed by a space, as a comma of a sentence is."""
        return any(field.startswith(" ") for field in self._fields(line.decode())[1:])
