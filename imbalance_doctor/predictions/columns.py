"""Which columns of a table are scores, which the predicted labels, the true ones, the id: by name, type and values.

Nothing is taken in silence: `Roles.reason` says why, and where two readings are plausible the user is asked.
"""

from collections.abc import Collection
from dataclasses import replace

from ..batches import Table
from ..errors import InputError
from ..labels import layout as label_layout
from ..labels.columns import named, words
from . import names, score_columns, values
from .look import Look, nothing, several
from .roles import LAYOUTS, Roles, Wishes

__all__ = ["LAYOUTS", "Roles", "Wishes", "find"]


def find(table: Table, wishes: Wishes, known: Collection[str] = (), *, separate: bool = False) -> Roles:
    """The roles of the columns.

    `known`: names of classes, from the truth or declared. `separate`: the truth comes from elsewhere. Raises InputError
    when nothing looks like predictions, or when several readings do.
    """
    look = Look(table, wishes.id, wishes.truth)
    if table.header is None:
        _ask_about_header(look)
    roles = score_columns.find(look, wishes, frozenset(known) | look.true_labels(), separate) or _labels(look, wishes)
    return replace(roles, id=look.id, truth=() if separate else _truth(look, wishes, roles))


def _ask_about_header(look: Look) -> None:
    """Raise InputError when the first row can be names above scores, or a row of labels."""
    below = look.head[1:]
    named_above = [n for n in look.all if values.is_list(below[n]) or (values.is_numeric(below[n]) and below.height)]
    if named_above:
        raise InputError(
            f"the first row ({look.head[named_above[0]][0]!r}) can be a header or a prediction",
            "say which with --header or --no-header",
        )


def _labels(look: Look, wishes: Wishes) -> Roles:
    """The column of predicted labels, or the columns of 0 and 1."""
    if wishes.label is not None:
        return _column(look, named(look.table, wishes.label, "--label").name, wishes, "as asked")
    by_name = [n for n in look.free if names.says_answer(n)] if look.header else []
    if len(by_name) > 1:
        raise several([f"{n!r}" for n in by_name], by_name[0], "--label", "the predicted labels")
    if by_name:
        return _column(look, by_name[0], wishes, "its name says so")
    lone = len(look.table.columns) == 1
    candidates = tuple(c for c in look.table.columns if c.name in look.free and (c.type != "list" or lone))
    if not candidates:
        raise nothing(look)
    if len(candidates) == 1 and not lone:
        return _column(look, candidates[0].name, wishes, "the only column that can be predicted labels")
    table = replace(look.table, columns=candidates, pasted=False, counts=False)
    reading = label_layout.decide(table, label_layout.Wishes(classes=wishes.classes))
    return Roles(reading.layout.reason, label=reading.layout.column, labels=reading)


def _column(look: Look, column: str, wishes: Wishes, why: str) -> Roles:
    return Roles(why, label=column, labels=label_reading(look.table, column, wishes.classes))


def label_reading(table: Table, column: str, classes: tuple[str, ...] | None) -> label_layout.Reading:
    """How the cells of one column are labels. Raises InputError when they can be read in two ways."""
    alone = replace(table, columns=(table.column(column),), pasted=False, counts=False)
    return label_layout.decide(alone, label_layout.Wishes(label=column, classes=classes))


def _truth(look: Look, wishes: Wishes, roles: Roles) -> tuple[str, ...]:
    """The columns of truth beside the predictions."""
    if wishes.truth is not None:
        return (named(look.table, wishes.truth, "--truth").name,)
    rest = [n for n in look.free if n not in roles.taken and n not in look.lists]
    if not look.header:
        return ()
    for group in names.truth_groups([n for n in rest if n in look.numeric]):
        if roles.classes is not None and set(group.classes) == set(roles.classes) and look.answers(group):
            order = dict(zip(group.classes, group.columns, strict=True))
            return tuple(order[name] for name in roles.classes)
    found = [n for n in rest if names.says_truth(n) and not look.fractions(n)]
    if len(found) > 1:
        found = [n for n in found if words(n) & names.PLAINLY_TRUE] or found
    if len(found) > 1:
        raise several([f"{n!r}" for n in found], found[0], "--truth", "the true labels")
    return tuple(found)
