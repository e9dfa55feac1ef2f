"""Which inputs a command line names, and which reader each wants: content first, suffix second; a mismatch is said."""

import glob
import os
from pathlib import Path

from ..batches import Batches
from ..errors import InputError, RefusedError, UsageError
from ..plugins import Plugin, readers
from ._source import Options, Source

STDIN = "-"


class Paths(tuple[str, ...]):
    """Names of inputs as a user typed them: paths, globs, folders, or "-"."""

    __slots__ = ()


FOREIGN = (
    (b"\x89HDF", "an HDF5 file"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Office file"),
    (b"Obj\x01", "an Avro file"),
    (b"ORC", "an ORC file"),
    (b"\x7fELF", "a program"),
    (b"7z\xbc\xaf", "a 7z archive"),
)
PICKLE_SUFFIXES = (".pkl", ".pickle", ".pt", ".pth", ".joblib", ".dill", ".sav")


def sources(names: Paths) -> list[Source]:
    """The inputs behind paths, globs and folders of shards, in sorted order, "-" being standard input.

    Raises InputError when a pattern or a folder holds nothing to read.
    """
    found: list[Source] = []
    for name in names:
        if name == STDIN:
            found.append(Source("standard input", None))
        elif os.path.isdir(name):
            found += _folder(name)
        elif glob.has_magic(name) and not os.path.exists(name):
            paths = sorted(p for p in glob.glob(name, recursive=True) if not os.path.isdir(p))
            if not paths:
                raise InputError(f"no file matches {name}", "check the pattern")
            found += [Source(p, Path(p)) for p in paths]
        else:
            found.append(Source(name, Path(name)))
    if sum(s.path is None for s in found) > 1:
        raise UsageError("standard input was named twice", "name '-' once")
    return found


def _folder(name: str) -> list[Source]:
    """The data shards of a folder: its regular files, hidden ones and those starting with _ left out."""
    entries = sorted(os.scandir(name), key=lambda entry: entry.name)
    paths = [e.path for e in entries if e.is_file() and not e.name.startswith((".", "_"))]
    suffixes = {Source(p, Path(p)).suffix for p in paths}
    if len(suffixes) > 1:
        known = {s for reader in readers().values() for s in reader.card.suffixes}
        paths = [p for p in paths if Source(p, Path(p)).suffix in known]
        suffixes = {Source(p, Path(p)).suffix for p in paths}
    if not paths:
        raise InputError(f"the folder {name} holds no label file", "name the label file itself")
    if len(suffixes) > 1:
        raise InputError(
            f"the folder {name} holds files of several formats: {', '.join(sorted(suffixes))}",
            f"name the shards with a pattern, for example '{name}/*{sorted(suffixes)[0]}'",
        )
    return [Source(p, Path(p)) for p in paths]


def open_batches(source: Source, options: Options) -> tuple[str, Batches]:
    """The format's name and the batches. Raises RefusedError for pickles, InputError for what no reader knows."""
    head = source.head()
    reader = _reader(source, head, options)
    return reader.name, reader.verb(source, options)


def _reader(source: Source, head: bytes, options: Options) -> Plugin:
    shelf = readers()
    if options.input_format is not None:
        name = {"tsv": "csv", "delimited": "csv", "text": "lines", "ndjson": "jsonl", "ipc": "arrow"}
        return shelf.find(name.get(options.input_format, options.input_format))
    if not head:
        raise InputError(f"{source.name} is empty", "name the file that holds the labels")
    _refuse_pickle(source, head)
    by_content = next((r for r in shelf.values() if any(head.startswith(m) for m in r.card.magic)), None)
    if by_content is None:
        _refuse_foreign(source, head)
        by_content = next((r for r in shelf.values() if _claims(r, head)), None)
    by_suffix = next((r for r in shelf.values() if source.suffix in r.card.suffixes), None)
    if by_suffix is not None and by_suffix.card.magic and by_content is not by_suffix:
        content = by_content.name if by_content else "text"
        raise InputError(
            f"{source.name} is not {by_suffix.name}: its content looks like {content}",
            "rename it, or name its format with --input-format",
        )
    chosen = by_content or by_suffix or shelf["csv"]
    same_family = by_suffix is None or {chosen.name, by_suffix.name} <= {"json", "jsonl"}
    says_nothing = source.suffix in (".txt", ".dat", ".data")
    if by_suffix is not None and chosen is not by_suffix and not same_family and not says_nothing:
        source.notes.append(f"the suffix says {by_suffix.name}, the content is {chosen.name}: read as {chosen.name}")
    return chosen


def _claims(reader: Plugin, head: bytes) -> bool:
    claims = getattr(reader.module, "claims", None)
    return claims is not None and bool(claims(head))


def _refuse_pickle(source: Source, head: bytes) -> None:
    pickled = head[:1] == b"\x80" and head[1:2] in b"\x02\x03\x04\x05"
    zipped = head.startswith(b"PK\x03\x04") and b"data.pkl" in head[:4096]
    if pickled or zipped or source.suffix in PICKLE_SUFFIXES:
        raise RefusedError(
            f"{source.name} is a pickle, which can run code when it is read",
            "export it where it was made: numpy.save('labels.npy', numpy.asarray(labels)), "
            "or pandas.Series(labels).to_csv('labels.csv', index=False)",
        )


def _refuse_foreign(source: Source, head: bytes) -> None:
    for magic, what in FOREIGN:
        if head.startswith(magic):
            raise InputError(f"{source.name} is {what}, not a label file", "export the labels as CSV, JSON or .npy")
    marks = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
    if b"\0" in head[: 1 << 16] and not head.startswith(marks):
        at = head.find(b"\0")
        raise InputError(
            f"{source.name} holds a NUL byte at byte {at:,}: it is not text",
            "name its format with --input-format, or its --encoding if it is UTF-16 text",
        )


def class_names(text: str) -> tuple[str, ...]:
    """Class names in index order: `a,b,c`, or a file with one name a line or a JSON array of names.

    Raises InputError for an empty list or a name given twice.
    """
    path = Path(text)
    if "," not in text and path.is_file():
        content = Source(text, path).open().read(1 << 28)
        try:
            decoded = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise InputError(f"{text} is not UTF-8 text at byte {error.start:,}", "save it as UTF-8") from None
        names = _json_names(decoded) if decoded.lstrip().startswith("[") else decoded.splitlines()
        while names and not names[-1]:
            names.pop()
    else:
        names = [name.strip() for name in text.split(",")]
    twice = next((name for name in names if names.count(name) > 1), None) if len(set(names)) < len(names) else None
    if not names or twice is not None:
        problem = f"names {twice!r} twice" if names else "holds no names"
        raise InputError(f"--classes {problem}", "give each class once, in index order")
    return tuple(names)


def _json_names(text: str) -> list[str]:
    import json

    try:
        names = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"--classes: not a JSON array of names: {error}", "or write one name a line") from None
    return [str(name) for name in names]
