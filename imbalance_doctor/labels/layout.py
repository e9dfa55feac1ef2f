"""What the cells mean: which of them are labels, decided once, said with the reason, or asked.

All guessing of the label examination lives here and in the modules this one asks: `detect` (the table as a whole),
`candidates` (which column), `separators` (one label in a cell or several).
"""

from collections.abc import Sequence

from ..batches import Batches, Column, Matrix, Table
from ..errors import InputError, UsageError
from . import candidates, class_columns, columns, detect, label_column
from .columns import Facts
from .reading import Reading, Wishes

__all__ = ["KINDS", "Reading", "Wishes", "decide"]
KINDS = ("column", "delimited", "indicator", "long", "counts")


def decide(batches: Batches, wishes: Wishes) -> Reading:
    """Decide how to read the labels.

    Raises InputError, with the flag that picks each, when two readings are plausible; UsageError for an unknown layout
    and for wishes that contradict each other.
    """
    _check(wishes, isinstance(batches, Matrix))
    if isinstance(batches, Matrix):
        return class_columns.matrix(batches, wishes)
    reading = _table(batches, wishes)
    reading.first = batches.columns
    return reading


def _table(table: Table, wishes: Wishes) -> Reading:
    known = columns.facts(table, wishes.missing)
    label = None if wishes.label is None else columns.named(table, wishes.label, "--label")
    identifier = None if wishes.id is None else columns.named(table, wishes.id, "--id")
    if label is not None and label == identifier:
        raise UsageError(f"the column {label.name!r} is named as label and as id", "name two columns")
    kind, reason = wishes.layout or "", ""
    if not kind and wishes.separator is None:
        kind, reason = ("long", "") if identifier else detect.kind(table, known, label, wishes.classes)
    if kind == "counts":
        return class_columns.counts(table, known, label, wishes, reason or "as asked")
    if kind == "indicator" and label is None and len(known) > 1:
        return class_columns.indicator(table, known, wishes, reason or "as asked")
    if kind == "long" and identifier is None:
        identifier = _identifier(known, label)
    column, why = _label(table, [f for f in known if f.column != identifier], label, kind)
    if table.header is None:
        first = table.head[column.name][0]
        raise InputError(
            f"the first row ({first!r}) can be a header or a label", "say which with --header or --no-header"
        )
    if kind == "long" and identifier is not None:
        return label_column.long(table, identifier, column, wishes, reason or why)
    return label_column.cells(table, column, wishes, kind, reason or why)


def _check(wishes: Wishes, matrix: bool) -> None:
    """Raise UsageError for wishes that cannot be fulfilled together."""
    if wishes.layout is not None and wishes.layout not in KINDS:
        raise UsageError(f"there is no layout named {wishes.layout!r}", f"known: {', '.join(KINDS)}")
    if wishes.separator == "":
        raise UsageError("a separator cannot be empty", "for one label a cell use --layout column")
    if wishes.separator is not None and (matrix or wishes.layout not in (None, "delimited")):
        where = "a matrix" if matrix else f"the layout {wishes.layout}"
        raise UsageError(f"{where} has no separator inside a cell", "leave --separator out")
    if wishes.id is not None and (matrix or wishes.layout == "counts"):
        where = "a matrix" if matrix else "the layout counts"
        raise UsageError(f"{where} has no column that names the sample", "leave --id out")


def _identifier(known: Sequence[Facts], label: Column | None) -> Column:
    """The column that names the sample in the long layout."""
    others = [f.column for f in known if f.column != label]
    named = [column for column in others if detect.is_id(column.name)]
    if len(named) == 1:
        return named[0]
    if label is not None and len(others) == 1:
        return others[0]
    raise InputError("the long layout needs the column that names the sample", "name it with --id COLUMN")


def _label(table: Table, known: list[Facts], label: Column | None, kind: str) -> tuple[Column, str]:
    """The column that holds the labels, and why."""
    column, why = label, "as asked"
    if not known:
        raise InputError("there is no column beside the id", "name another column with --id")
    if column is None and len(known) == 1 and (kind or len(table.columns) > 1):
        column, why = known[0].column, "the only column" if len(table.columns) == 1 else "the only column beside the id"
    if column is None:
        column, why = candidates.find(table, known)
    if column.type == "nested":
        raise InputError(
            f"the column {column.name!r} holds nested values such as spans or objects, not class names",
            "give class names, numbers or flat lists of them",
        )
    return column, why
