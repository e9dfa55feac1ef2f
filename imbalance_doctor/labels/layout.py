"""What the cells mean: which of them are labels, decided once, said with the reason, or asked.

All guessing of the label examination lives here and in `columns` and `separators`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ..batches import Batches, Column, Matrix, Table
from ..errors import InputError, UsageError
from ..model import Layout
from . import columns, separators
from .columns import Facts
from .counting import ColumnCounting, Counting, CountsCounting, DelimitedCounting, LongCounting, Names
from .indicator import IndicatorCounting

KINDS = ("column", "delimited", "indicator", "long", "counts")


@dataclass(frozen=True)
class Wishes:
    """What the user said about meaning. None or empty: find out."""

    layout: str | None = None
    label: str | None = None
    id: str | None = None
    separator: str | None = None
    missing: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    classes: tuple[str, ...] | None = None
    n_samples: int | None = None


@dataclass
class Reading:
    """The decision: the layout, how to count a batch, the columns to stream, class names in index order if known."""

    layout: Layout
    counting: Counting
    columns: tuple[str, ...]
    classes: tuple[str, ...] | None
    value_type: Literal["text", "integer", "float", "boolean"] = "text"
    multiple: bool = False
    counts_only: bool = False


def decide(batches: Batches, wishes: Wishes) -> Reading:
    """Decide how to read the labels.

    Raises InputError, with the flag that picks each, when two readings are plausible; UsageError for an unknown layout.
    """
    if wishes.layout is not None and wishes.layout not in KINDS:
        raise UsageError(f"there is no layout named {wishes.layout!r}", f"known: {', '.join(KINDS)}")
    if isinstance(batches, Matrix):
        return _matrix(batches, wishes)
    kind, reason = (wishes.layout, "as asked") if wishes.layout else _kind(batches, wishes)
    if kind == "counts":
        return _counts(batches, wishes, reason)
    if kind == "indicator":
        return _indicator(batches, wishes, reason)
    column, why = _label_column(batches, wishes)
    if batches.header is None:
        _ask_about_header(batches, column)
    if kind == "long" or wishes.id is not None:
        return _long(batches, column, wishes, why)
    return _column_or_delimited(batches, column, wishes, kind, why)


def _ask_about_header(table: Table, column: Column) -> None:
    first = table.head[column.name][0]
    raise InputError(
        f"the first row ({first!r}) can be a header or a label",
        "say which with --header or --no-header",
    )


def _kind(table: Table, wishes: Wishes) -> tuple[str, str]:
    """The layout when the table as a whole shows it, or "" to look for a label column."""
    if table.counts:
        return "counts", "an object of class to count"
    if wishes.label is not None or wishes.id is not None:
        return "", ""
    known = columns.facts(table)
    if len(known) == 1 and table.pasted and known[0].integers:
        return _pasted(known[0], table)
    indicators = [f for f in known if f.binary]
    others = [f for f in known if not f.binary]
    if len(indicators) >= 2 and not any(_may_be_label(f) for f in others):
        return "indicator", f"{len(indicators)} columns hold only 0 and 1"
    if len(known) == 2:
        return _class_and_count(known, table)
    return "", ""


def _may_be_label(fact: Facts) -> bool:
    by_name = columns.words(fact.column.name) & columns.OTHER_WORDS
    return fact.plausible and not by_name


def _pasted(fact: Facts, table: Table) -> tuple[str, str]:
    """A bare list of whole numbers: counts by class, or class ids by sample."""
    values = [int(v) for v in table.head[fact.column.name].to_list()]
    n, largest = len(values), max(values)
    if len(set(values)) == n and largest - min(values) + 1 == n and n > 2:
        raise InputError(
            f"the {n:,} numbers are {min(values)} to {largest}, each once: ids, or a count for each class",
            "use --layout counts if they are counts, --layout column if they are labels",
        )
    if largest >= n:
        return "counts", f"a bare list of {n:,} numbers, some larger than the list is long"
    if len(set(values)) <= n / 2 and n >= columns.MANY:
        return "column", f"a bare list of {n:,} numbers with {len(set(values)):,} distinct values: class ids"
    raise InputError(
        f"the {n:,} numbers can be counts by class or class ids by sample",
        "say which with --layout counts or --layout column",
    )


def _class_and_count(known: Sequence[Facts], table: Table) -> tuple[str, str]:
    """Two columns, a class and its count: by the name of the second, or by counts larger than the table is long."""
    for label, count in (known, known[::-1]):
        distinct = label.n > 0 and label.distinct == label.n and not label.fractions
        if not distinct or not count.integers or count.n != label.n:
            continue
        named = columns.words(count.column.name) & columns.COUNT_WORDS
        if named:
            return "counts", f"every {label.column.name!r} occurs once, {count.column.name!r} holds whole numbers"
        looks_like_id = label.integers or columns.words(label.column.name) & columns.OTHER_WORDS
        if not looks_like_id and not columns.words(count.column.name) & columns.LABEL_WORDS:
            largest = max(int(v) for v in columns.as_text(table.head[count.column.name]).drop_nulls().to_list())
            if largest > label.n:
                return "counts", f"every {label.column.name!r} occurs once beside a whole number"
            raise InputError(
                f"{label.column.name!r} beside whole numbers can be classes with counts, or samples with labels",
                f"use --layout counts, or --layout column --label {count.column.name}",
            )
    return "", ""


def _label_column(table: Table, wishes: Wishes) -> tuple[Column, str]:
    if wishes.label is not None:
        column = columns.named(table, wishes.label, "--label")
        if column.type == "nested":
            raise InputError(
                f"the column {column.name!r} holds nested values such as spans or objects, not class names",
                "give class names, numbers or flat lists of them",
            )
        return column, "as asked"
    if len(table.columns) == 1 and wishes.layout is not None:
        return table.columns[0], "the only column"
    if wishes.id is not None:
        rest = [c for c in table.columns if c.name != columns.named(table, wishes.id, "--id").name]
        if len(rest) == 1:
            return rest[0], "the only column beside the id"
    return columns.find(table)


def _names(column: Column | None, wishes: Wishes, cells: Sequence[Any], *, empty: bool) -> Names:
    """How cells become class names; `cells` are the distinct ones of the head, to see whether they are indexes."""
    declared = column.class_names if column is not None and wishes.classes is None else wishes.classes
    missing = {*wishes.missing, *([""] if empty else [])}
    by_index = None
    if column is not None and column.class_names is not None:
        by_index, missing = column.class_names if declared is None else declared, {*missing, "-1"}
    elif declared is not None:
        known = set(declared)
        texts = [str(cell) for cell in cells if cell is not None and str(cell) not in missing]
        if not any(text in known for text in texts) and all(text.isdigit() for text in texts):
            by_index = declared
        else:
            by_index = declared if known else None
    return Names(frozenset(missing), frozenset(wishes.ignore), by_index, frozenset(declared) if declared else None)


def _declared(names: Names) -> tuple[str, ...] | None:
    return names.by_index


def _column_or_delimited(table: Table, column: Column, wishes: Wishes, kind: str, why: str) -> Reading:
    separator: str | None = wishes.separator
    reason = "as asked"
    listed = column.type == "list"
    cells: list[Any] = []
    if not listed:
        text = columns.as_text(table.head[column.name]).drop_nulls().unique(maintain_order=True)
        cells = [cell for cell in text.to_list() if cell not in ("", *wishes.missing)]
    else:
        cells = table.head[column.name].explode().drop_nulls().unique().to_list()
    typed = table.typed
    if separator is None and kind != "column" and not listed and column.type == "text":
        separator, reason = separators.find(cells, columns.words(column.name))
        if separator is None and kind == "delimited":
            raise InputError(f"no separator recurs in the cells of {column.name!r}", "name it with --separator")
    if listed and kind == "column":
        raise InputError(f"the cells of {column.name!r} are lists", "leave --layout out, or use --layout delimited")
    if listed or separator is not None:
        return _delimited(column, wishes, separator, cells, typed, f"{why}; {'cells are lists' if listed else reason}")
    names = _names(column, wishes, cells, empty=True)
    layout = Layout("column", column.name, why)
    value_type: Any = column.type if column.class_names is None and wishes.classes is None else "text"
    return Reading(layout, ColumnCounting(column.name, names), (column.name,), _declared(names), value_type)


def _delimited(
    column: Column, wishes: Wishes, separator: str | None, cells: list[Any], typed: bool, reason: str
) -> Reading:
    if separator == "":
        raise UsageError("a separator cannot be empty", "for one label a cell use --layout column")
    items: set[Any] = set(cells)
    if separator not in (None, separators.LITERAL):
        items = {item.strip() for cell in cells for item in str(cell).split(separator)} - {""}
    names = _names(column, wishes, sorted(map(str, items)), empty=False)
    notes = () if typed else ("an empty cell is a sample without labels; use --missing '' if it is unknown",)
    shown = None if column.type == "list" else separator
    layout = Layout("delimited", column.name, reason, shown, notes)
    counting = DelimitedCounting(column.name, separator, names, typed)
    return Reading(layout, counting, (column.name,), _declared(names), multiple=True)


def _long(table: Table, column: Column, wishes: Wishes, why: str) -> Reading:
    if wishes.id is not None:
        identifier = columns.named(table, wishes.id, "--id")
    else:
        found = [c for c in table.columns if columns.words(c.name) & columns.ID_WORDS and c.name != column.name]
        if len(found) != 1:
            raise InputError("the long layout needs the column that names the sample", "name it with --id COLUMN")
        identifier = found[0]
    cells = columns.as_text(table.head[column.name]).drop_nulls().unique().to_list()
    names = _names(column, wishes, cells, empty=True)
    layout = Layout("long", column.name, f"{why}; one row per pair of {identifier.name!r} and label")
    counting = LongCounting(identifier.name, column.name, names)
    return Reading(layout, counting, (identifier.name, column.name), _declared(names), multiple=True)


def _indicator(table: Table, wishes: Wishes, reason: str) -> Reading:
    known = columns.facts(table)
    chosen = [f.column.name for f in known if f.binary or (f.n == 0 and f.column.type != "nested" and len(known) > 2)]
    if wishes.classes is not None:
        absent = [name for name in wishes.classes if name not in {f.column.name for f in known}]
        if absent:
            raise InputError(f"there is no indicator column {absent[0]!r}", "--classes names columns in this layout")
        chosen = list(wishes.classes)
    if not chosen:
        raise InputError("no column holds only 0 and 1", "name another --layout, or the classes with --classes")
    layout = Layout("indicator", None, reason, notes=("a blank or -1 is unknown",))
    return Reading(layout, IndicatorCounting(tuple(chosen)), tuple(chosen), tuple(chosen), "integer", multiple=True)


def _matrix(matrix: Matrix, wishes: Wishes) -> Reading:
    if wishes.layout not in (None, "indicator"):
        raise InputError(
            f"the input is a matrix of shape {matrix.shape}", "a matrix is read with --layout indicator, or not at all"
        )
    n_classes = matrix.shape[1]
    names = wishes.classes or matrix.names or tuple(str(i) for i in range(n_classes))
    if len(names) != n_classes:
        raise InputError(f"{len(names):,} classes are declared for {n_classes:,} columns", "give one name per column")
    layout = Layout("indicator", None, f"a matrix of {n_classes:,} columns, one per class")
    return Reading(layout, IndicatorCounting(names), (), names, "integer", multiple=True)


def _counts(table: Table, wishes: Wishes, reason: str) -> Reading:
    known = columns.facts(table)
    whole = [f for f in known if f.integers]
    if len(known) == 1 and whole:
        counting = CountsCounting(
            None, known[0].column.name, Names(frozenset(wishes.missing), frozenset(wishes.ignore))
        )
        if wishes.classes is not None:
            counting.names = Names(by_index=wishes.classes, declared=frozenset(wishes.classes))
        layout = Layout("counts", known[0].column.name, reason, notes=("classes are numbered from 0",))
        return Reading(layout, counting, (known[0].column.name,), wishes.classes, "integer", counts_only=True)
    by_name = [f for f in whole if columns.words(f.column.name) & columns.COUNT_WORDS]
    count = next(iter(by_name or whole[-1:]), None)
    rest = [f for f in known if f is not count]
    if wishes.label is not None:
        rest = [f for f in known if f.column == columns.named(table, wishes.label, "--label")]
    if count is None or len(rest) != 1:
        raise InputError(
            "the counts layout needs a class column and a column of whole numbers", "name the class column with --label"
        )
    names = _names(rest[0].column, wishes, [], empty=False)
    layout = Layout("counts", rest[0].column.name, reason)
    counting = CountsCounting(rest[0].column.name, count.column.name, names)
    return Reading(
        layout, counting, (rest[0].column.name, count.column.name), _declared(names), "text", counts_only=True
    )
