"""The cases of an SPSS system file, as blocks of bytes: stored as they are, by codes, or by codes inside zlib.

Reference: GNU PSPP developers' guide, "System File Format", Data Record, and ZLIB Compressed Data.
"""

import struct
import sys
import zlib
from collections.abc import Iterator
from itertools import islice

from ..errors import InputError
from ._sav_cursor import CHUNK, Cursor
from ._sav_dictionary import Dictionary

ELEMENT = 8
BLOCK_ELEMENTS = 1 << 18
SYSTEM_MISSING = -sys.float_info.max
_LAST, _RAW, _SPACES, _MISSING = 252, 253, 254, 255
"""Codes: the end of the cases, eight bytes that follow, eight spaces, a missing number; lower ones are numbers."""


def blocks(found: Dictionary, cursor: Cursor) -> Iterator[bytes]:
    """Whole cases, `found.size` elements each. Raises InputError where they end within a case, or are too few."""
    rows = max(1, BLOCK_ELEMENTS // found.size)
    width, n = found.size * ELEMENT, 0
    elements = None
    if found.compression:
        elements = _elements(found, _Inflated(found, cursor) if found.compression == 2 else cursor)
    while found.n_cases < 0 or n < found.n_cases:
        wanted = rows if found.n_cases < 0 else min(rows, found.n_cases - n)
        block = cursor.some(wanted * width) if elements is None else b"".join(islice(elements, wanted * found.size))
        n += len(block) // width
        if len(block) % width or (len(block) < wanted * width and found.n_cases >= 0):
            of = f", of {found.n_cases:,}" if found.n_cases >= 0 else ""
            raise InputError(f"{cursor.name} ends in case {n + 1:,}{of}", "the file is cut off: copy it again")
        if not block:
            return
        yield block


def _elements(found: Dictionary, cursor: "Cursor | _Inflated") -> Iterator[bytes]:
    """The elements that the codes stand for."""
    table = [struct.pack(f"{found.order}d", code - found.bias) for code in range(_LAST)]
    missing = struct.pack(f"{found.order}d", SYSTEM_MISSING)
    while codes := cursor.some(ELEMENT):
        for code in codes:
            if 0 < code < _LAST:
                yield table[code]
            elif code == _RAW:
                yield cursor.take(ELEMENT)
            elif code == _SPACES:
                yield b" " * ELEMENT
            elif code == _MISSING:
                yield missing
            elif code == _LAST:
                return


class _Inflated:
    """The bytes inside the zlib blocks that stand between the header and the trailer."""

    def __init__(self, found: Dictionary, cursor: Cursor) -> None:
        start = cursor.at
        header, trailer, _ = struct.unpack(f"{found.order}3q", cursor.take(24))
        if header != start or trailer < cursor.at:
            raise cursor.damaged("the header of the compressed cases")
        self._cursor, self._left = cursor, trailer - cursor.at
        self._zlib = zlib.decompressobj()
        self._rest, self._held, self._next, self._total = b"", b"", 0, 0

    def some(self, n: int) -> bytes:
        """Up to `n` bytes, fewer only at the end."""
        while self._next + n > len(self._held) and (more := self._more()):
            self._held, self._next = self._held[self._next :] + more, 0
        data = self._held[self._next : self._next + n]
        self._next += len(data)
        return data

    def take(self, n: int) -> bytes:
        """Exactly `n` bytes."""
        data = self.some(n)
        if len(data) < n:
            raise self._cursor.damaged("the compressed cases end early")
        return data

    def _more(self) -> bytes:
        """The next piece, b"" only at the end."""
        while True:
            if not self._rest and self._left:
                self._rest = self._cursor.take(min(CHUNK, self._left))
                self._left -= len(self._rest)
            if not self._rest:
                return b""
            if self._zlib.eof:
                self._zlib = zlib.decompressobj()
            try:
                piece = self._zlib.decompress(self._rest, CHUNK)
            except zlib.error as error:
                raise self._cursor.damaged(f"the compressed cases: {error}") from None
            self._rest = self._zlib.unused_data if self._zlib.eof else self._zlib.unconsumed_tail
            self._total += len(piece)
            self._cursor.check_budget(self._total)
            if piece:
                return piece
