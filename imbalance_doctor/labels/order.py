"""Class order: the model's index order, the one thing that must never be permuted silently."""

import re
from collections.abc import Iterable

INTEGER = re.compile(r"[+-]?[0-9]{1,1000}\Z")
"""Longer digits are text: Python takes quadratic time to read a number, and refuses above 4,300 digits."""


def index_order(names: Iterable[str]) -> tuple[str, ...]:
    """Integers numerically when every name is one, else by code point.

    That is the order scikit-learn's LabelEncoder gives a typed column, and the order of class ids in every
    framework that indexes logits by integer labels.

    >>> index_order(["10", "9", "2"]), index_order(["b", "10", "9"])
    (('2', '9', '10'), ('10', '9', 'b'))
    """
    names = list(names)
    if names and all(INTEGER.match(name) for name in names):
        return tuple(sorted(names, key=lambda name: (int(name), name)))
    return tuple(sorted(names))
