"""Where bytes come from: a regular file or standard input, decompressed, never mapped, never more than asked for."""

import bz2
import gzip
import io
import lzma
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO, cast

from ..errors import InputError, RefusedError, UsageError
from ._regular import BUFFER_BYTES, open_regular

COMPRESSIONS = {
    "gz": re.compile(rb"\x1f\x8b"),
    "bz2": re.compile(rb"BZh[1-9](1AY&SY|\x17rE8P\x90)"),  # the name Bzhou starts a text file, not an archive
    "xz": re.compile(rb"\xfd7zXZ\x00"),
    "zst": re.compile(rb"\x28\xb5\x2f\xfd"),
}
MAGIC_BYTES = 10
SUFFIXES = {**{c: c for c in COMPRESSIONS}, "gzip": "gz", "zstd": "zst", "bzip2": "bz2"}
HEAD_BYTES = 1 << 20
MAX_BYTES = 1 << 40
"""Decompressed bytes of one input before giving up, unless told otherwise: above any label file, below a bomb."""
MAX_HELD = 1 << 32
"""Bytes held in memory where a format has to be read from its end."""


@dataclass(frozen=True)
class Options:
    """What the user said about the bytes and cells of the input. None means: find out.

    `layout`: that of the labels, for a format whose reading depends on it. `label_prefix`: what marks a label in
    fastText text, `labels_xml`: the file that names the labels of an ARFF file, `strip_bio`: whether token labels lose
    their place in an entity, `records`: the key of a JSON object under which the records are. `set_aside`: damaged rows
    are set aside and told of, where otherwise the first one stops. `max_bytes`: decompressed bytes of one input above
    which it is refused.
    """

    input_format: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    header: bool | None = None
    encoding: str | None = None
    label: str | None = None
    layout: str | None = None
    label_prefix: str | None = None
    labels_xml: str | None = None
    strip_bio: bool | None = None
    count: str | None = None
    sheet: str | None = None
    records: str | None = None
    set_aside: bool = False
    max_bytes: int = MAX_BYTES


OF_ONE_FORMAT = {
    "label_prefix": ("fasttext",),
    "labels_xml": ("arff",),
    "strip_bio": ("conll", "conllu"),
    "sheet": ("excel",),
    "records": ("json",),
}
"""Options that one format has, with the names of it."""
COUNTABLE = ("coco", "masks", "yolo")
"""Formats in which there is more than one thing to count."""


def with_format(options: Options) -> Options:
    """The options with the format that one of them implies. Raises UsageError where that is not the format named."""
    for name, formats in OF_ONE_FORMAT.items():
        if getattr(options, name) is None:
            continue
        if options.input_format not in (None, *formats):
            flag = "--" + name.replace("_", "-")
            raise UsageError(f"{flag} is for {formats[0]}, not for {options.input_format}", f"leave {flag} out")
        options = replace(options, input_format=options.input_format or formats[0])
    return options


def check_count(options: Options, reader: str) -> None:
    """Raise UsageError where something else is to be counted than the format has."""
    if options.count is not None and reader not in COUNTABLE:
        raise UsageError(f"--count is for {', '.join(COUNTABLE)}, not for {reader}", "leave --count out")


