"""Text as UTF-8 blocks: byte order marks, declared encodings, strict decoding with the byte offset of an error."""

import codecs
import re
from collections.abc import Iterator

from ..errors import InputError, UsageError
from ._source import Options, Source, _Checked

BLOCK_BYTES = 4 << 20
MAX_LINE = 1 << 26
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def encoding_of(head: bytes, options: Options) -> tuple[str, int]:
    """The encoding and the length of the byte order mark. Raises UsageError for an unknown `--encoding`."""
    for bom, name in BOMS:
        if head.startswith(bom):
            return name, len(bom)
    if options.encoding is None:
        return "utf-8", 0
    try:
        b"a".decode(options.encoding, "replace")  # refuses what is no text encoding, such as base64
        return codecs.lookup(options.encoding).name, 0
    except (LookupError, ValueError):
        raise UsageError(
            f"there is no encoding named {options.encoding!r}", "for example utf-8, cp1252, gb18030"
        ) from None


def start_of(source: Source, options: Options) -> str:
    """The first characters, wrong bytes replaced: to recognise the format, not to be read."""
    head = source.head()
    encoding, skip = encoding_of(head, options)
    return head[skip:].decode(encoding, "replace")


def text_blocks(source: Source, options: Options) -> Iterator[bytes]:
    """Valid UTF-8 blocks of about BLOCK_BYTES that end at a line feed, the byte order mark removed.

    A file whose only line ends are carriage returns is read as if they were line feeds. Raises InputError with the
    byte offset for bytes that are not valid in the encoding and for NUL, and for a line of more than MAX_LINE bytes.
    """
    encoding, offset = encoding_of(source.head(), options)
    start = start_of(source, options)
    returns = "\r" in start[:-1] and "\n" not in start
    if encoding != "utf-8" or returns:
        yield from _lines(_encoded(text_pieces(source, options), returns, source.name), source.name)
        return
    stream = source.open()
    stream.read(offset)
    for block in _lines(_pieces(stream), source.name):
        if not block.isascii():
            try:
                block.decode("utf-8")
            except UnicodeDecodeError as error:
                raise _invalid(source.name, encoding, block, error.start, offset) from None
        nul = block.find(b"\0")
        if nul >= 0:
            raise _nul(source.name, offset + nul)
        offset += len(block)
        yield block


def _pieces(stream: _Checked) -> Iterator[tuple[bytes, bool]]:
    """Pieces of BLOCK_BYTES, and whether each is the last."""
    last = False
    while not last:
        data = stream.read(BLOCK_BYTES)
        last = len(data) < BLOCK_BYTES
        yield data, last


def _encoded(pieces: Iterator[str], returns: bool, name: str) -> Iterator[tuple[bytes, bool]]:
    for piece in pieces:
        unix = piece.replace("\r\n", "\n").replace("\r", "\n") if returns else piece
        try:
            yield unix.encode(), False
        except UnicodeEncodeError:
            raise InputError(f"{name} holds half a surrogate pair", "name its encoding with --encoding") from None


def _lines(pieces: Iterator[tuple[bytes, bool]], name: str) -> Iterator[bytes]:
    """Regroup pieces so that each ends at a line feed, all but the last, which takes what is left."""
    held: list[bytes] = []
    for piece, last in pieces:
        cut = len(piece) if last else piece.rfind(b"\n") + 1
        if cut:
            yield b"".join([*held, piece[:cut]])
            held = []
        held.append(piece[cut:])
        if sum(map(len, held)) > MAX_LINE:
            raise InputError(f"{name} has a line of more than {MAX_LINE:,} bytes", "is it a text file of labels?")
    if any(held):
        yield b"".join(held)


def text_pieces(source: Source, options: Options) -> Iterator[str]:
    """The text in pieces of about BLOCK_BYTES, cut anywhere. Raises InputError as `text_blocks` does."""
    encoding, skip = encoding_of(source.head(), options)
    stream = source.open()
    stream.read(skip)
    offset = skip
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    for data, last in _pieces(stream):
        held = decoder.getstate()[0]
        try:
            piece = decoder.decode(data, last)
            nul = piece.find("\0")
            if nul >= 0:
                raise _nul(source.name, offset - len(held) + len(piece[:nul].encode(encoding)))
        except UnicodeError as error:
            raise _invalid(source.name, encoding, held + data, getattr(error, "start", 0), offset - len(held)) from None
        offset += len(data)
        if piece:
            yield piece


def _nul(name: str, at: int) -> InputError:
    return InputError(f"{name} holds a NUL byte at byte {at:,}", "is it text? name it with --input-format")


def _invalid(name: str, encoding: str, data: bytes, at: int, offset: int) -> InputError:
    hint = f", for example --encoding {_likely(data, at)}" if encoding == "utf-8" else " with --encoding"
    return InputError(
        f"{name} is not valid {encoding.upper()}: byte 0x{data[at : at + 1].hex()} at byte {offset + at:,}",
        f"name its encoding{hint}",
    )


LIKELY = (
    ("shift_jis", "shift_jis", re.compile(r"(?=.*[\u3040-\u30ff])[\x00-\x7f\u3000-\u30ff\u4e00-\u9fff]+", re.DOTALL)),
    ("cp949", "euc_kr", re.compile(r"[\x00-\x7f\uac00-\ud7a3]+")),
    ("gb18030", "gb2312", re.compile(r"[\x00-\x7f\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]+")),
)
"""Encodings to propose, each with the strict core that text in it fits and the characters it is made of."""


def _likely(data: bytes, at: int) -> str:
    """The likeliest encoding of the lines about a byte that is not UTF-8."""
    start = data.rfind(b"\n", 0, max(0, at - (1 << 15))) + 1
    lines = data[start : start + (1 << 16)]
    lines = lines[: lines.rfind(b"\n") + 1] or lines
    for encoding, core, pattern in LIKELY:
        try:
            if pattern.fullmatch(lines.decode(core)):
                return encoding
        except UnicodeDecodeError:
            continue
    return "cp1252"
