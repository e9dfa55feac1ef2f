"""Watch over the structure of a delimited text while it is read: what is damaged, and where."""

from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

import numpy as np

from ..batches import Damaged, DamagedRow
from ..errors import InputError
from ._align import Placed, Shapes
from ._dialect import Dialect
from ._sift import Sieve, Sifted
from ._tail import TAIL_BYTES, Notes, cut, strange

if TYPE_CHECKING:
    import polars as pl

MAX_ROWS = 100_000
MAX_BYTES = 1 << 26
"""Damaged rows, and bytes of them, that are held until it is known what the columns hold."""
MAX_MENDED = 10_000
"""Rows with broken quotes that are tried to mend, which takes hundreds of looks at each; later ones are rejected."""
RUN = 3
"""Rows of another shape one after the other that are more than damage: another table, or another delimiter."""
NO_ROWS = ("comment", "commented", "comment-row", "newline", "swallowed")
"""Damage that takes no row from the count."""


class Watch:
    """Tells of damage in `damaged`: of marks as they are met, of damaged rows once all of the text is read."""

    def __init__(self, dialect: Dialect, damaged: Damaged) -> None:
        self.dialect, self.damaged = dialect, damaged
        self._columns: Sequence[int] = ()
        self._shapes = Shapes([()] * len(dialect.names))
        self._sieves: dict[str, Sieve] = {}
        self._held: list[tuple[int, str, str, Sieve]] = []
        self._bytes = self._run = self._last = 0
        self._returns: bool | None = None
        self._blank = (0, 0)  # the run of blank lines behind the last row: its first line, how many
        self._head: pl.DataFrame | None = None
        self._tail: tuple[bytes, str, int] = (b"", "", 0)
        self._notes = Notes(dialect.delimiter or "", len(dialect.names))
        first = (dialect.first or b"").decode()
        self._plain = first.split(dialect.delimiter) == [*dialect.names]
        for line in dialect.preamble:
            damaged.mark("preamble", line)
        if dialect.trailing:
            damaged.mark("trailing", dialect.skip)
        for line in dialect.seconds:
            damaged.mark(dialect.second, line)

    def wants(self, columns: Sequence[int], head: "pl.DataFrame") -> None:
        """Say by position which columns are streamed, and show what regular rows hold."""
        self._columns, self._head = columns, head
        if 0 not in columns:
            self._notes.off()
        self._shapes = Shapes(head[:, i].unique().to_list() for i in range(head.width))

    def sieve(self, quote: str | None) -> Sieve | None:
        """What separates regular rows from others; None where a line is a value."""
        d = self.dialect
        if d.delimiter is None:
            return None
        if (quote or "") not in self._sieves:
            self._sieves[quote or ""] = Sieve(d.delimiter, quote or "", len(d.names), d.first, comments=d.comments)
        return self._sieves[quote or ""]

    def may_repeat_header(self, frame: "pl.DataFrame") -> bool:
        """Whether some cell is named as its column is; asking that first is much cheaper than searching the text."""
        name = frame.columns[0]
        return self.dialect.first is not None and (not self._plain or bool((frame[name] == name).any()))

    def repeats_header(self, block: bytes) -> bool:
        """Whether the header stands in a block; the one above the table was taken away before."""
        header = self.dialect.first
        at = -1 if header is None else block.find(header)
        while header is not None and at >= 0:
            after = at + len(header)
            if (at == 0 or block[at - 1] == 10) and block[after : after + 2].lstrip(b"\r")[:1] in (b"\n", b""):
                return True
            at = block.find(header, after)
        return False

    def regular(self, block: bytes, quote: str | None, n: int, line: int, ends: int) -> None:
        """Look at a block of `n` regular rows and `ends` line feeds after `line` lines."""
        if n:
            self._commit(line + 1, line + ends + (not block.endswith(b"\n")))
            self._tail = block[-TAIL_BYTES:], quote or "", self._last
            self._notes.look(block, line)
        over = bool(quote) and ends > n
        self._look(block, line, quote, inside=over)
        sieve = self.sieve(quote) if over else None
        for opening, closing in _enclosed(block, quote or "") if sieve is not None else ():
            start, stop = block.rfind(b"\n", 0, opening) + 1, block.find(b"\n", closing)
            if sieve is not None and sieve.swallows(block[start : stop if stop >= 0 else len(block)]):
                self.damaged.mark("swallowed", line + 1 + block.count(b"\n", 0, start))
        if self.dialect.comments and b"#" in block and (block.startswith(b"# ") or b"\n# " in block):
            at = 0 if block.startswith(b"# ") else block.find(b"\n# ") + 1
            n = block.count(b"\n# ") + block.startswith(b"# ")
            self.damaged.mark("comment-row", line + 1 + block.count(b"\n", 0, at), n)

    def sifted(self, block: bytes, found: Sifted, line: int, sieve: Sieve) -> None:
        """Look at what was sifted of a block after `line` lines. Raises InputError for more damage than can be held."""
        quoted = bool(sieve.quote) and sieve.quote.encode() in block
        self._look(block[: len(block) - len(found.rest)], line, sieve.quote, inside=quoted)
        for at, kind, text in found.rows:
            if kind not in NO_ROWS:
                self._hold(at, kind, text, sieve)
            elif kind != "newline" or quoted:
                self.damaged.mark(kind, at)
        for start, n in found.blank:
            if not found.last or start < found.first:
                self._blank = (self._blank[0] or start, self._blank[1] + n)
        if found.n:
            self._tail = found.text[-TAIL_BYTES:], sieve.quote, found.end
            self._notes.look(block, line)
        if found.last:
            self._commit(found.first, found.last)
            for run in found.blank:
                if found.first < run[0] < found.last:
                    self.damaged.mark("blank", *run)
            self._blank = next((run for run in found.blank if run[0] > found.last), (0, 0))

    def _hold(self, line: int, kind: str, text: str, sieve: Sieve) -> None:
        """Keep a damaged row until all regular rows are seen."""
        follows = bool(self._held) and self._held[-1][:2] == (line - 1, "delimiter")
        self._run = self._run + 1 if follows else 1
        self._held.append((line, kind, text, sieve))
        self._bytes += len(text)
        if kind == "delimiter" and self._run >= RUN:
            raise self._another(line - RUN + 1, "the rows have another delimiter")
        if len(self._held) > MAX_ROWS or self._bytes > MAX_BYTES:
            raise InputError(
                f"{self.damaged.name}: {len(self._held):,} rows are not written as the first ones, the first in line "
                f"{self._held[0][0]:,}",
                "name the delimiter with --delimiter or the quote with --quote",
            )

    def finish(self) -> None:
        """Tell of the damaged rows, and of regular ones that look like notes or totals.

        Raises InputError when the text ends in rows of another table.
        """
        ends = [*takewhile(self._of_another_table, enumerate(reversed(self._held)))]
        fields = {text.count(sieve.delimiter) for _, (_, _, text, sieve) in ends}
        if len(ends) >= RUN and len(fields) == 1 and fields != {0}:
            raise self._another(
                ends[-1][1][0], f"the rows have {fields.pop() + 1} fields, not {len(self.dialect.names)}"
            )
        tail, quote, end = self._tail
        if self._head is not None and self.dialect.delimiter is not None:
            n = strange(tail, self.dialect.delimiter, quote, self._head, self._columns)
            if n:
                self.damaged.mark("strange", end, n)
            if len(self.dialect.names) - 1 in self._columns and cut(tail, self.dialect.delimiter, quote, self._head):
                self.damaged.mark("cut", end)
        for at in self._notes.lines:
            self.damaged.mark("note-row", at)
        nothing: Placed = [(None,)] * len(self.dialect.names)
        mended = 0
        for line, kind, text, sieve in self._held:
            mended += kind == "quoting"
            placed = nothing if kind == "quoting" and mended > MAX_MENDED else sieve.cells(kind, text, self._shapes)
            self.damaged.rows.append(DamagedRow(line, kind, tuple(placed[i] for i in self._columns)))

    def _of_another_table(self, numbered: tuple[int, tuple[int, str, str, Sieve]]) -> bool:
        i, (line, kind, _, _) = numbered
        return kind == "ragged" and line == self._last - i

    def _commit(self, first: int, last: int) -> None:
        """Rows stand in these lines: blank lines between them and earlier rows part them."""
        if self._last and self._blank[1]:
            self.damaged.mark("blank", *self._blank)
        self._blank, self._last = (0, 0), last

    def _look(self, block: bytes, line: int, quote: str | None, *, inside: bool) -> None:
        """Look for what does not keep rows from being regular. `inside`: whether cells may hold line ends."""
        d = self.dialect
        stray = not quote and not d.asked and d.delimiter in (",", ";", "|")
        if self._returns is not False or b"\r" in block:
            self._newlines(block, line, inside=inside)
        if stray and b'"' in block:
            self.damaged.mark("stray-quote", line + 1 + block.count(b"\n", 0, block.find(b'"')), block.count(b'"'))

    def _newlines(self, block: bytes, line: int, *, inside: bool) -> None:
        """See whether some lines end in CR LF and others in LF alone."""
        if self._returns is None and b"\n" in block:
            self._returns = block[block.find(b"\n") - 1 : block.find(b"\n")] == b"\r"
        if inside or self._returns is None:
            return
        returns = block.count(b"\r\n")
        others = block.count(b"\n") - returns if self._returns else returns
        alone = block.count(b"\r") - returns
        if others + alone:
            self.damaged.mark("newline", line + 1 + _first_other(block, self._returns), others + alone)

    def _another(self, line: int, what: str) -> InputError:
        return InputError(
            f"{self.damaged.name}: from line {line:,} on {what}: another table, or damaged throughout",
            "split the file and read each table on its own, or mend it",
        )


def _enclosed(block: bytes, quote: str) -> list[tuple[int, int]]:
    """Where quoted text that goes over a line's end starts and stops."""
    data = np.frombuffer(block, np.uint8)
    at, ends = np.flatnonzero(data == ord(quote)), np.flatnonzero(data == 10)
    opening, closing = at[0::2], at[1::2]
    opening = opening[: len(closing)]
    over = np.searchsorted(ends, opening) < np.searchsorted(ends, closing)
    return list(zip(opening[over].tolist(), closing[over].tolist(), strict=True))


def _first_other(block: bytes, returns: bool) -> int:
    """The number, from 0, of the first line that ends in CR where others do not, or without where they do."""
    for i, text in enumerate(block.split(b"\n")):
        if text.endswith(b"\r") != returns or b"\r" in text[:-1]:
            return i
    return block.count(b"\n")  # the last line, which ends in a carriage return alone
