"""The header of an ARFF file: its attributes with their types and, where nominal, their values in order.

As WEKA's ArffLoader reads it: names and values may stand in quotes with backslash escapes, key words in any case, `%`
starts a comment line, a relational attribute lasts to its `@end` and counts as one.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..errors import InputError
from ._arff_values import bare, quoted, space

TYPES = {"numeric": "numeric", "real": "numeric", "integer": "numeric", "string": "string", "date": "date"}
_WORD = re.compile(r"@([A-Za-z]+)(?=\s|\Z)")
_LABELS = re.compile(r"(?:^|[\s:])-C\s+([+-]?[0-9]{1,9})(?![0-9])")


@dataclass(frozen=True)
class Attribute:
    """One attribute: `kind` is numeric, string, date, relational or nominal; `values` those of a nominal one."""

    name: str
    kind: str
    values: tuple[str, ...] = ()

    @cached_property
    def known(self) -> frozenset[str]:
        """Its values, to look one up."""
        return frozenset(self.values)

    @property
    def indicates(self) -> bool:
        """Whether its values are 0 and 1, or false and true."""
        return {value.lower() for value in self.values} in ({"0", "1"}, {"false", "true"})


@dataclass
class Header:
    """What stands above `@data`: the relation, the attributes, and the number of the line of `@data`."""

    relation: str
    attributes: list[Attribute]
    line: int = 0

    @property
    def meka(self) -> int:
        """The number of labels that MEKA writes into the relation as `-C n`, below 0 at the end; 0 if there is none."""
        found = _LABELS.search(self.relation)
        return int(found[1]) if found else 0


def parse(lines: Iterator[tuple[int, str]], name: str) -> Header:
    """The header, read from numbered lines up to and with `@data`. Raises InputError with the line of what is wrong."""
    header = Header("", [])
    relational = 0
    for number, line in lines:
        text = line.strip()
        word = _WORD.match(text)
        if not text or text.startswith("%"):
            continue
        where = f"{name}: line {number:,}"
        if word is None:
            raise InputError(f"{where} ({text[:60]!r}) is no line of an ARFF header", "is the line @data missing?")
        key, rest = word[1].lower(), text[word.end() :].strip()
        if key == "end":
            relational -= 1
        elif key == "attribute":
            attribute = _attribute(rest, where)
            if not relational:
                header.attributes.append(attribute)
            relational += attribute.kind == "relational"
        elif key == "relation":
            header.relation = quoted(rest, 0)[0] if rest[:1] in "'\"" and rest else rest
        elif key == "data" and not relational:
            header.line = number
            return _checked(header, name)
        else:
            raise InputError(f"{where} has @{word[1]}, which cannot stand there", "mend the header")
    raise InputError(f"{name} has no line @data", "is it an ARFF file? name its format with --input-format")


def _checked(header: Header, name: str) -> Header:
    seen: set[str] = set()
    for attribute in header.attributes:
        if attribute.name in seen:
            raise InputError(f"{name} has two attributes named {attribute.name!r}", "rename one")
        seen.add(attribute.name)
    if not seen:
        raise InputError(f"{name} has no @attribute above @data", "name the file that holds the labels")
    return header


def _attribute(text: str, where: str) -> Attribute:
    """The attribute of `name type`."""
    if text[:1] in ("'", '"'):
        name, at = quoted(text, 0)
        rest = text[at:].strip() if at else ""
    else:
        found = re.match(r"[^\s{]+", text)
        name = found[0] if found else ""
        rest = text[len(name) :].strip()
    if rest.startswith("{"):
        return Attribute(name, "nominal", _values(rest, where))
    kind = (re.match(r"[A-Za-z]*", rest) or [""])[0].lower()
    if not name or (kind not in TYPES and kind != "relational"):
        raise InputError(
            f"{where} is not an attribute: its type is {rest[:40]!r}",
            "write @attribute NAME and {a,b,c}, numeric, string, date or relational",
        )
    return Attribute(name, TYPES.get(kind, kind))


def _values(text: str, where: str) -> tuple[str, ...]:
    """The values between braces, in order; without any comma they may stand apart by spaces."""
    values: list[str] = []
    at, mark, bare_only = 1, ",", True
    while mark == ",":
        at = space(text, at)
        if text[at : at + 1] in ("'", '"'):
            bare_only = False
            value, at = quoted(text, at)
            empty = False
        else:
            value, at = bare(text, at, ",}")
            empty = not value
        at = space(text, at)
        mark = text[at : at + 1]
        if empty or mark not in (",", "}") or not mark:
            after = repr(values[-1]) if values else "{"
            raise InputError(f"{where} has values that cannot be read after {after}", "write {a, 'b c', d}")
        values.append(value)
        at += 1
    if bare_only and len(values) == 1:
        values = values[0].split()
    twice = next((value for value, n in Counter(values).items() if n > 1), None)
    if twice is not None:
        raise InputError(f"{where} declares the value {twice!r} twice", "declare each value once")
    return tuple(values)
