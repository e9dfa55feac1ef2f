"""Lines of a log: decoded leniently, none longer than MAX_LINE, the last one marked when its line end is missing.

A log is written by programs of all kinds, cut off while it is written, and full of terminal codes; one wrong byte in a
progress bar is no reason to refuse it.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ._source import Options, Source
from ._text import encoding_of, start_of

MAX_LINE = 1 << 20
BLOCK = 1 << 20
_CODES = re.compile(r"\x1b\[[0-9;?]{0,20}[A-Za-z]")


@dataclass
class Lines:
    """The lines of one log, gone through once. `unfinished` becomes true when the last one has no line end."""

    source: Source
    options: Options
    unfinished: bool = False
    too_long: int = 0
    notes: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[tuple[int, str]]:
        """Each line with its number, its line feed taken off; while the last one is at hand, `unfinished` is set."""
        encoding, skip = encoding_of(self.source.head(), self.options)
        start = start_of(self.source, self.options)
        returns = "\r" in start[:-1] and "\n" not in start
        stream = self.source.open()
        stream.read(skip)
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        number, rest, dropping = 0, "", False
        while True:
            data = stream.read(BLOCK)
            text = decoder.decode(data, len(data) < BLOCK)
            if returns:
                text = text.replace("\r", "\n")
            *whole, rest = (rest + text).split("\n")
            for line in whole:
                number += 1
                if dropping or len(line) > MAX_LINE:
                    self.too_long += 1
                    dropping = False
                    continue
                yield number, line[:-1] if line.endswith("\r") else line
            if len(rest) > MAX_LINE:
                rest, dropping = "", True
            if len(data) < BLOCK:
                break
        if dropping:
            self.too_long += 1
        elif rest.strip():
            self.unfinished = True
            yield number + 1, rest
        if self.too_long:
            self.notes.append(f"{self.too_long:,} lines of more than {MAX_LINE:,} characters were left out")


def plain(line: str) -> str:
    """A line without the codes that colour it."""
    return _CODES.sub("", line) if "\x1b" in line else line
