"""What a folder is: the data set of one format, such as a tree of images, or shards of label files."""

import os
from pathlib import Path

from ..errors import InputError, RefusedError
from ..plugins import Plugin, Shelf, readers
from ._source import Source

MAX_DEPTH = 100
"""Folders inside folders that are walked."""


def sources(name: str, input_format: str | None = None) -> list[Source]:
    """The inputs behind a folder: the folder itself where a reader of folders takes it, its shards otherwise.

    A reader of folders has a function `claims_folder(path) -> bool`; `input_format` names one, or leaves the folder to
    its shards. Raises InputError when the folder holds nothing to read, or can be read in two ways.
    """
    shelf = readers()
    if input_format is not None:
        return [_whole(name, input_format)] if _reads_folders(shelf, input_format) else _shards(name, shelf)
    try:
        claiming = [plugin.name for plugin in shelf.values() if _claims(plugin, Path(name))]
    except OSError as error:
        raise _closed(name, error) from None
    if len(claiming) > 1:
        flags = " or ".join(f"--input-format {reader}" for reader in claiming)
        raise InputError(f"the folder {name} can be read as {' or '.join(claiming)}", f"say which with {flags}")
    return [_whole(name, claiming[0])] if claiming else _shards(name, shelf)


def require_folder(source: Source) -> Path:
    """The folder of a source. Raises InputError for a file."""
    if source.folder and source.path is not None:
        return source.path
    raise InputError(f"{source.name} is not a folder", "this format is a folder: name the folder")


def listed(folder: Path, name: str) -> list["os.DirEntry[str]"]:
    """The entries of a folder in the order of their names. Raises InputError when it cannot be listed."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        raise _closed(name, error) from None


def deeper(depth: int, folder: Path) -> int:
    """One level more. Raises RefusedError below MAX_DEPTH levels of folders."""
    if depth >= MAX_DEPTH:
        raise RefusedError(f"{folder} lies {MAX_DEPTH} folders deep", "name the folder that holds the data")
    return depth + 1


def some(names: list[str], limit: int = 5) -> str:
    """Up to `limit` names, and how many more there are."""
    more = f" and {len(names) - limit:,} more" if len(names) > limit else ""
    return ", ".join(names[:limit]) + more


def _whole(name: str, reader: str) -> Source:
    return Source(name, Path(name), folder=reader)


def _reads_folders(shelf: Shelf, reader: str) -> bool:
    return reader in shelf and hasattr(shelf[reader].module, "claims_folder")


def _claims(plugin: Plugin, path: Path) -> bool:
    claims = getattr(plugin.module, "claims_folder", None)
    return claims is not None and bool(claims(path))


def _shards(name: str, shelf: Shelf) -> list[Source]:
    """The data shards of a folder: its regular files, hidden ones and those starting with _ left out."""
    try:
        entries = sorted(os.listdir(name))
    except OSError as error:
        raise _closed(name, error) from None
    paths = [os.path.join(name, entry) for entry in entries if not entry.startswith((".", "_"))]
    shards = [Source(path, Path(path)) for path in paths if os.path.isfile(path)]
    whole = {s: r.name for r in shelf.values() if _reads_folders(shelf, r.name) for s in r.card.suffixes}
    if len({shard.suffix for shard in shards}) > 1:
        known = {s for reader in shelf.values() for s in reader.card.suffixes} - whole.keys()
        shards = [shard for shard in shards if shard.suffix in known]
    suffixes = sorted({shard.suffix for shard in shards})
    if suffixes and suffixes[0] in whole:  # masks, or pictures that beside label files are no shards either
        raise InputError(
            f"the folder {name} holds {suffixes[0]} files, which can be {whole[suffixes[0]]} or just pictures",
            f"use --input-format {whole[suffixes[0]]}, or name the label file",
        )
    if not shards:
        raise InputError(f"the folder {name} holds no label file", "name the label file itself")
    if len(suffixes) > 1:
        raise InputError(
            f"the folder {name} holds files of several formats: {', '.join(suffixes)}",
            f"name the shards with a pattern, for example '{name}/*{suffixes[0]}'",
        )
    return shards


def _closed(name: str, error: OSError) -> InputError:
    return InputError(f"cannot list the folder {name}: {error.strerror}", "check its permissions")
