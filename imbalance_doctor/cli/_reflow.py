"""The pages of `explain` are written 120 columns wide; a narrower terminal would break their lines anywhere."""

import re
import textwrap
from collections.abc import Iterator

FULL = 105
"""A line that would be longer than this with the next word was broken for its length, not for its sense."""

WIDEST = 44
"""The widest first column."""
NARROWEST = 25
"""The narrowest second one."""
COLUMN = re.compile(r"\S {2,}(?=\S)")


def narrowed(text: str, width: int) -> str:
    """The text with no line longer than `width`, where words allow it.

    Sentences are filled anew. What stands in columns, two or more spaces apart, is folded below the second one.
    """
    return "\n".join(row for line in sentences(text) for row in folded(line, width))


def sentences(text: str) -> Iterator[str]:
    """The lines, those that were broken for their length put together again."""
    pending = ""
    for line in text.split("\n"):
        word = line.strip().split(" ")[0]
        broken = len(pending.rsplit("\n", 1)[-1]) + 1 + len(word) > FULL
        if pending and word and broken and not COLUMN.search(line) and indent(line) == column(pending):
            pending += "\n" + line
            continue
        if pending:
            yield joined(pending)
        pending = line
        if not line.strip():
            yield ""
            pending = ""
    if pending:
        yield joined(pending)


def joined(lines: str) -> str:
    """Lines of one indent as one."""
    first, *rest = lines.split("\n")
    return " ".join([first, *(line.strip() for line in rest)])


def folded(line: str, width: int) -> list[str]:
    """The line in as many rows as it takes."""
    if len(line) <= width:
        return [line]
    hanging = column(line) if width - column(line) >= NARROWEST else indent(line)
    rows = textwrap.wrap(line[hanging:], width - hanging, break_long_words=False, break_on_hyphens=False)
    return [(line[:hanging] if i == 0 else " " * hanging) + row for i, row in enumerate(rows)]


def indent(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def column(line: str) -> int:
    """Where the second column begins; the indent where there is none, or it would be too narrow."""
    found = COLUMN.search(line.split("\n")[0])
    return found.end() if found and found.end() <= WIDEST else indent(line)
