"""COCO and LVIS annotations: boxes, masks or panoptic segments of images, with the categories the file declares.

The classes are the declared categories in the order of their ids, which need not be contiguous; one that no annotation
uses is a class without samples. By default every instance is a sample; with `--count images` a sample is an image, with
the set of its categories, and an image without annotations is one without labels.

The file is read element by element: memory holds the ids of images and annotations, nothing else of these.

Example: `imbalance-doctor analyze instances_train2017.json --count images`

Reference: cocodataset.org/#format-data; Gupta, Dollar and Girshick (2019), LVIS, CVPR.
"""

import re
from array import array
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..batches import Table
from ..errors import InputError
from ..plugins import Reader
from . import json_lines
from ._json_sections import sections
from ._json_text import JsonText
from ._labelled import several, single, what_to_count
from ._records import Number
from ._source import Options, Source

READER = Reader("coco", ())
SHARED_SUFFIXES = (".json",)
SECTIONS = ("images", "annotations", "categories")
_SECTION = re.compile(r'"(?:images|annotations|categories)"[ \t\r\n]*:[ \t\r\n]*\[')
_MEMBER = re.compile(r'"(?:category_id|file_name|coco_url|supercategory|segments_info)"[ \t\r\n]*:')


@dataclass
class _Seen:
    """What the sections hold, in whatever order they come."""

    categories: list[tuple[str, str]] = field(default_factory=list)
    images: set[str] = field(default_factory=set)
    annotated: dict[str, set[str]] = field(default_factory=dict)
    instances: Counter[str] = field(default_factory=Counter)
    first: dict[str, int] = field(default_factory=dict)
    crowds: int = 0
    n: int = 0
    ids: "array[int]" = field(default_factory=lambda: array("q"))


def claims(start: str) -> bool:
    """Whether the text starts an object with a section of the format and a member of its records."""
    text = start.lstrip()
    return text.startswith("{") and not json_lines.claims(text) and bool(_SECTION.search(text) and _MEMBER.search(text))


def read(source: Source, options: Options) -> Table:
    """The instances, or the sets of categories of the images.

    Raises InputError for invalid JSON, for a file without annotations or categories, for ids or names declared twice,
    and for an annotation of a category that is not declared.
    """
    wanted = what_to_count(options, ("instances", "images"))
    seen = _Seen()
    found = []
    for section, elements in sections(JsonText(source, options), SECTIONS, "a COCO file"):
        if elements is not None:
            found.append(section)
        for number, element in enumerate(elements or (), 1):
            if not isinstance(element, dict):
                raise InputError(f"{source.name}: entry {number:,} of {section} is no object", "is it COCO JSON?")
            _STEPS[section](seen, element, number, source.name)
    for section in ("annotations", "categories"):
        if section not in found:
            raise InputError(f"{source.name} has no {section}", "name the file that holds the annotations")
    names = _names(seen, source.name)
    source.notes += _notes(seen, wanted)
    classes = tuple(names.values())
    if wanted == "instances":
        return single({name: seen.instances[key] for key, name in names.items()}, classes)
    images = [*seen.annotated.values(), *([set()] * len(seen.images - seen.annotated.keys()))]
    return several(([names[key] for key in row] for row in images), classes)


def _category(seen: _Seen, element: dict[str, Any], number: int, name: str) -> None:
    key, label = element.get("id"), element.get("name")
    if not isinstance(key, str) or type(label) is not str:
        raise InputError(f"{name}: category {number:,} has no id, or no name that is text", "mend the categories")
    seen.categories.append((key, label))


def _image(seen: _Seen, element: dict[str, Any], number: int, name: str) -> None:
    key = element.get("id")
    if not isinstance(key, str) or key in seen.images:
        problem = f"repeats the id {key}" if isinstance(key, str) else "has no id"
        raise InputError(f"{name}: image {number:,} {problem}", "give each image an id of its own")
    seen.images.add(key)


def _annotation(seen: _Seen, element: dict[str, Any], number: int, name: str) -> None:
    image = element.get("image_id")
    parts = element.get("segments_info", [element])
    if not isinstance(image, str) or not isinstance(parts, list):
        raise InputError(f"{name}: annotation {number:,} has no image_id", "give it the id of its image")
    own = element.get("id")
    if isinstance(own, Number) and own.isdigit() and len(own) < 19 and parts == [element]:
        seen.ids.append(int(own))
    held = seen.annotated.setdefault(image, set())
    for part in parts:
        key = part.get("category_id") if isinstance(part, dict) else None
        if not isinstance(key, str):
            raise InputError(f"{name}: annotation {number:,} has no category_id", "give it one, or leave it out")
        seen.first.setdefault(key, number)
        seen.instances[key] += 1
        seen.crowds += part.get("iscrowd") in ("1", True)
        seen.n += 1
        held.add(key)


_STEPS = {"categories": _category, "images": _image, "annotations": _annotation}


def _names(seen: _Seen, name: str) -> dict[str, str]:
    """Category names by id, in the order of the ids. Raises InputError for what is declared twice or not at all."""
    for what, values in (("id", [k for k, _ in seen.categories]), ("name", [n for _, n in seen.categories])):
        twice = [value for value, n in Counter(values).items() if n > 1]
        if twice:
            ids = [key for key, label in seen.categories if twice[0] in (key, label)]
            raise InputError(
                f"{name}: {len(ids)} categories have the {what} {str(twice[0])!r} (ids {', '.join(ids[:5])})",
                "merge or rename them",
            )
    names = dict(seen.categories)
    unknown = next((key for key in seen.first if key not in names), None)
    if unknown is not None:
        raise InputError(
            f"{name}: annotation {seen.first[unknown]:,} has the category_id {unknown}, which is not declared",
            "add it to the categories, or leave the annotation out",
        )
    whole = all(key.lstrip("-").isdigit() and len(key) < 20 for key in names)
    return dict(sorted(names.items(), key=lambda item: int(item[0]))) if whole else names


def _notes(seen: _Seen, wanted: str) -> list[str]:
    other = "images" if wanted == "instances" else "instances"
    bare = len(seen.images - seen.annotated.keys())
    holding = sum(map(bool, seen.annotated.values()))
    found = f"{seen.n:,} instances on {holding:,} images, {bare:,} images without any"
    notes = [f"{wanted} are counted, --count {other} counts {other}: {found}"]
    if seen.crowds:
        notes.append(f"{seen.crowds:,} instances are crowds (iscrowd) and count once each")
    lost = len(seen.annotated.keys() - seen.images)
    twice = len(seen.ids) - len(np.unique(np.frombuffer(seen.ids, np.int64))) if seen.ids else 0
    if twice:
        notes.append(f"{twice:,} annotations repeat the id of another and count all the same: were files joined?")
    if lost:
        notes.append(f"{lost:,} annotated images are not in the list of images")
    return notes
