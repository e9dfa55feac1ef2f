"""Regular files only: a pipe or a device would block or never end. Nothing is mapped into memory."""

import io
import os
import stat
from pathlib import Path
from typing import BinaryIO

from ..errors import InputError

BUFFER_BYTES = 1 << 16
CHECK = "check the path and its permissions"


def open_regular(path: Path, name: str) -> BinaryIO:
    """The file's own bytes, seekable. Raises InputError for anything but a readable regular file."""
    _check(path, name)
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        return io.BufferedReader(_File(os.open(path, flags)), BUFFER_BYTES)
    except OSError as error:
        raise InputError(f"cannot open {name}: {error.strerror}", CHECK) from None


class _File(io.RawIOBase):
    """A descriptor that is closed with its last reference, so that a reading given up half-way leaves none open."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        data = os.read(self._descriptor, len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return os.lseek(self._descriptor, offset, whence)

    def close(self) -> None:
        if not self.closed:
            os.close(self._descriptor)
        super().close()


def _check(path: Path, name: str) -> None:
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        raise InputError(f"there is no file {name}", _similar(path)) from None
    except (OSError, ValueError) as error:
        raise InputError(f"cannot look at {name}: {error}", CHECK) from None
    if stat.S_ISDIR(mode):
        raise InputError(f"{name} is a folder", "name a file, or a folder that holds label files")
    if not stat.S_ISREG(mode):
        raise InputError(f"{name} is not a regular file", "for a pipe use '-' and --input-format")


def _similar(path: Path) -> str:
    from difflib import get_close_matches

    try:
        names = sorted(entry.name for entry in path.parent.iterdir())[:5000]
    except OSError:
        return "check the path"
    close = get_close_matches(path.name, names, n=3)
    return f"did you mean {', '.join(str(path.parent / c) for c in close)}?" if close else "check the path"