@dataclass
class Source:
    """One input: a path, or standard input when `path` is None. `name` is what the user typed.

    `folder`: the format of a path that is a folder; `remote` opens an input that lies elsewhere, its `path` is None.
    """

    name: str
    path: Path | None
    compression: str | None = None
    notes: list[str] = field(default_factory=list)
    _stream: "_Checked | None" = None
    _spent: bool = False
    _files: list[BinaryIO] = field(default_factory=list)
    _before: tuple[int, ...] | None = None
    folder: str = ""
    remote: Callable[[], BinaryIO] | None = None
    max_bytes: int = MAX_BYTES

    def head(self) -> bytes:
        """Up to HEAD_BYTES first decompressed bytes."""
        self._stream = self._stream or self._started()
        self._stream.pending = self._stream.pending or self._stream.read(HEAD_BYTES)
        return self._stream.pending

    def open(self) -> "_Checked":
        """The decompressed bytes from the first one on. Files can be opened again, standard input once."""
        stream = self._stream or self._started()
        self._stream = None
        return stream

    def _started(self) -> "_Checked":
        if self.is_stdin:
            if self._spent:
                raise InputError("standard input can be read only once", "save it to a file first")
            self._spent = True
            raw: Any = _standard_input()
        else:
            raw = self.open_raw()
        try:
            start = raw.read(MAGIC_BYTES)
            rest = raw if self.path else io.BufferedReader(_Chained(start, raw), BUFFER_BYTES)
            if self.path:
                raw.seek(0)
        except OSError as error:
            why = error.strerror or error
            raise InputError(f"{self.name} cannot be read: {why}", "name a file that can be read") from None
        self.compression = next((c for c, magic in COMPRESSIONS.items() if magic.match(start)), None)
        return _Checked(_decompressed(rest, self.compression), self)

    def open_raw(self) -> BinaryIO:
        """The file's own bytes, seekable. Raises InputError for anything but a readable regular file."""
        if self.remote is not None:
            self._files.append(self.remote())
            return self._files[-1]
        assert self.path is not None
        before = _stamp(self.path)
        self._files.append(open_regular(self.path, self.name))
        self._before = self._before or before
        return self._files[-1]

    def changed(self) -> bool:
        """Whether the file is no longer the one that was opened: written to, cut off, or another in its place."""
        return self._before is not None and self.path is not None and _stamp(self.path) != self._before

    @property
    def is_stdin(self) -> bool:
        """Whether the bytes come from standard input, which can be read only once."""
        return self.path is None and self.remote is None

    def seekable(self) -> BinaryIO:
        """The decompressed bytes, seekable: the file itself, or what comes compressed or by standard input, held.

        Raises RefusedError when more than MAX_HELD bytes would have to be held.
        """
        self.head()
        if self.path is not None and self.compression is None:
            self.check_budget(os.path.getsize(self.path))
            return self.open_raw()
        whole = self.open().read(MAX_HELD + 1)
        if len(whole) > MAX_HELD:
            raise RefusedError(
                f"{self.name} holds more than {MAX_HELD:,} bytes", "save it to a file that is not compressed as a whole"
            )
        if self.is_stdin:  # it can be wanted again, once it is known what is in it
            self._stream = _Checked(io.BytesIO(whole), self)
        return io.BytesIO(whole)

    def check_budget(self, n_bytes: int) -> None:
        """Raise RefusedError when so many decompressed bytes are more than `max_bytes`."""
        if n_bytes > self.max_bytes:
            raise RefusedError(
                f"{self.name} holds more than {self.max_bytes:,} bytes", "split it into shards, or raise --max-bytes"
            )

    def close(self) -> None:
        """Close every file that was opened for this input."""
        while self._files:
            self._files.pop().close()

    @property
    def suffix(self) -> str:
        """The last suffix in lower case, that of a compression left out: `.csv` for `labels.csv.gz`."""
        rest = [s for s in self._suffixes[-2:] if s.lstrip(".") not in SUFFIXES]
        return rest[-1] if rest else ""

    @property
    def promised_compression(self) -> str | None:
        """The compression that the name says."""
        return SUFFIXES.get(self._suffixes[-1].lstrip(".")) if self._suffixes else None

    @property
    def _suffixes(self) -> list[str]:
        path = Path(self.name) if self.remote else self.path
        return [s.lower() for s in path.suffixes] if path else []


def _stamp(path: Path) -> tuple[int, ...] | None:
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _standard_input() -> BinaryIO:
    if sys.stdin is None:
        raise InputError("standard input is closed", "name a file, or pipe the labels in")
    return sys.stdin.buffer


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

    def __init__(self, inner: BinaryIO, source: Source) -> None:
        self._inner, self._name, self._check, self._read = inner, source.name, source.check_budget, 0
        self.pending = b""

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
        self._check(self._read)
        return part

    def close(self) -> None:
        """Close the file beneath."""
        self._inner.close()
