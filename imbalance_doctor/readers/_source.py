"""Where bytes come from: a regular file or standard input, decompressed, never mapped, never more than asked for."""

import bz2
import gzip
import io
import lzma
import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

from ..errors import InputError, RefusedError

COMPRESSIONS = {b"\x1f\x8b": "gz", b"BZh": "bz2", b"\xfd7zXZ\x00": "xz", b"\x28\xb5\x2f\xfd": "zst"}
HEAD_BYTES = 1 << 20
MAX_BYTES = 1 << 40
"""Decompressed bytes read from one input before giving up: far above any label file, below a bomb."""


@dataclass(frozen=True)
class Options:
    """What the user said about the bytes and cells of the input. None means: find out."""

    input_format: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    header: bool | None = None
    encoding: str | None = None
    label: str | None = None


@dataclass
class Source:
    """One input: a path, or standard input when `path` is None. `name` is what the user typed."""

    name: str
    path: Path | None
    compression: str | None = None
    notes: list[str] = field(default_factory=list)
    _stream: "_Checked | None" = None
    _spent: bool = False
    _files: list[BinaryIO] = field(default_factory=list)

    def head(self) -> bytes:
        """Up to HEAD_BYTES first decompressed bytes."""
        if self._stream is None:
            self._stream = self._started()
            self._stream.push_back(self._stream.read(HEAD_BYTES))
        return self._stream.pending

    def open(self) -> "_Checked":
        """The decompressed bytes from the first one on. Files can be opened again, standard input once."""
        stream = self._stream or self._started()
        self._stream = None
        return stream

    def _started(self) -> "_Checked":
        if self.path is None:
            if self._spent:
                raise InputError("standard input can be read only once", "save it to a file first")
            self._spent = True
            raw = sys.stdin.buffer
            start = raw.read(6)
            rest: Any = io.BufferedReader(_Chained(start, raw), 1 << 16)
        else:
            rest = self.open_raw()
            start = rest.read(6)
            rest.seek(0)
        self.compression = next((c for magic, c in COMPRESSIONS.items() if start.startswith(magic)), None)
        return _Checked(_decompressed(rest, self.compression), self.name)

    def open_raw(self) -> BinaryIO:
        """The file's own bytes, seekable. Raises InputError for anything but a readable regular file."""
        assert self.path is not None
        check_regular(self.path, self.name)
        try:
            self._files.append(open(self.path, "rb", buffering=1 << 16))
            return self._files[-1]
        except OSError as error:
            raise InputError(
                f"cannot open {self.name}: {error.strerror}", "check the path and its permissions"
            ) from None

    def close(self) -> None:
        """Close every file that was opened for this input."""
        while self._files:
            self._files.pop().close()

    @property
    def suffix(self) -> str:
        """The last suffix, that of a compression left out: `.csv` for `labels.csv.gz`."""
        if self.path is None:
            return ""
        suffixes = [s.lower() for s in self.path.suffixes]
        if suffixes and suffixes[-1].lstrip(".") in {*COMPRESSIONS.values(), "zstd", "gzip"}:
            suffixes.pop()
        return suffixes[-1] if suffixes else ""


def check_regular(path: Path, name: str) -> None:
    """Raise InputError unless `path` is a regular file (a pipe or device would block or never end)."""
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        raise InputError(f"there is no file {name}", _similar(path)) from None
    except (OSError, ValueError) as error:
        raise InputError(f"cannot look at {name}: {error}", "check the path and its permissions") from None
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


class _Chained(io.RawIOBase):
    """Bytes already taken from a stream, then the stream."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self._start, self._rest = start, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        data = self._start[: len(buffer)] or self._rest.read(len(buffer))
        self._start = self._start[len(data) :] if self._start else b""
        buffer[: len(data)] = data
        return len(data)


def _decompressed(raw: BinaryIO, compression: str | None) -> BinaryIO:
    if compression == "gz":
        return cast(BinaryIO, gzip.GzipFile(fileobj=raw))
    if compression == "bz2":
        return cast(BinaryIO, bz2.BZ2File(raw))
    if compression == "xz":
        return cast(BinaryIO, lzma.LZMAFile(raw))
    if compression == "zst":
        return cast(BinaryIO, _zstd().ZstdFile(raw))
    return raw


def _zstd() -> Any:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd


class _Checked:
    """Reads with every decompression fault turned into one clear error, under an absolute byte budget."""

    def __init__(self, inner: BinaryIO, name: str) -> None:
        self._inner, self._name, self._read = inner, name, 0
        self.pending = b""

    def push_back(self, data: bytes) -> None:
        """Have `data` read again, before everything else."""
        self.pending = data + self.pending

    def read(self, size: int) -> bytes:
        """Up to `size` bytes, fewer only at the end of the input."""
        parts = [self.pending[:size]]
        self.pending = self.pending[size:]
        wanted = size - len(parts[0])
        while wanted > 0:
            part = self._read_some(min(wanted, 1 << 24))
            if not part:
                break
            parts.append(part)
            wanted -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def _read_some(self, size: int) -> bytes:
        try:
            part = self._inner.read(size)
        except EOFError:
            raise InputError(
                f"{self._name} ends early, after decompressed byte {self._read:,}",
                "the compressed file is cut off: copy or download it again",
            ) from None
        except Exception as error:  # every decompressor has its own class of error
            raise InputError(
                f"{self._name} cannot be read after byte {self._read:,}: {error}", "the file is damaged: copy it again"
            ) from None
        self._read += len(part)
        if self._read > MAX_BYTES:
            raise RefusedError(f"{self._name} holds more than {MAX_BYTES:,} bytes", "split it into shards")
        return part

    def close(self) -> None:
        """Close the file beneath."""
        self._inner.close()


MAX_LINE = 1 << 26


def blocks(stream: _Checked, size: int, name: str) -> Iterator[bytes]:
    """Blocks of about `size` bytes that end at a line feed (the last one may not).

    Raises InputError when a line is longer than MAX_LINE bytes.
    """
    rest = b""
    while data := stream.read(size):
        cut = data.rfind(b"\n") + 1 if len(data) == size else len(data)
        if cut:
            yield rest + data[:cut] if rest else data[:cut]
            rest = data[cut:]
        else:
            rest += data
            if len(rest) > MAX_LINE:
                raise InputError(f"{name} has a line of more than {MAX_LINE:,} bytes", "is it a text file of labels?")
    if rest:
        yield rest
