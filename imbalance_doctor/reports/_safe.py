"""What a report does to text that came from a file before it reaches a terminal or a Markdown page.

Escapes are the ones Python writes in a string literal: `\\x1b`, `\\n`, `\\u202e`. Everything that moves the cursor,
colours, reorders, or cannot be seen is escaped, so two names that differ never look alike for an invisible reason.
"""

import re
from hashlib import sha256

from ..visible import visible

NAME_WIDTH = 60
"""Columns a class name may take anywhere in a drawn report."""

_ASCII_SIGNS = str.maketrans(
    {"·": "-", "…": "...", "→": "->", "–": "-", "—": "-", "−": "-", "×": "x", "≈": "~", "≤": "<=", "≥": ">=", "’": "'"}
    | {"±": "+/-"}
)
_MARKDOWN_ENTITY = {"|": "&#124;", "<": "&lt;", ">": "&gt;", "&": "&amp;", "\\": "&#92;", ":": "&#58;", ".": "&#46;"}
# A backslash escapes nothing before a letter, so `\x1b` stays readable; before punctuation it must be an entity.
_MARKDOWN = re.compile(r"[|<>&*_\[\]`~$]|:(?=//)|(?<=[wW]{3})\.|\\(?=[!-/:-@\[-`{-~]|\Z)")


def prose(text: str, *, ascii_only: bool = False) -> str:
    """A sentence that may quote data: as `visible`, with the signs we use ourselves spelt out when `ascii_only`."""
    return visible(text.translate(_ASCII_SIGNS) if ascii_only else text, ascii_only=ascii_only)


def shown(name: str, width: int = NAME_WIDTH, *, ascii_only: bool = False) -> str:
    """A class name in at most `width` columns; one too long ends in `…` and six digits of its SHA-256.

    Names that are empty or that begin or end in a space are put in quotes.
    """
    text = harmless(visible(name, ascii_only=ascii_only))
    if not text or text[0] == " " or text[-1] == " ":
        text = f'"{text}"'
    width = min(width, NAME_WIDTH)
    if _columns(text) <= width:
        return text
    mark = "..." if ascii_only else "…"
    digest = "#" + sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    end = mark + digest if width >= len(mark + digest) + 4 else mark
    return head(text, width - len(end)) + end


def harmless(start: str) -> str:
    """The beginning of a line: GitHub's runner would take `::` there for a command, even behind spaces."""
    return r"\x3a" + start[1:] if start.startswith("::") else start


def head(text: str, width: int) -> str:
    """The longest beginning of `text` that fits into `width` columns."""
    if text.isascii():
        return text[: max(width, 0)]
    used = 0
    for position, char in enumerate(text):
        used += _columns(char)
        if used > width:
            return text[:position]
    return text


def _columns(text: str) -> int:
    """An upper bound of the columns `text` takes: a combining mark counts as one, so that a pile of them ends too."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return sum(max(cell_len(char), 1) for char in text)


def markdown(text: str) -> str:
    """`text` for a paragraph or a table cell of GitHub-flavoured Markdown, drawn as it stands.

    >>> markdown("a|b <b> [x] \\\\n")
    'a&#124;b &lt;b&gt; \\\\[x\\\\] \\\\n'
    """
    return _MARKDOWN.sub(lambda m: _MARKDOWN_ENTITY.get(m[0], "\\" + m[0]), text)
