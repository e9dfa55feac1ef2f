"""A file that is written whole or not at all: the old one stays until the new one is complete and on the disk."""

import errno
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from io import BufferedWriter, RawIOBase
from pathlib import Path
from typing import BinaryIO, cast

from ..errors import OutputError

CANNOT_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES, errno.EPERM, errno.EISDIR)
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class _Descriptor(RawIOBase):
    """Bytes to a file descriptor. A write that the system cuts short is taken up by the buffer above."""

    def __init__(self, handle: int) -> None:
        self.handle = handle

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        return os.write(self.handle, data)  # type: ignore[arg-type]


@contextmanager
def whole_file(output: Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """A binary file beside `output` that takes its place, synced, when the block ends well, and is gone when not.

    Raises OutputError for a link, a device or a folder, for a file that exists unless `force`, and whenever a system
    call fails: then the old file is untouched and the new one removed, or, where only the syncing of the folder failed,
    the new one is in place and whole.
    """
    check(output, force)
    temporary = output.parent / f".{output.name[:50]}.{secrets.token_hex(6)}.part"
    try:
        handle = os.open(temporary, _FLAGS, 0o666)
        try:
            try:
                with BufferedWriter(_Descriptor(handle)) as file:
                    yield cast(BinaryIO, file)
                if output.exists():
                    os.chmod(temporary, output.stat().st_mode & 0o7777)
                os.fsync(handle)
            finally:
                os.close(handle)
            os.replace(temporary, output)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
        _sync_folder(output.parent)
    except OSError as error:
        raise OutputError(
            f"{output} could not be written: {error.strerror}", "check the folder and the space"
        ) from None


def check(output: Path, force: bool) -> None:
    """Raise OutputError where `output` must not be written: asked before the work, and once more after it."""
    if not output.parent.is_dir():
        raise OutputError(f"there is no folder {output.parent}", "make it first, or name another file")
    if output.is_symlink():
        raise OutputError(f"{output} is a symbolic link", "name the file it points to")
    if output.exists() and not output.is_file():
        raise OutputError(f"{output} is not a regular file", "name a file, or leave --output out for stdout")
    if output.exists() and not force:
        raise OutputError(f"{output} exists", "use --force to replace it")


def not_an_input(output: Path | None, names: Iterable[str]) -> None:
    """Raise OutputError where `output` is one of the files that were read: it would be lost."""
    for name in names:
        with suppress(OSError, ValueError):
            if output is not None and os.path.samefile(output, name):
                raise OutputError(f"{output} is an input", "name another file: the labels in it would be lost")


def _sync_folder(folder: Path) -> None:
    """Make the rename last through a power cut. Raises OSError where that fails, not where folders cannot be synced."""
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in CANNOT_SYNC:
            raise
