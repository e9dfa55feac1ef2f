"""WebDataset: tar shards whose members share a name up to the first dot; `.cls` or `.json` members hold the labels.

`000.jpg`, `000.cls` are one sample. Where there are `.cls` members they are the label; otherwise the keys of the
`.json` members are columns. `--label EXTENSION` takes another member, such as `cls2` or `txt`. Shards are streamed,
nothing is extracted; several shards are several inputs.

Example: `imbalance-doctor analyze 'imagenet-train-{0..9}.tar'` as the shell unfolds it

Reference: github.com/webdataset/webdataset, docs "The WebDataset Format".
"""

import tarfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from ..batches import HEAD_ROWS, Table
from ..errors import InputError, RefusedError
from ..plugins import Reader
from ._records import DECODER, Number, table
from ._source import Options, Source

READER = Reader("webdataset", (".tar", ".tgz"))
MAX_MEMBERS = 100_000_000
MAX_REMEMBERED = 2_000_000
"""Samples of which it is known that they are over, to see members that lie apart."""
MAX_LABEL = 1 << 24
"""Bytes of a member that holds labels."""
LABELS = ("cls", "class", "label")
_MAGIC = slice(257, 262)


def claims_head(head: bytes) -> bool:
    """Whether the first block is the header of a tar archive."""
    return head[_MAGIC] == b"ustar"


def read(source: Source, options: Options) -> Table:
    """The samples. Raises InputError for a damaged archive, and for one without label members.

    Raises RefusedError above MAX_MEMBERS members, or MAX_LABEL bytes of one that holds a label.
    """
    samples = _samples(source, options.label)
    head = list(islice(samples, HEAD_ROWS))
    extensions = sorted({extension for sample in head for extension in sample})
    asked = options.label if options.label in extensions else None
    chosen = asked or next((name for name in LABELS if name in extensions), None)
    everything = chain(head, samples)
    if chosen is not None and (options.label in (None, chosen)):
        rows = ({chosen: _scalar(sample.get(chosen))} for sample in everything)
        return replace(table(rows, source.name, source.notes), layout="column" if options.layout is None else "")
    if "json" not in extensions:
        raise InputError(
            f"{source.name} is a tar archive without .cls or .json members", "name a member with --label EXTENSION"
        )
    return table((_object(sample, source.name) for sample in everything), source.name, source.notes)


def _samples(source: Source, label: str | None) -> Iterator[dict[str, bytes]]:
    """The members of interest of each sample, by extension; members of a sample stand together."""
    wanted = {"json", *LABELS} | ({label} if label else set())
    current: str | None = None
    held: dict[str, bytes] = {}
    seen: set[int] = set()
    for key, extension, content in _members(source, wanted):
        if key != current:
            if current is not None:
                yield held
            if hash(key) in seen:
                raise InputError(f"{source.name}: the members of {key!r} do not stand together", "sort the archive")
            if len(seen) < MAX_REMEMBERED:
                seen.add(hash(key))
            current, held = key, {}
        if extension in held:
            raise InputError(f"{source.name} holds {key}.{extension} twice", "write the shard again")
        if content is not None:
            held[extension] = content
    if current is not None:
        yield held


def _members(source: Source, wanted: set[str]) -> Iterator[tuple[str, str, bytes | None]]:
    """Key, extension and, where it is of interest, content of each regular member."""
    n = 0
    stream: Any = source.open()
    try:
        with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Member) as archive:
            for member in archive:
                n += 1
                if n > MAX_MEMBERS:
                    raise RefusedError(f"{source.name} holds more than {MAX_MEMBERS:,} members", "split it")
                archive.members = []  # type: ignore[attr-defined]  # a streamed archive remembers every member otherwise
                folder, _, file = member.name.rpartition("/")
                stem, dot, extension = file.partition(".")
                if not member.isreg() or not dot or not stem or stem.startswith("_"):
                    continue
                extension = extension.lower()
                content = _content(archive, member, source.name) if extension in wanted else None
                yield f"{folder}/{stem}", extension, content
    except (tarfile.TarError, EOFError, ValueError, OSError) as error:
        raise InputError(
            f"{source.name} is a damaged tar archive after member {n:,}: {error}", "copy it again, or write it anew"
        ) from None


class _Member(tarfile.TarInfo):
    """A member whose damaged header is an error: tarfile takes one behind the first member for the end.

    So is a header that is not there: an archive ends with a block of zeros, without it some members may be lost.
    """

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> "_Member":
        """The next member. Raises ReadError where its header is damaged or cut off."""
        try:
            return super().fromtarfile(archive)
        except tarfile.EOFHeaderError:  # type: ignore[attr-defined]
            raise
        except tarfile.EmptyHeaderError:  # type: ignore[attr-defined]
            raise tarfile.ReadError("it ends without its end mark, members may be lost") from None
        except tarfile.HeaderError as error:
            raise tarfile.ReadError(f"the header at byte {archive.offset:,} is damaged: {error}") from None


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo, name: str) -> bytes:
    if member.size > MAX_LABEL:
        raise RefusedError(f"{name}: {member.name} is {member.size:,} bytes long", "a label is shorter")
    file: Any = archive.extractfile(member)
    return bytes(file.read())  # as long as the header says, or tarfile raises


def _scalar(content: bytes | None) -> str | None:
    """The label of a text member: the number or the word that it holds."""
    if content is None:
        return None
    try:
        text = content.decode().strip()
    except UnicodeDecodeError:
        raise InputError(f"a label member holds {content[:20]!r}, no UTF-8 text", "name another with --label") from None
    return Number(text) if text.lstrip("-").isdigit() else text


def _object(sample: dict[str, bytes], name: str) -> dict[str, Any]:
    content = sample.get("json")
    if content is None:
        return {}
    try:
        found = DECODER.decode(content.decode())
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name}: a .json member is not valid JSON: {error}", "write the shard again") from None
    if not isinstance(found, dict):
        raise InputError(f"{name}: a .json member holds no object", "name another member with --label EXTENSION")
    return found
