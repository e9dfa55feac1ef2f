"""A tree of images with a folder per class: the name of the folder is the class, every image in it is a sample.

Classes come in the order of their names by code point, which is the index order of torchvision's ImageFolder and of
Keras' image_dataset_from_directory: "10" comes before "2". An empty folder is a class without samples. Images in
folders inside a class count for the class, as they do there. Files are counted by their suffix, none is opened; what is
left out is listed: files beside the folders, other files, links to folders.

Example: `imbalance-doctor analyze imagenette2/train`

Reference: torchvision.datasets.ImageFolder, torchvision.datasets.folder.find_classes.
"""

import os
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from ..batches import Table
from ..errors import InputError
from ..plugins import Reader, readers
from ._folders import deeper, listed, require_folder, some
from ._images import IMAGE_SUFFIXES, SPLITS
from ._labelled import single
from ._source import Options, Source

READER = Reader("image-folder", ())
LOOKED_AT = 200
"""Entries of a folder that are looked at to recognise the format."""
NOTES = {".txt", ".dat", ".data"}
"""Suffixes that promise no format: beside folders of images such a file is a stray."""
Entry = os.DirEntry[str]


@dataclass
class _Strays:
    """What is not counted, or counted in an unexpected place."""

    beside: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    nested: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    dotted: int = 0


def claims_folder(path: Path) -> bool:
    """Whether it holds folders with images, or splits of such folders, and no label file beside them."""
    entries = listed(path, str(path))
    known = {s for reader in readers().values() for s in reader.card.suffixes} - IMAGE_SUFFIXES - NOTES
    if any(not e.is_dir() and Path(e.name).suffix.lower() in known for e in entries if e.name[:1] not in "._"):
        return False
    folders = [Path(e.path) for e in entries if e.is_dir(follow_symlinks=False) and not e.name.startswith(".")]
    if any(folder.name == "labels" for folder in folders):
        return False
    return any(map(_has_images, folders[:LOOKED_AT])) or _are_splits(folders)


def read(source: Source, options: Options) -> Table:
    """One row per image. Raises InputError without folders, and to ask which split is meant."""
    root = require_folder(source)
    entries = listed(root, source.name)
    strays = _Strays()
    folders: list[Entry] = []
    for entry in entries:
        if entry.is_symlink() and entry.is_dir():
            strays.links.append(entry.name)
        elif not entry.is_dir():
            strays.beside.append(entry.name)
        elif entry.name.startswith("."):
            strays.hidden.append(entry.name)
        else:
            folders.append(entry)
    names = [folder.name for folder in folders]
    if not folders:
        raise InputError(f"{source.name} holds no folders, one per class", "name the folder that holds the classes")
    _ask_which_split(source.name, [Path(folder.path) for folder in folders])
    counted = {folder.name: _count(Path(folder.path), folder.name, strays) for folder in folders}
    if not any(counted.values()):
        raise InputError(
            f"{source.name}: none of its {len(folders):,} folders holds an image",
            f"images: {_suffixes(IMAGE_SUFFIXES)}",
        )
    source.notes += _notes(strays, names)
    return single(counted, tuple(names))


def _count(folder: Path, name: str, strays: _Strays, depth: int = 0) -> int:
    """The images of a folder and of those inside it; links to folders are not followed."""
    n = 0
    for entry in listed(folder, str(folder)):
        if entry.is_symlink() and entry.is_dir():
            strays.links.append(f"{folder.name}/{entry.name}")
        elif entry.is_dir():
            inside = _count(Path(entry.path), name, strays, deeper(depth, folder))
            n += inside
            if not depth:
                strays.nested[name] += inside
        elif Path(entry.name).suffix.lower() in IMAGE_SUFFIXES:
            n += 1
            strays.dotted += entry.name.startswith(".")
        else:
            strays.others[Path(entry.name).suffix.lower() or "without a suffix"] += 1
    return n


def _ask_which_split(name: str, folders: list[Path]) -> None:
    if not _are_splits(folders):
        return
    held = some([folder.name for folder in folders])
    if any(_has_images(inside) for folder in folders for inside in _inside(folder)):
        raise InputError(f"the folders of {name} are splits: {held}", f"name one, for example {folders[0]}")
    raise InputError(f"the folders of {name} are splits without folders of classes: {held}", "name the label file")


def _are_splits(folders: list[Path]) -> bool:
    if not folders or not all(folder.name.lower() in SPLITS for folder in folders):
        return False
    return any(_has_images(inside) for folder in folders for inside in [folder, *_inside(folder)])


def _inside(folder: Path) -> list[Path]:
    with os.scandir(folder) as entries:
        return [Path(e.path) for e in islice(entries, LOOKED_AT) if e.is_dir(follow_symlinks=False)]


def _has_images(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return any(Path(e.name).suffix.lower() in IMAGE_SUFFIXES for e in islice(entries, LOOKED_AT))
    except OSError:
        return False


def _notes(strays: _Strays, names: list[str]) -> list[str]:
    notes = []
    if len(names) > 10 and all(name.isdigit() for name in names) and sorted(names, key=int) != names:
        notes.append(f"index order is that of the names as text, as in torchvision: {some(names)}")
    if strays.nested:
        inside = some([f"{n:,} in {name}" for name, n in strays.nested.items()])
        notes.append(f"images in folders inside a class count for it: {inside}")
    if strays.beside:
        notes.append(f"not counted, beside the folders: {some(strays.beside)}")
    if strays.others:
        notes.append(f"not counted, no images: {some([f'{n:,} {s}' for s, n in sorted(strays.others.items())])}")
    if strays.dotted:
        notes.append(f"{strays.dotted:,} images are hidden files (.name), and count as they do in torchvision")
    if strays.links:
        notes.append(f"links to folders are not followed: {some(sorted(strays.links))}")
    if strays.hidden:
        notes.append(f"hidden folders are left out, torchvision would take them for classes: {some(strays.hidden)}")
    return notes


def _suffixes(suffixes: frozenset[str]) -> str:
    return " ".join(sorted(suffixes))
