"""Which attributes of an ARFF file are the labels: said by the user, by a MULAN file, by MEKA, by a name, or asked."""

import shlex
from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError, UsageError
from ..labels.columns import LABEL_WORDS, OTHER_WORDS, words
from . import _mulan
from ._arff_header import Attribute, Header
from ._source import Options, Source

WHOLE_TABLE = ("indicator", "long", "counts")
"""Layouts that are found in the attributes together."""


@dataclass(frozen=True)
class Choice:
    """The positions of the attributes, their layout, what the user called the one, and remarks."""

    positions: tuple[int, ...]
    layout: str = ""
    named: str | None = None
    notes: tuple[str, ...] = ()


def choose(header: Header, source: Source, options: Options) -> Choice:
    """The attributes that are the labels. Raises InputError when none or several can be, or one is not there."""
    if options.labels_xml is not None and options.label is not None:
        raise UsageError("both --label and --labels-xml name the labels", "leave one of them out")
    if options.labels_xml is not None:
        return _of_names(header, _mulan.labels(Path(options.labels_xml), asked=True), options.labels_xml)
    if options.label is not None:
        return _asked(header, options.label, options.layout)
    if options.layout != "column":
        beside = _mulan.beside(source)
        names = () if beside is None else _mulan.labels(beside, asked=False)
        if names:
            return _of_names(header, names, f"{beside.name if beside else ''} beside it")
        if header.meka:
            return _of_meka(header)
    if options.layout in WHOLE_TABLE:
        return Choice(tuple(range(len(header.attributes))))
    return _found(header, source.name)


def _asked(header: Header, label: str, layout: str | None) -> Choice:
    names = [attribute.name for attribute in header.attributes]
    if layout in WHOLE_TABLE:
        return Choice(tuple(range(len(names))))
    if label in names:
        at = names.index(label)
    elif label.isdecimal() and 1 <= int(label) <= len(names):
        at = int(label) - 1
    else:
        listed = ", ".join(map(repr, names[:20]))
        raise InputError(f"there is no attribute {label!r}", f"--label takes one of {listed}, or a number from 1")
    nominal = header.attributes[at].kind == "nominal"
    notes = () if names[at] == label else (f"attribute {label} is {names[at]!r}",)
    return Choice((at,), "column" if nominal else "", label, notes)


def _of_names(header: Header, names: tuple[str, ...], where: str) -> Choice:
    """The attributes that a MULAN file names, in its order."""
    position = {attribute.name: i for i, attribute in enumerate(header.attributes)}
    absent = [name for name in names if name not in position]
    if absent:
        raise InputError(
            f"there is no attribute {absent[0]!r}, which {where} names as a label",
            "name the XML file of this data set with --labels-xml, or one attribute with --label",
        )
    return _indicators(header, tuple(position[name] for name in names), f"{len(names):,} labels named by {where}")


def _of_meka(header: Header) -> Choice:
    n, k = header.meka, len(header.attributes)
    if abs(n) > k:
        raise InputError(f"the relation says -C {n}, there are {k:,} attributes", "name the label with --label")
    positions = range(n) if n > 0 else range(k + n, k)
    return _indicators(header, tuple(positions), f"{abs(n):,} labels by the -C {n} that MEKA wrote into the relation")


def _indicators(header: Header, positions: tuple[int, ...], note: str) -> Choice:
    chosen = [header.attributes[i] for i in positions]
    other = next((a for a in chosen if not a.indicates and a.kind != "numeric"), None)
    if other is not None:
        raise InputError(
            f"the attribute {other.name!r} is named as a label, but does not declare {{0,1}}",
            "name the attribute that holds the class with --label",
        )
    if len(positions) == 1:
        return Choice(positions, "column", notes=(note,))
    return Choice(positions, "indicator", notes=(note,))


def _found(header: Header, name: str) -> Choice:
    """The attribute named for a label, or the last one where it is nominal and no second 0/1 attribute."""
    attributes = header.attributes
    nominal = [i for i, a in enumerate(attributes) if a.kind == "nominal"]
    last = len(attributes) - 1
    named = [i for i in nominal if _is_label(attributes[i])]
    if not named and last not in nominal:
        named = [i for i, a in enumerate(attributes) if a.name.lower() in LABEL_WORDS]
    if len(named) == 1:
        return _one(attributes, named[0], "its name says so")
    if not nominal:
        return _texts(header, name)
    flags = last > 0 and attributes[last].indicates and attributes[last - 1].indicates
    if not named and last in nominal and not flags:
        return _one(attributes, last, "the last one, where WEKA has the class")
    candidates = named or nominal
    listed = ", ".join(repr(attributes[i].name) for i in candidates[-12:])
    more = f" and {len(candidates) - 12:,} more" if len(candidates) > 12 else ""
    several = ", or --labels-xml FILE, or --layout indicator --classes a,b,c if several 0/1 attributes are the labels"
    what = "several attributes can be the labels" if len(candidates) > 1 else "one attribute may hold the labels"
    raise InputError(
        f"{name}: {what}: {listed}{more}",
        f"name one, for example --label {shlex.quote(attributes[candidates[-1]].name)}{several if flags else ''}",
    )


def _one(attributes: list[Attribute], at: int, why: str) -> Choice:
    note = f"the labels are the attribute {attributes[at].name!r}: {why}"
    layout = "column" if attributes[at].kind == "nominal" else ""
    return Choice((at,), layout, notes=(note,) if len(attributes) > 1 else ())


def _texts(header: Header, name: str) -> Choice:
    """Without nominal attributes: those of text, or a refusal."""
    texts = tuple(i for i, a in enumerate(header.attributes) if a.kind == "string")
    if texts:
        return Choice(texts)
    raise InputError(
        f"{name} has no nominal attribute: there are no classes to count",
        f"if a number is the class, name it, for example --label {shlex.quote(header.attributes[-1].name)}",
    )


def _is_label(attribute: Attribute) -> bool:
    found = words(attribute.name)
    return bool(found & LABEL_WORDS) and not found & OTHER_WORDS - {"id", "name"}
