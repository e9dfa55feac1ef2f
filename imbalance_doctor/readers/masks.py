"""Segmentation masks: PNG images whose pixels are class ids, one file or a folder of them.

By default every pixel is a sample; with `--count images` a sample is an image, with the set of classes it contains. A
palette image is read as its indices, never as its colours; colour images are refused. Leave the void class out with
`--ignore-label 255`. The note gives, for median frequency balancing as Eigen and Fergus (2015) define it, the pixels of
the images that contain each class.

Needs pillow: `pip install 'imbalance-doctor[image]'`.

Example: `imbalance-doctor analyze VOC2012/SegmentationClass --ignore-label 255`
"""

import re
import struct
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from ..batches import Table
from ..errors import InputError, RefusedError
from ..plugins import Reader
from ._folders import deeper, listed, some
from ._labelled import counts, several, what_to_count
from ._source import Options, Source

SIGNATURE = b"\x89PNG\r\n\x1a\n"
READER = Reader("masks", (".png",), magic=(SIGNATURE,))
MAX_PIXELS = 1 << 28
"""Pixels of one image."""
MANY = 100
"""Values of one image above which it is taken for a photograph, unless the format was named."""
MODES = ("1", "L", "P", "I", "I;16", "I;16B")
"""Modes of pillow in which a pixel is one whole number."""
_GRAY, _PALETTE = 0, 3
_NAMED = re.compile(r"mask|label|annot|seg|ground|gt|trimap", re.IGNORECASE)


def claims_folder(path: Path) -> bool:
    """Whether it is named for masks and holds nothing but PNG images of one channel."""
    if not _NAMED.search(path.absolute().name):
        return False
    files = [Path(entry.path) for entry in listed(path, str(path)) if entry.name[:1] not in "._" and entry.is_file()]
    if not files or any(file.suffix.lower() != ".png" for file in files):
        return False
    with open(files[0], "rb") as file:
        head = file.read(26)
    return head.startswith(SIGNATURE) and len(head) == 26 and head[25] in (_GRAY, _PALETTE)


def read(source: Source, options: Options) -> Table:
    """The pixels by class, or the sets of classes of the images.

    Raises InputError without pillow, for a damaged image, for one of colours and for what can be a photograph;
    RefusedError above MAX_PIXELS.
    """
    wanted = what_to_count(options, ("pixels", "images"))
    pixels: Counter[int] = Counter()
    around: Counter[int] = Counter()
    images: list[list[str]] = []
    steps: set[int] = set()
    for name, file in _files(source):
        found = _counted(file, name)
        if len(found) > MANY and options.input_format is None:
            raise InputError(
                f"the pixels of {name} take {len(found):,} values: class ids, or a photograph?",
                "use --input-format masks if they are class ids",
            )
        steps |= _steps(file)
        size = sum(found.values())
        pixels.update(found)
        around.update(dict.fromkeys(found, size))
        images.append([str(index) for index in found])
    if not images:
        raise InputError(f"{source.name} holds no PNG image", "name the folder that holds the masks")
    holding = Counter(index for image in images for index in image)
    source.notes += _notes(wanted, len(images), holding, around)
    source.notes += [
        f"grey of few bits is read as pillow reads it: 0, {s}, {2 * s} … for 0, 1, 2 …" for s in sorted(steps)
    ]
    if wanted == "images":
        return several(images)
    return counts({str(index): pixels[index] for index in sorted(pixels)})


def _files(source: Source) -> Iterator[tuple[str, Any]]:
    """Name and content of every mask: the file itself, or the PNG images of a folder and of the folders in it."""
    if not source.folder or source.path is None:
        yield source.name, source.seekable()
        return
    for path in _walk(source.path, source):
        mask = Source(str(path), path, max_bytes=source.max_bytes)
        try:
            yield str(path), mask.seekable()
        finally:
            mask.close()


def _walk(folder: Path, source: Source, depth: int = 0) -> Iterator[Path]:
    others = []
    for entry in listed(folder, str(folder)):
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), source, deeper(depth, folder))
        elif entry.is_file() and entry.name.lower().endswith(".png") and not entry.name.startswith("."):
            yield Path(entry.path)
        else:
            others.append(entry.name)
    if others:
        source.notes.append(f"not read in {folder}: {some(others)}")


def _counted(file: Any, name: str) -> dict[int, int]:
    """Pixels by class id of one mask."""
    array = _indices(file, name)
    found = np.bincount(array.ravel())  # PNG has no more than 16 bits a channel
    return {int(i): int(found[i]) for i in np.flatnonzero(found)}


def _indices(file: Any, name: str) -> "np.ndarray[Any, Any]":
    try:
        from PIL import Image
    except ImportError:
        raise InputError(f"{name}: PNG images need pillow", "pip install 'imbalance-doctor[image]'") from None
    head = file.read(24)
    width, height = struct.unpack(">II", head[16:24]) if len(head) == 24 else (0, 0)
    if width * height > MAX_PIXELS:
        raise RefusedError(f"{name} has {width:,} x {height:,} pixels", f"cut it: at most {MAX_PIXELS:,} are read")
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(file, formats=["PNG"])
        mode = image.mode
        array = np.asarray(image) if mode in MODES else None
    except Image.DecompressionBombError as error:
        raise RefusedError(f"{name}: {error}", "cut it into smaller images") from None
    except Exception as error:  # pillow raises whatever a damaged chunk runs into
        raise InputError(f"{name} cannot be read: {error}", "the image is damaged: write it again") from None
    if array is None:
        raise InputError(
            f"{name} is an image of mode {mode}: its pixels are colours, not class ids",
            "save the masks as PNG images of one channel, or with a palette",
        )
    return array


def _steps(file: Any) -> set[int]:
    """What pillow, like most readers, multiplies grey values of 2 or 4 bits by, to fill the range up to 255."""
    file.seek(24)
    bits, kind = file.read(2)
    return {255 // (2**bits - 1)} if kind == _GRAY and bits in (2, 4) else set()


def _notes(wanted: str, n: int, holding: Counter[str], around: Counter[int]) -> list[str]:
    other = "images" if wanted == "pixels" else "pixels"
    common = [
        f"{index} in {k:,} images of {around[int(index)]:,} pixels" for index, k in sorted(holding.items(), key=_id)
    ]
    return [f"{wanted} of {n:,} images are counted, --count {other} counts {other}", f"class {some(common, 30)}"]


def _id(item: tuple[str, int]) -> int:
    return int(item[0])
