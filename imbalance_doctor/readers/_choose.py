"""Which inputs a command line names, and which reader each wants: content first, suffix second; a mismatch is said."""

import glob
import os
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

from ..batches import Batches
from ..errors import InputError, RefusedError, UsageError
from ..plugins import Plugin, readers
from . import _folders, _remote, json_document, json_lines
from ._records import DECODER, cell
from ._source import Options, Source, check_count
from ._text import start_of, text_pieces

STDIN = "-"


class Paths(tuple[str, ...]):
    """Names of inputs as a user typed them: paths, globs, folders, or "-"."""

    __slots__ = ()


FOREIGN = (
    (b"\x89HDF", "an HDF5 file"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Office file"),
    (b"Obj\x01", "an Avro file"),
    (b"ORC", "an ORC file"),
    (b"\x7fELF", "a program"),
    (b"7z\xbc\xaf", "a 7z archive"),
)
_TAR = slice(257, 262)
PICKLE_SUFFIXES = (".pkl", ".pickle", ".pt", ".pth", ".joblib", ".dill", ".sav")
ALIASES = {"tsv": "csv", "delimited": "csv", "text": "lines", "ndjson": "jsonl", "ipc": "arrow"}
ALIASES |= {"libsvm": "svmlight", "conllu": "conll"}
SILENT_SUFFIXES = (".txt", ".dat", ".data")
"""Suffixes that promise no format."""
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")


def sources(names: Paths, input_format: str | None = None) -> list[Source]:
    """The inputs behind paths, globs, URLs and folders, in sorted order, "-" being standard input.

    A folder is one input for a reader of folders, and a list of shards otherwise; `input_format` says which.

    Raises InputError when a pattern or a folder holds nothing to read.
    """
    found: list[Source] = []
    for name in names:
        if name == STDIN:
            found.append(Source("standard input", None))
        elif _remote.is_remote(name):
            found += _remote.sources(name)
        elif os.path.isdir(name):
            found += _folders.sources(name, ALIASES.get(input_format or "", input_format))
        elif glob.has_magic(name) and not os.path.exists(name):
            paths = sorted(p for p in glob.glob(name, recursive=True) if not os.path.isdir(p))
            if not paths:
                raise InputError(f"no file matches {name}", "check the pattern")
            found += [Source(p, Path(p)) for p in paths]
        else:
            found.append(Source(name, Path(name)))
    if sum(s.is_stdin for s in found) > 1:
        raise UsageError("standard input was named twice", "name '-' once")
    return found


def open_batches(source: Source, options: Options) -> tuple[str, Batches]:
    """The format's name and the batches. Raises RefusedError for pickles, InputError for what no reader knows."""
    source.max_bytes = options.max_bytes
    if source.folder:
        check_count(options, source.folder)
        return source.folder, readers()[source.folder].verb(source, options)
    head = source.head()
    promised = source.promised_compression
    if promised is not None and source.compression != promised:
        found = source.compression or "not compressed"
        source.notes.append(f"the suffix says {promised}, the content is {found}: read as it is")
    if options.input_format is not None:
        reader = readers().find(ALIASES.get(options.input_format, options.input_format))
        if options.input_format == "tsv" and options.delimiter is None:
            options = replace(options, delimiter="\t")
    else:
        reader = _reader(source, head, start_of(source, options))
    check_count(options, reader.name)
    return reader.name, reader.verb(source, options)


def _reader(source: Source, head: bytes, start: str) -> Plugin:
    shelf = readers()
    if not head:
        raise InputError(f"{source.name} is empty", "name the file that holds the labels")
    by_content = next((r for r in shelf.values() if _claims_head(r, head)), None)
    if by_content is None:
        _refuse_pickle(source, head)
        by_content = next((r for r in shelf.values() if any(_starts(head, magic) for magic in r.card.magic)), None)
    if by_content is None:
        _refuse_foreign(source, head, start)
        by_content = next((r for r in shelf.values() if _claims(r, start)), None)
    by_suffix = next((r for r in shelf.values() if source.suffix in r.card.suffixes), None)
    if by_suffix is None or (by_content and source.suffix in getattr(by_content.module, "SHARED_SUFFIXES", ())):
        return by_content or shelf["csv"]
    if (by_suffix.card.magic or hasattr(by_suffix.module, "claims_head")) and by_content is not by_suffix:
        content = by_content.name if by_content else "text"
        raise InputError(
            f"{source.name} is not {by_suffix.name}: its content looks like {content}",
            "rename it, or name its format with --input-format",
        )
    if by_suffix.name == "jsonl" and json_lines.starts_with_record(start):
        return by_suffix  # one line of JSON is a record or a document: here the suffix decides
    chosen = by_content or by_suffix
    if chosen is not by_suffix and source.suffix not in SILENT_SUFFIXES:
        source.notes.append(f"the suffix says {by_suffix.name}, the content is {chosen.name}: read as {chosen.name}")
    return chosen


def _starts(head: bytes, magic: bytes) -> bool:
    """Whether the bytes start with a magic; one that is a word, such as ORC, also starts texts."""
    return head.startswith(magic) and (not magic.isalnum() or bool(_CONTROL.search(head)))


def _claims_head(reader: Plugin, head: bytes) -> bool:
    """Whether more than a few first bytes prove the format: zip archives and records have many uses."""
    claims = getattr(reader.module, "claims_head", None)
    return claims is not None and bool(claims(head))


def _claims(reader: Plugin, start: str) -> bool:
    claims = getattr(reader.module, "claims", None)
    return claims is not None and bool(claims(start))


def _refuse_pickle(source: Source, head: bytes) -> None:
    pickled = head[:1] == b"\x80" and head[1:2] in (b"\x02", b"\x03", b"\x04", b"\x05")
    zipped = head.startswith(b"PK\x03\x04") and b"data.pkl" in head[:4096]
    if pickled or zipped or source.suffix in PICKLE_SUFFIXES:
        raise RefusedError(
            f"{source.name} is a pickle, which can run code when it is read",
            "export it where it was made: numpy.save('labels.npy', numpy.asarray(labels)), "
            "or pandas.Series(labels).to_csv('labels.csv', index=False)",
        )


def _refuse_foreign(source: Source, head: bytes, start: str) -> None:
    what = next((what for magic, what in FOREIGN if _starts(head, magic)), None)
    if head[_TAR] == b"ustar":
        what = "a tar archive"
    if what is not None:
        raise InputError(f"{source.name} is {what}, not a label file", "export the labels as CSV, JSON or .npy")
    at = start.find("\0")
    if at >= 0:
        odd, even = head[1:2000:2].count(0), head[:2000:2].count(0)
        guess = "utf-16-le" if odd > 8 * even else "utf-16-be" if even > 8 * odd else "ENCODING"
        raise InputError(
            f"{source.name} holds a NUL byte near byte {at:,}: it is not text",
            f"name its format with --input-format, or --encoding {guess} if it is text without a byte order mark",
        )


def class_names(text: str) -> tuple[str, ...]:
    """Class names in index order: `a,b,c`, or a file with one name a line or a JSON array of names.

    Raises InputError for an empty list, an empty name or a name given twice.
    """
    if "," not in text and os.path.isfile(text):
        names = _names_in(Source(text, Path(text)))
    else:
        names = [name.strip() for name in text.split(",")]
    twice = [name for name, n in Counter(names).items() if n > 1 and name]
    if not all(names) or not names or twice:
        problem = f"names {twice[0]!r} twice" if twice else "holds an empty name" if any(names) else "holds no names"
        raise InputError(f"--classes {problem}", "give each class once, in index order")
    return tuple(names)


def _names_in(source: Source) -> list[str]:
    text = "".join(text_pieces(source, Options()))
    if json_document.claims(text):
        try:
            found = DECODER.decode(text)
            if isinstance(found, dict):
                raise ValueError("an object does not say which order is meant")
            return [cell(name) or "" for name in found]
        except (ValueError, RecursionError, TypeError) as error:
            raise InputError(
                f"{source.name} is not a JSON array of names: {str(error) or 'it is nested'}",
                "write the names in index order, as a JSON array or one a line",
            ) from None
    return text.replace("\r\n", "\n").rstrip("\n").split("\n")
