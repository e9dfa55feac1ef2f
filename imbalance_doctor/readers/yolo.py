"""YOLO labels: a folder of text files, one an image, one object a line, whose first number is the class.

Class names come from `names:` of a data.yaml, or from classes.txt or obj.names, beside the labels or above them. An
empty file is an image without objects; so is an image without a file, where the images lie in the folder `images` that
stands for `labels` in the path, or beside the labels. By default every object is a sample; with `--count images` a
sample is an image, with the set of its classes.

Example: `imbalance-doctor analyze coco128/labels/train2017`

Reference: docs.ultralytics.com/datasets/detect; github.com/AlexeyAB/darknet.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from ..batches import Table
from ..errors import InputError
from ..plugins import Reader
from . import _yolo_names
from ._folders import listed, require_folder, some
from ._images import IMAGE_SUFFIXES
from ._labelled import several, single, what_to_count
from ._source import Options, Source

READER = Reader("yolo", ())
LABELS = "labels"
TRIED = 20
"""Files that are looked at to recognise the format."""
LOOKED_AT = 1 << 14
"""Bytes of each of them."""
_NUMBER = r"[+-]?(?:[0-9]{1,20}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,4})?"
_OBJECT = re.compile(rf"([0-9]{{1,9}})(?:[ \t]+{_NUMBER}){{4}}(?:[ \t]|\Z)")


def claims_folder(path: Path) -> bool:
    """Whether its text files, or those in its folder `labels`, hold a class id and at least four numbers a line.

    Class names beside a folder `labels` say the same: a broken line in it is then named, not taken for another format.
    A folder `labels` of splits is claimed too, to ask which.
    """
    if path.absolute().name == LABELS and not _files(path) and _splits(path):
        return True
    if (path / LABELS).is_dir() and not _files(path):
        if any(path.glob("*.yaml")) and (_splits(path / LABELS) or _files(path / LABELS)):
            return True
        path = path / LABELS
    tried = 0
    for file in _files(path):
        lines = _first_lines(file)
        if not all(map(_OBJECT.match, lines)):
            return False
        tried += bool(lines)
        if tried == TRIED:
            break
    return tried > 0


def read(source: Source, options: Options) -> Table:
    """The objects, or the sets of classes of the images.

    Raises InputError for a line that is no class id with numbers, with file and line; for an id without a name; and to
    ask which split is meant.
    """
    folder = require_folder(source)
    wanted = what_to_count(options, ("instances", "images"))
    if (folder / LABELS).is_dir() and not _files(folder):
        folder = folder / LABELS
    files = _files(folder)
    if not files:
        splits = _splits(folder)
        hint = f"name one, for example {folder / splits[0]}" if splits else "name the folder that holds the label files"
        held = f": it has the folders {some(splits)}" if splits else ""
        raise InputError(f"{source.name} holds no label files (.txt){held}", hint)
    named = _yolo_names.find(folder)
    names = None if named is None else named[0]
    images = [Counter(_classes(file, names)) for file in files]
    missing = _without_file(folder, {file.stem for file in files})
    source.notes += _notes(images, missing, named, wanted)
    kind = "text" if names else "integer"
    if wanted == "instances":
        return single(sum_of(images), names, type_=kind)  # type: ignore[arg-type]
    return several([*map(list, images), *([[]] * len(missing))], names)


def sum_of(images: list[Counter[str]]) -> Counter[str]:
    """The objects of each class over all images."""
    total: Counter[str] = Counter()
    for image in images:
        total.update(image)
    return total


def _classes(file: Path, names: tuple[str, ...] | None) -> Iterator[str]:
    for number, line in enumerate(_lines(file), 1):
        if not line.strip():
            continue
        match = _OBJECT.match(line.strip())
        if match is None:
            raise InputError(
                f"{file}, line {number:,}: {line.strip()[:40]!r} is no class id with four numbers or more",
                "a line is: class x y width height",
            )
        index = int(match[1])
        if names is not None and index >= len(names):
            raise InputError(
                f"{file}, line {number:,}: the class {index:,} has no name, there are {len(names):,}",
                "add it to the names, or mend the label",
            )
        yield str(index) if names is None else names[index]


def _lines(file: Path) -> list[str]:
    return _yolo_names.text_of(file).splitlines()


def _first_lines(file: Path) -> list[str]:
    """The first lines that hold something, whatever the encoding; of a file that cannot be read, why."""
    source = Source(str(file), file)
    try:
        start = source.head()[:LOOKED_AT].decode("latin-1")
    except InputError as error:
        return [error.message]
    finally:
        source.close()
    lines = start.splitlines()[: -1 if len(start) == LOOKED_AT else None]
    return [line.strip() for line in lines if line.strip()]


def _files(folder: Path) -> list[Path]:
    """The label files of a folder, in the order of their names."""
    entries = [e for e in listed(folder, str(folder)) if e.name.endswith(".txt") and not e.name.startswith((".", "_"))]
    return [Path(e.path) for e in entries if e.name not in _yolo_names.LISTS and e.is_file()]


def _splits(folder: Path) -> list[str]:
    entries = [e for e in listed(folder, str(folder)) if e.is_dir(follow_symlinks=False) and e.name[:1] != "."]
    return [e.name for e in entries if any(islice(Path(e.path).glob("*.txt"), 1))]


def _without_file(folder: Path, labelled: set[str]) -> list[str]:
    """The images without a label file: beside the labels, or where `images` stands for `labels` in the path."""
    parts = list(folder.absolute().parts)
    places = [folder]
    if LABELS in parts:
        at = len(parts) - 1 - parts[::-1].index(LABELS)
        places.append(Path(*parts[:at], "images", *parts[at + 1 :]))
    images = [
        Path(entry.name)
        for place in places
        if place.is_dir()
        for entry in listed(place, str(place))
        if Path(entry.name).suffix.lower() in IMAGE_SUFFIXES
    ]
    return sorted({image.stem for image in images} - labelled)


def _notes(
    images: list[Counter[str]], missing: list[str], named: tuple[tuple[str, ...], str] | None, wanted: str
) -> list[str]:
    other = "images" if wanted == "instances" else "instances"
    total = sum(image.total() for image in images)
    empty = sum(not image for image in images)
    background = f"{empty:,} with an empty file" + (f", {len(missing):,} without a file" if missing else "")
    names = "class names" if named is None else f"names of {len(named[0]):,} classes from {named[1]}"
    return [
        f"{wanted} are counted, --count {other} counts {other}: {total:,} instances on {len(images) - empty:,} images",
        f"images without objects: {background}",
        names if named else f"no {names} found (data.yaml, classes.txt, obj.names): the classes are ids",
    ]
