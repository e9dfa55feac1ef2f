"""The labels of a MULAN data set: an XML file that names the attributes which are labels.

`<labels xmlns="http://mulan.sourceforge.net/labels"><label name="a"></label>…</labels>`; labels may stand inside one
another, a hierarchy. Declarations of entities are refused, nothing outside the file is read.
"""

import re
from pathlib import Path
from typing import Any, NoReturn

from ..errors import InputError, RefusedError
from ._source import Source

MAX_BYTES = 1 << 26
_PART = re.compile(r"[-_](train|test|val|valid|dev)\Z", re.IGNORECASE)


def beside(source: Source) -> Path | None:
    """The XML file beside an ARFF file: of the same name, or without its `-train` or `-test`."""
    if source.path is None:
        return None
    stem = source.path.name
    for suffix in reversed(source.path.suffixes[-2:]):
        stem = stem.removesuffix(suffix)
    for name in (stem, _PART.sub("", stem)):
        path = source.path.with_name(f"{name}.xml")
        if path.is_file():
            return path
    return None


def labels(path: Path, *, asked: bool) -> tuple[str, ...]:
    """The names of the labels in the order of the file; none where it was not `asked` for and is something else.

    Raises InputError for XML that is broken or names no labels, RefusedError for entities and files over MAX_BYTES.
    """
    source = Source(str(path), path)
    data = source.open().read(MAX_BYTES + 1)
    source.close()
    if len(data) > MAX_BYTES:
        raise RefusedError(f"{path} holds more than {MAX_BYTES:,} bytes", "name the XML file of the labels")
    root, names = _elements(data, str(path))
    if root != "labels" and not asked:
        return ()
    twice = next((name for name in names if names.count(name) > 1), None) if len(set(names)) < len(names) else None
    if not names or root != "labels" or twice is not None:
        problem = "names no labels" if twice is None else f"names the label {twice!r} twice"
        raise InputError(f"{path} {problem}", 'it holds <labels><label name="a"></label>…</labels>')
    return tuple(names)


def _elements(data: bytes, name: str) -> tuple[str, list[str]]:
    """The root element and the name of every label."""
    from xml.parsers import expat

    found: list[str] = []
    names: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        found.append(tag)
        if tag == "label" and "name" in attributes:
            names.append(attributes["name"])

    def refuse(*_: Any) -> NoReturn:
        raise RefusedError(f"{name} declares XML entities, which can grow without end", "write it without a DOCTYPE")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EntityDeclHandler = parser.ExternalEntityRefHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise InputError(f"{name} is not valid XML: {error}", "name the XML file of the labels") from None
    return found[0], names
