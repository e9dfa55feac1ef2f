"""Whose score is it: the names of the score columns, and what the names in the truth mean among them.

Columns are matched by name where both sides have names, by index only where the truth says indexes.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..labels.order import index_order
from .truth import RowLabels

PAIRS = (
    ("0", "1"), ("-1", "1"), ("false", "true"), ("no", "yes"), ("n", "y"), ("neg", "pos"), ("negative", "positive"),
    ("normal", "abnormal"), ("benign", "malignant"), ("ham", "spam"), ("off", "on"),
)  # fmt: skip
"""Two classes of which the second is the positive one, whatever the order of their names."""

YES_NO = (("0", "1"), ("false", "true"))
"""What a column of binary answers holds, though it may hold one of the two only."""


@dataclass(frozen=True)
class Classes:
    """`names` in index order; column `order[i]` of the dump holds the scores of class i (columns of a binary: one)."""

    names: tuple[str, ...]
    order: tuple[int, ...]
    declared: bool
    notes: tuple[str, ...] = ()


def of_scores(
    columns: tuple[str, ...] | None, width: int, declared: tuple[str, ...] | None, truth: RowLabels | None
) -> Classes:
    """The classes of K >= 2 columns of scores. Raises InputError where names do not fit one another."""
    order_given = declared
    if declared is None and truth is not None and (truth.indexed or (truth.declared and columns is None)):
        order_given = truth.names
    straight = tuple(range(width))
    if columns is None:
        if order_given is not None and len(order_given) == width:
            return Classes(order_given, straight, True)
        if declared is not None:
            raise InputError(
                f"{len(declared):,} classes are declared, the dump has {width:,} columns of scores",
                "give one name per column",
            )
        indexes = tuple(map(str, straight))
        if truth is not None and not set(truth.names) <= set(indexes):
            raise _unnamed(truth.names, width)
        return Classes(indexes, straight, False)
    if order_given is None:
        return Classes(columns, straight, True)
    if set(columns) == set(order_given):
        place = {name: i for i, name in enumerate(columns)}
        return Classes(order_given, tuple(place[name] for name in order_given), True)
    if declared is None:
        return Classes(columns, straight, True)
    if len(declared) == width and columns == tuple(map(str, straight)):
        return Classes(declared, straight, True)
    absent = [name for name in declared if name not in columns] or [c for c in columns if c not in declared]
    raise InputError(
        f"--classes and the columns of scores name different classes: {absent[0]!r} is in one of them only",
        f"the columns are named {', '.join(columns[:20])}",
    )


def _unnamed(names: Sequence[str], width: int) -> InputError:
    strange = [name for name in names if name not in set(map(str, range(width)))]
    shown = ", ".join(map(repr, strange[:5]))
    if set(names) <= set(map(str, range(1, width + 1))):
        return InputError(
            f"the columns of scores are numbered from 0 to {width - 1:,}, the true labels go from 1 to {width:,}",
            f"if column 0 is class 1, say so with --classes {','.join(map(str, range(1, min(width, 5) + 1)))}…",
        )
    return InputError(
        f"the {width:,} columns of scores have no names, and the truth has classes such as {shown}",
        "name the classes in the order of the columns with --classes a,b,c or a file",
    )


def of_one_score(columns: tuple[str, ...] | None, declared: tuple[str, ...] | None, truth: RowLabels | None) -> Classes:
    """The negative and the positive class of one column of scores. Raises InputError where there are more than two."""
    own = columns[0] if columns else None
    given = declared or (truth.names if truth is not None else None)
    if given is not None and len(given) > 2:
        what = "are declared" if declared else "are in the truth"
        raise InputError(f"{len(given):,} classes {what}, and the dump has one column of scores", "give one per class")
    if declared is not None and len(declared) < 2:
        raise InputError("one column of scores is for the second of two classes", "declare both with --classes no,yes")
    if given is None or (own is not None and not set(given) & {own, "0", "1"} and declared is None and len(given) < 2):
        return Classes(("0", "1") if own is None else (f"not {own}", own), (0,), own is not None)
    names = tuple(given) if declared else _pair(given, own)
    if own is not None and names[0] == own:
        note = f"the scores are those of {own!r}, by the name of their column"
        return Classes((names[1], names[0]), (0,), True, (note,))
    if declared or own in names or set(names) <= {"0", "1"}:
        return Classes(names, (0,), True)
    note = f"the scores are taken for those of {names[1]!r}; otherwise --classes {names[1]},{names[0]}"
    return Classes(names, (0,), True, (note,))


def _pair(names: Collection[str], own: str | None) -> tuple[str, str]:
    """The two classes with the positive one second. Raises InputError when one is known only, and no other plain."""
    lower = {name.lower() for name in names}
    for negative, positive in PAIRS:
        if lower <= {negative, positive}:
            spelled = {name.lower(): name for name in names}
            return spelled.get(negative, negative), spelled.get(positive, positive)
    if len(names) == 2:
        first, second = index_order(names)
        return first, second
    only = next(iter(names), "")
    if own is not None and own != only:
        return only, own
    raise InputError(
        f"the truth has only one class, {only!r}, and one column of scores needs two",
        f"name both, the positive one second: --classes {only},OTHER",
    )


def of_labels(
    predicted: RowLabels, declared: tuple[str, ...] | None, truth: RowLabels | None, *, plain: bool
) -> tuple[str, ...]:
    """The classes of a dump of predicted labels: declared, or all that occur on either side.

    `plain`: a plain column, in which 0 or 1 alone are one side of a binary answer. Raises InputError when prediction
    and truth share no class.
    """
    if declared is not None:
        return declared
    true = truth.names if truth is not None else ()
    seen = {*predicted.names, *true}
    if truth is not None and predicted.names and not match(true, predicted.names):
        raise InputError(
            f"prediction and truth share no class: {predicted.names[0]!r} … and {true[0] if true else ''!r} …",
            "if the numbers are indexes, name the classes in their order with --classes",
        )
    for pair in YES_NO:
        if plain and seen and seen <= set(pair):
            return pair
    if truth is not None and not set(predicted.names) & set(true):
        seen = set(true) | {n for n in predicted.names if not match((n,), true)}
    for given in (truth, predicted):
        if given is not None and given.declared:
            return (*given.names, *index_order(seen - set(given.names)))
    return index_order(seen)


def match(names: Sequence[str], classes: Sequence[str]) -> dict[str, int]:
    """The index among `classes` of each name: the same text; failing every one, the same but for case or `1.0`."""
    exact = {name: i for i, name in enumerate(classes)}
    found = {name: exact[name] for name in names if name in exact}
    if found:
        return found
    plain: dict[str, int] = {}
    for i, name in enumerate(classes):
        plain.setdefault(_plain(name), i)
    if len(plain) < len(classes) or len({_plain(name) for name in names}) < len(names):
        return {}
    return {name: plain[_plain(name)] for name in names if _plain(name) in plain}


def _plain(name: str) -> str:
    text = name.strip().lower()
    return {"false": "0", "true": "1", "no": "0", "yes": "1"}.get(text, text.removesuffix(".0"))


def numbering(found: dict[str, int], names: Sequence[str]) -> NDArray[np.int64]:
    """For each name its index, -1 where it has none; one more -1 at the end, for a label that is not known."""
    return np.array([*(found.get(name, -1) for name in names), -1], dtype=np.int64)
