"""Somebody else's text made safe to look at: what moves the cursor, reorders or cannot be seen is escaped."""

import re

# Printable by Unicode's general category, yet drawn as nothing: joiners, fillers and variation selectors.
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def visible(text: str, *, ascii_only: bool = False) -> str:
    """`text` with every control, format, surrogate, unassigned and odd space character escaped.

    >>> visible("a\\x1b[31m"), visible("zero\\u200bwidth"), visible("src/[id].tsx")
    ('a\\\\x1b[31m', 'zero\\\\u200bwidth', 'src/[id].tsx')
    """
    if not (text.isascii() and text.isprintable()):
        text = "".join(c if _plain(c, ascii_only) else c.encode("unicode_escape").decode("ascii") for c in text)
    # GitHub's runner takes `##[...]` anywhere in a line for a command.
    return text.replace("##[", r"#\x23[")


def _plain(char: str, ascii_only: bool) -> bool:
    # isprintable is False for the categories Other and Separator, U+0020 excepted.
    return char.isprintable() and not _UNSEEN.match(char) and (char.isascii() or not ascii_only)
