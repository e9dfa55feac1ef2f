"""Lines of styled text: wrapping, hanging paragraphs, and the one place where they become a string.

A line is a list of spans, a span a text and a rich style ("" for plain). Data reaches rich as `Text`, never as markup.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO

from ._safe import harmless, head, prose, shown

Span = tuple[str, str]
Line = list[Span]

NARROWEST = 60
"""Columns below which a report is not squeezed any further."""
PROSE_WIDTH = 100
"""Columns beyond which sentences are hard to read."""
INDENT = 2


@dataclass(frozen=True)
class Page:
    """What the lines are laid out for: a width in columns and a character set."""

    width: int
    ascii_only: bool = False

    def prose(self, text: str) -> str:
        """A sentence, safe to draw."""
        return prose(text, ascii_only=self.ascii_only)

    def name(self, text: str, width: int) -> str:
        """A class name, safe to draw, in at most `width` columns."""
        return shown(text, width, ascii_only=self.ascii_only)


def columns(text: str) -> int:
    """The terminal columns `text` takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


_SPACE = re.compile(" (?!%)")  # a number keeps its per cent sign


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` columns, broken at spaces where it can be.

    No line begins with `::`.
    """
    lines: list[str] = []
    line, used = "", 0
    for word in _SPACE.split(text):
        if line and used + 1 + columns(word) <= width:
            line, used = f"{line} {word}", used + 1 + columns(word)
            continue
        if line:
            lines.append(line)
        line = harmless(word)
        while columns(line) > width:
            piece = head(line, width) or line[0]
            lines.append(piece)
            line = harmless(line[len(piece) :])
        used = columns(line)
    return [*lines, line] if line or not lines else lines


def paragraph(page: Page, text: str, style: str = "", indent: int = INDENT) -> list[Line]:
    """Wrapped text behind `indent` spaces."""
    return hanging(page, [], text, indent, style)


def hanging(page: Page, label: Line, text: str, indent: int, style: str = "") -> list[Line]:
    """`label`, then `text` wrapped in a column that begins at `indent`; below the label when that is too wide."""
    width = max(min(page.width, PROSE_WIDTH) - indent, 8)
    body = wrap(page.prose(text), width)
    taken = sum(columns(part) for part, _ in label)
    margin: Span = (" " * indent, "")
    if label and taken >= indent:
        return [label, *([margin, (line, style)] for line in body)]
    first: Line = [*label, (" " * (indent - taken), ""), (body[0], style)]
    return [first, *([margin, (line, style)] for line in body[1:])]


def paint(lines: Iterable[Line], width: int, colour: bool) -> str:
    """The lines as one string ending in a newline; escape sequences only when `colour`."""
    from rich.console import Console
    from rich.text import Text

    page = StringIO()
    console = Console(
        file=page,
        width=width,
        color_system="standard" if colour else None,
        force_terminal=colour,
        force_jupyter=False,
        no_color=not colour,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    text = Text(end="", no_wrap=True, overflow="ignore")
    for line in lines:
        kept = _without_trailing_space(line)
        for part, style in kept:
            text.append(part, style if colour else None)
        text.append("\n")
    console.print(text, soft_wrap=True, end="")
    return page.getvalue()


def _without_trailing_space(line: Line) -> Line:
    kept = list(line)
    while kept:
        text, style = kept.pop()
        if text := text.rstrip(" "):
            return [*kept, (text, style)]
    return kept
