"""Text as UTF-8 blocks: byte order marks, declared encodings, strict decoding with the byte offset of an error."""

import codecs
from collections.abc import Iterator

from ..errors import InputError, UsageError
from ._source import Options, Source, blocks

BLOCK_BYTES = 8 << 20
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
        return codecs.lookup(options.encoding).name, 0
    except LookupError:
        raise UsageError(
            f"there is no encoding named {options.encoding!r}", "for example utf-8, cp1252, gb18030"
        ) from None


def text_blocks(source: Source, options: Options, size: int = BLOCK_BYTES) -> Iterator[bytes]:
    """Valid UTF-8 blocks that end at a line feed, the byte order mark removed.

    A file whose only line ends are carriage returns is read as if they were line feeds. Raises InputError with the
    byte offset for bytes that are not valid in the encoding, and for NUL bytes.
    """
    encoding, skip = encoding_of(source.head(), options)
    stream = source.open()
    stream.read(skip)
    offset = skip
    carriage_returns = _only_carriage_returns(stream.pending[: 1 << 16], encoding)
    if encoding == "utf-8" and not carriage_returns:
        for block in blocks(stream, size, source.name):
            _check(block, offset, source.name)
            offset += len(block)
            yield block
        return
    yield from _transcoded(stream, encoding, size, source.name, carriage_returns, offset)


def _only_carriage_returns(head: bytes, encoding: str) -> bool:
    text = head.decode(encoding, "replace")
    return "\r" in text and "\n" not in text


def _check(block: bytes, offset: int, name: str) -> None:
    if not block.isascii():
        try:
            block.decode("utf-8")
        except UnicodeDecodeError as error:
            at = offset + error.start
            raise InputError(
                f"{name} is not valid UTF-8: byte 0x{block[error.start]:02x} at byte {at:,}",
                f"name its encoding, for example --encoding {_likely(block)}",
            ) from None
    nul = block.find(b"\0")
    if nul >= 0:
        raise InputError(f"{name} holds a NUL byte at byte {offset + nul:,}", "is it text? name it with --input-format")


def _likely(block: bytes) -> str:
    """The likeliest encoding of text that is not UTF-8, tried in order of strictness."""
    for encoding in ("gb18030", "cp949", "shift_jis"):
        try:
            text = block[: 1 << 16].rsplit(b"\n", 1)[0].decode(encoding)
        except UnicodeDecodeError:
            continue
        if sum("\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7a3" for c in text) > 2:
            return encoding
    return "cp1252"


def _transcoded(stream, encoding: str, size: int, name: str, returns: bool, offset: int) -> Iterator[bytes]:  # type: ignore[no-untyped-def]
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    rest = b""
    final = False
    while not final:
        data = stream.read(size)
        final = not data
        try:
            text = decoder.decode(data, final)
        except UnicodeDecodeError as error:
            raise InputError(
                f"{name} is not valid {encoding} near byte {offset + error.start:,}",
                "name its encoding with --encoding",
            ) from None
        offset += len(data)
        block = rest + (text.replace("\r", "\n") if returns else text).encode("utf-8", "surrogatepass")
        if b"\0" in block:
            raise InputError(f"{name} holds a NUL character", "is it text? name it with --input-format")
        cut = len(block) if final else block.rfind(b"\n") + 1
        if cut:
            yield block[:cut]
        rest = block[cut:]
