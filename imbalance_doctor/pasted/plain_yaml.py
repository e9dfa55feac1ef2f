"""YAML as plain values: no tags, no anchors, no aliases, and keys exactly as they are written.

It is built from the parser's events. A key `no`, `012` or `1.0` is the text of a class, and only plain scalars in the
place of values become numbers. An alias can make a gigabyte of a hundred bytes, so none is followed.
"""

import math
import re
from collections.abc import Iterator
from typing import Any

from ..errors import InputError, RefusedError

MAX_DEPTH = 100
NUMBER = re.compile(r"[-+]?(\d[\d_]*\.?\d*|\.\d+)([eE][-+]?\d+)?\Z", re.ASCII)
SPECIAL = {".inf": math.inf, "+.inf": math.inf, "-.inf": -math.inf, ".nan": math.nan}
WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


def load(text: str, name: str) -> tuple[Any, dict[tuple[str, ...], int]]:
    """The first document and the line of each path. Raises InputError for bad YAML, RefusedError for what may grow."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = Builder(yaml, name)
    try:
        events = yaml.parse(text, Loader=loader)
        checked = builder.checked(events)
        for event in checked:
            if isinstance(event, yaml.DocumentStartEvent):
                return builder.value(next(checked), checked, ()), builder.lines
    except UnicodeError as error:
        raise InputError(f"{name} is not text that can be encoded: {error}", "save it as UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" in line {mark.line + 1}" if mark is not None else ""
        raise InputError(f"{name} is not YAML{line}: {getattr(error, 'problem', None) or error}", "check it") from None
    return None, builder.lines


class Builder:
    """Values from events, with the line of each path."""

    def __init__(self, yaml: Any, name: str) -> None:
        self.yaml, self.name = yaml, name
        self.lines: dict[tuple[str, ...], int] = {}

    def checked(self, events: Any) -> Iterator[Any]:
        """The events, refused where an alias, an anchor, a tag or the depth asks for more than plain values."""
        depth = 0
        for event in events:
            at = f"{self.name}, line {event.start_mark.line + 1}" if event.start_mark else self.name
            if getattr(event, "anchor", None):
                raise RefusedError(f"{at}: anchors and aliases are not followed", "write the numbers out")
            if getattr(event, "tag", None):
                raise RefusedError(f"{at}: the tag {event.tag} is not followed", "write plain lists and mappings")
            depth += isinstance(event, self.yaml.CollectionStartEvent)
            depth -= isinstance(event, self.yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise InputError(f"{at}: nested more than {MAX_DEPTH} deep", "cut out the weights")
            yield event

    def value(self, event: Any, events: Iterator[Any], path: tuple[str, ...]) -> Any:
        """The value that begins with this event."""
        self.lines[path] = event.start_mark.line + 1
        if isinstance(event, self.yaml.ScalarEvent):
            return scalar(event.value) if event.style in (None, "") else event.value
        if isinstance(event, self.yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(inner := next(events), self.yaml.SequenceEndEvent):
                items.append(self.value(inner, events, (*path, str(len(items)))))
            return items
        return self.mapping(events, path)

    def mapping(self, events: Iterator[Any], path: tuple[str, ...]) -> "dict[str, Any]":
        """The entries of a mapping, keys as text."""
        found: dict[str, Any] = {}
        while not isinstance(key := next(events), self.yaml.MappingEndEvent):
            if not isinstance(key, self.yaml.ScalarEvent):
                raise InputError(f"{self.name}: a key that is no plain text", "write mappings of name to weight")
            if key.value in found:
                raise InputError(f"{self.name}: the key {key.value!r} is there twice", "leave one of them")
            at = (*path, key.value)
            found[key.value] = self.value(next(events), events, at)
            self.lines[at] = key.start_mark.line + 1
        return found


def scalar(text: str) -> Any:
    """A plain scalar as a number, truth value or null where it reads as one, else as text.

    >>> scalar("1e-3"), scalar("12"), scalar("true"), scalar("no"), scalar("1:30")
    (0.001, 12, True, 'no', '1:30')
    """
    low = text.lower()
    if low in WORDS:
        return WORDS[low]
    if low in SPECIAL:
        return SPECIAL[low]
    if not NUMBER.match(text):
        return text
    digits = text.replace("_", "")
    return int(digits) if digits.lstrip("+-").isdigit() and len(digits) < 1000 else float(digits)
