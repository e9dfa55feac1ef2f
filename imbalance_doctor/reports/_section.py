"""A part of a report between two headings, as data: what is drawn, in order, whatever draws it."""

from dataclasses import dataclass

from ._grid import Grid
from ._page import Line

Fact = tuple[str, str]
"""A name and its number."""


@dataclass(frozen=True)
class Facts:
    """Names and numbers, side by side where there is room."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Remark:
    """A sentence in the background: a legend, a reservation."""

    text: str


@dataclass(frozen=True)
class Picture:
    """Lines of block characters, laid out for the width they were asked for."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Code:
    """Python of our own making, to copy: short lines from the first column on, and nothing in them from a file."""

    text: str


@dataclass(frozen=True)
class Labelled:
    """Sentences below one another, each behind its label."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Item:
    """One entry of a list: its number ("" for none), a title, a few words beside it, and labelled sentences below."""

    mark: str
    title: str
    remark: str
    facts: tuple[Fact, ...]


Part = str | Grid | Facts | Remark | Picture | Code | Labelled | Item
"""A plain string is a sentence."""


@dataclass(frozen=True)
class Section:
    """A title, a few words beside it, and the parts below it."""

    title: str
    remark: str
    parts: tuple[Part, ...]
