"""A place in an SPSS system file, or in one of its records: what is read is checked against the end."""

import struct

from ..errors import InputError
from ._source import Source

CHUNK = 1 << 20
MAX_RECORD = 1 << 26


class Cursor:
    """Reads exactly what is asked for. Raises InputError with the byte where the file ends too early."""

    def __init__(self, source: Source) -> None:
        self.name, self.order, self.at = source.name, "<", 0
        self.check_budget = source.check_budget
        self._stream, self._held, self._next = source.open(), b"", 0

    def some(self, n: int) -> bytes:
        """Up to `n` bytes, fewer only at the end."""
        if self._next + n > len(self._held):
            rest = self._held[self._next :]
            self._held, self._next = rest + self._stream.read(max(n - len(rest), CHUNK)), 0
        data = self._held[self._next : self._next + n]
        self._next += len(data)
        self.at += len(data)
        return data

    def take(self, n: int) -> bytes:
        """Exactly `n` bytes."""
        if not 0 <= n <= MAX_RECORD:
            raise self.damaged(f"a length of {n:,} bytes")
        data = self.some(n)
        if len(data) < n:
            raise InputError(f"{self.name} ends early, at byte {self.at:,}", "the file is cut off: copy it again")
        return data

    def integers(self, n: int = 1) -> tuple[int, ...]:
        """The next `n` integers of four bytes."""
        return struct.unpack(f"{self.order}{n}i", self.take(4 * n))

    def damaged(self, what: str) -> InputError:
        """The error for what cannot be at this place."""
        return InputError(f"{self.name} is damaged near byte {self.at:,}: {what}", "copy it again, or export it as CSV")


class Pieces:
    """The texts and numbers of a record, each checked against its end."""

    def __init__(self, cursor: Cursor, data: bytes) -> None:
        self._cursor, self._data, self._at = cursor, data, 0

    def left(self) -> bool:
        """Whether anything is."""
        return self._at < len(self._data)

    def take(self, n: int) -> bytes:
        """The next `n` bytes. Raises InputError where the record ends before."""
        if n < 0 or self._at + n > len(self._data):
            raise self._cursor.damaged("a piece of a record is longer than the record")
        self._at += n
        return self._data[self._at - n : self._at]

    def integer(self) -> int:
        """The next integer of four bytes."""
        return int(struct.unpack(f"{self._cursor.order}i", self.take(4))[0])

    def text(self) -> bytes:
        """The bytes after their length."""
        return self.take(self.integer())
