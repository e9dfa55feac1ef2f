"""The layouts without a label column: a column per class (indicator), or a row per class (counts)."""

from collections.abc import Sequence

from ..batches import Column, Matrix, Table
from ..errors import InputError
from ..model import Layout
from . import columns
from .columns import Facts
from .counting.counts import CountsCounting
from .counting.indicator import IndicatorCounting
from .counting.names import Names, naming
from .reading import Reading, Wishes


def indicator(table: Table, known: Sequence[Facts], wishes: Wishes, reason: str) -> Reading:
    """One 0/1 column per class of a table: those of `--classes`, or all that hold only 0 and 1.

    Raises InputError when there is none, when a named one is not there, or when no cell is 0.
    """
    every = table.layout == "indicator"
    binary = [f for f in known if every or f.binary or _blank(f, known)]
    notes = ["a blank or -1 is unknown"]
    if table.header is False and not table.typed:
        names = wishes.classes or tuple(map(str, range(len(binary))))
        read = tuple(f.column.name for f in binary)
        notes += [] if wishes.classes else ["the columns have no names: the classes are numbered from 0"]
    else:
        read = names = wishes.classes or tuple(f.column.name for f in binary)
        absent = [name for name in names if name not in {f.column.name for f in known}]
        if absent:
            raise InputError(f"there is no indicator column {absent[0]!r}", "--classes names columns in this layout")
        left = [f.column.name for f in binary if f.column.name not in names]
        notes += [f"left out, since not declared: {', '.join(left[:10])}"] if left else []
    if not read:
        raise InputError("no column holds only 0 and 1", "name another --layout, or the classes with --classes")
    counting = indicator_counting(names, len(read), wishes, read)
    _ask_about_blanks([f for f in known if f.column.name in read], wishes)
    layout = Layout("indicator", None, reason, notes=tuple(notes))
    return Reading(layout, counting, read, without_ignored(names, wishes), "integer", multiple=True)


def _blank(fact: Facts, known: Sequence[Facts]) -> bool:
    """Whether a column without any value can be a class of which nothing is known."""
    other = columns.words(fact.column.name) & columns.OTHER_WORDS
    return fact.n == 0 and fact.column.type not in ("nested", "list") and len(known) > 2 and not other


def _ask_about_blanks(chosen: Sequence[Facts], wishes: Wishes) -> None:
    """Raise InputError when blanks stand where other tables have 0."""
    if any(f.zeros for f in chosen) or "" in wishes.missing or not any(f.blanks for f in chosen):
        return
    raise InputError(
        "the indicator columns hold 1 or nothing: a blank can be 0 or unknown",
        "write 0 where a class is absent, or say with --missing '' that blanks are unknown",
    )


def matrix(matrix: Matrix, wishes: Wishes) -> Reading:
    """A matrix, one column per class. Raises InputError for another layout or another number of names."""
    if wishes.layout not in (None, "indicator"):
        raise InputError(
            f"the input is a matrix of shape {matrix.shape}", "a matrix is read with --layout indicator, or not at all"
        )
    n_classes = matrix.shape[1]
    if matrix.shape[0] == 1 < n_classes and wishes.layout is None and not (wishes.classes or matrix.names):
        raise InputError(
            f"a matrix of one row and {n_classes:,} columns can be one sample, or a row of labels",
            "give the labels as one column (the transpose), or say --layout indicator",
        )
    names = wishes.classes or matrix.names or tuple(map(str, range(n_classes)))
    counting = indicator_counting(names, n_classes, wishes)
    layout = Layout("indicator", None, f"a matrix of {n_classes:,} columns, one per class")
    return Reading(layout, counting, (), without_ignored(names, wishes), "integer", multiple=True)


def indicator_counting(
    names: tuple[str, ...], n_columns: int, wishes: Wishes, read: tuple[str, ...] = ()
) -> IndicatorCounting:
    """How to count columns of these classes. Raises InputError when there are more or fewer of them, or one twice."""
    if len(names) != n_columns:
        raise InputError(f"{len(names):,} classes are declared for {n_columns:,} columns", "give one name per column")
    naming(None, names, (), missing=(), ignored=())
    if not without_ignored(names, wishes):
        raise InputError("every class is left out", "name fewer labels with --ignore-label")
    return IndicatorCounting(names, read, frozenset(wishes.missing), frozenset(wishes.ignore))


def without_ignored(names: tuple[str, ...], wishes: Wishes) -> tuple[str, ...]:
    """The classes of the columns that are not left out, in their order."""
    return tuple(name for name in names if name not in wishes.ignore)


def counts(table: Table, known: Sequence[Facts], label: Column | None, wishes: Wishes, reason: str) -> Reading:
    """A class and its count a row, or bare counts. Raises InputError when the two columns cannot be told."""
    if len(known) == 1:
        column, count = None, known[0].column
        names = Names(frozenset(wishes.missing), frozenset(wishes.ignore), wishes.classes, wishes.classes)
        notes = () if wishes.classes else ("classes are numbered from 0",)
    else:
        column, count = _class_and_count(known, label)
        cells = columns.as_text(table.head[column.name]).drop_nulls().to_list()
        names = naming(column.class_names, wishes.classes, cells, missing=wishes.missing, ignored=wishes.ignore)
        notes = ()
    layout = Layout("counts", (column or count).name, reason, notes=notes)
    counting = CountsCounting(column.name if column else None, count.name, names, adds=table.adds)
    read = (column.name, count.name) if column else (count.name,)
    return Reading(layout, counting, read, names.declared, "text" if column else "integer", counts_only=True)


def _class_and_count(known: Sequence[Facts], label: Column | None) -> tuple[Column, Column]:
    """The column of classes and the column of their counts."""
    whole = [f for f in known if f.integers and f.column != label]
    named = [f for f in whole if columns.words(f.column.name) & columns.COUNT_WORDS]
    chosen = named if len(named) == 1 else whole[-1:] if len(known) == 2 else []
    classes = [f.column for f in known if f not in chosen] if label is None else [label]
    if len(classes) > 1:
        classes = [c for c in classes if columns.words(c.name) & columns.LABEL_WORDS]
    if len(chosen) != 1 or len(classes) != 1:
        raise InputError(
            "the counts layout needs a class column and a column of whole numbers", "name the class column with --label"
        )
    return classes[0], chosen[0].column
