"""Signs that a column was read as labels and is something else."""

import re
from collections.abc import Collection

from ...model import LabelProfile

NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,2})?\Z")
WORDS_OF_TEXT = 3
CHARACTERS_OF_TEXT = 20


def mostly_distinct(labels: LabelProfile, *, share: float = 0.5, rows: int = 20) -> bool:
    """Whether nearly every label is seen once: all of three or more, or over `share` of at least `rows` of them.

    False for indicator columns and for counts, where the classes were named by the user.
    """
    if labels.layout.kind in ("indicator", "counts"):
        return False
    distinct, n = labels.n_present, labels.counts.n_assignments
    return (distinct == n and n >= 3) or (n >= rows and distinct > share * n)


def reads_as_text(names: Collection[str]) -> bool:
    """Whether at least half of the names are sentences: three words, or twenty characters in a script beyond ASCII."""
    sentences = sum(
        len(name.split()) >= WORDS_OF_TEXT or (not name.isascii() and len(name) >= CHARACTERS_OF_TEXT) for name in names
    )
    return 2 * sentences >= len(names) > 0


def reads_as_fractions(names: Collection[str]) -> bool:
    """Whether every name is a number and at least half of them are not whole."""
    if not names or not all(NUMBER.match(name) for name in names):
        return False
    return 2 * sum(not float(name).is_integer() for name in names) >= len(names)
