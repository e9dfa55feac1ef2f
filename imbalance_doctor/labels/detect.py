"""Which layout a table as a whole shows, before any column is taken for the label."""

import shlex
from collections.abc import Sequence

from ..batches import Column, Table
from ..errors import InputError
from . import columns
from .candidates import EXACT_NAMES
from .columns import Facts

Found = tuple[str, str]
"""A layout and the reason; "" when the table as a whole shows none."""
NONE: Found = ("", "")


def kind(
    table: Table, known: Sequence[Facts], label: Column | None = None, classes: Sequence[str] | None = None
) -> Found:
    """The layout of a table. `label` is the column and `classes` are the classes that the user named, if any.

    Raises InputError, with the flag that picks each, when two are plausible.
    """
    if table.counts:
        return "counts", "a JSON object of class to count"
    if table.layout:
        return table.layout, "as the format says"
    if label is None:
        if any(f.fasttext for f in known):
            raise InputError(
                "some cells start with the __label__ mark of fastText",
                "use --input-format fasttext if the lines are fastText text, or name the label column with --label",
            )
        if len(known) == 1 and table.pasted and known[0].integers:
            return pasted(known[0], table)
        found = indicators(known, classes)
        if found != NONE:
            return found
    for layout in (named_counts, counts_or_samples, pairs):
        found = layout(table, known, label)
        if found != NONE:
            return found
    return NONE


MOST_DIGITS = 100
"""Digits of a number that is worth reading: Python itself gives up at 4,300."""


def pasted(fact: Facts, table: Table) -> Found:
    """A bare list of whole numbers: counts by class, or class ids by sample."""
    texts = [v for v in columns.as_text(table.head[fact.column.name]).drop_nulls().to_list() if v]
    endless = next((v for v in texts if len(v) > MOST_DIGITS), None)
    if endless is not None:
        raise InputError(
            f"a number of {len(endless):,} digits is neither a count nor a class id",
            "use --layout column if the numbers are labels",
        )
    values = [int(v) for v in texts]
    n, largest, distinct = len(values), max(values), len(set(values))
    if distinct == n and largest - min(values) + 1 == n and n > 2:
        raise InputError(
            f"the {n:,} numbers are {min(values)} to {largest}, each once: ids, or a count for each class",
            "use --layout counts if they are counts, --layout column if they are labels",
        )
    if largest >= n and min(values) >= 0:
        return "counts", f"a bare list of {n:,} numbers, some larger than the list is long"
    if distinct <= n / 2 and n >= columns.MANY:
        return "column", f"a bare list of {n:,} numbers with {distinct:,} distinct values: class ids"
    raise InputError(
        f"the {n:,} numbers can be counts by class or class ids by sample",
        "say which with --layout counts or --layout column",
    )


def indicators(known: Sequence[Facts], classes: Sequence[str] | None) -> Found:
    """Several columns of 0 and 1, and no other column that can be the label; or those that the user declared."""
    binary = [f for f in known if f.binary]
    if classes and {f.column.name for f in binary} >= set(classes):
        return "indicator", "the declared classes are columns of 0 and 1"
    rest = [f for f in known if not f.binary and f.plausible and not columns.words(f.column.name) & columns.OTHER_WORDS]
    named = [f for f in known if f.plausible and f.column.name.strip().lower() in EXACT_NAMES]
    if len(binary) < 2 or rest or len(named) == 1:
        return NONE
    doubtful = [f.column.name for f in binary if columns.words(f.column.name) & columns.FLAG_WORDS]
    if doubtful:
        classes = ",".join(f.column.name for f in binary if f.column.name not in doubtful)
        raise InputError(
            f"{len(binary)} columns hold only 0 and 1, but {doubtful[0]!r} is hardly a class",
            f"name the columns that are classes, for example --layout indicator --classes {shlex.quote(classes)}",
        )
    return "indicator", f"{len(binary)} columns hold only 0 and 1"


def named_counts(table: Table, known: Sequence[Facts], label: Column | None) -> Found:
    """A column named for counts, of whole numbers, beside classes that occur once each."""
    counts = [f for f in known if f.integers and _named_for_counts(f.column.name)]
    if len(counts) != 1:
        return NONE
    count = counts[0]
    others = [f for f in known if f is not count]
    classes = [f for f in others if f.column == label] if label else others if len(others) == 1 else _labelled(others)
    if len(classes) != 1 or classes[0].column.type in ("list", "nested") or classes[0].fractions or not classes[0].n:
        return NONE
    fact = classes[0]
    if len(known) > 2 and not _labelled([fact]):
        return NONE
    if fact.distinct == fact.n and sum(f.fractions for f in others) > 1:
        raise InputError(
            f"every {fact.column.name!r} occurs once beside {count.column.name!r} and fractions: a report of metrics?",
            "use --layout counts if each row is a class, none a mean; --layout column if each is a sample",
        )
    if fact.distinct == fact.n and count.n >= fact.n:
        return "counts", f"every {fact.column.name!r} occurs once, {count.column.name!r} holds whole numbers"
    if len(known) == 2 and fact.plausible and _labelled([fact]):
        raise InputError(
            f"{count.column.name!r} can say how often each {fact.column.name!r} occurs, but some occur twice",
            "add them up and use --layout counts, or use --layout column to count rows",
        )
    return NONE


def _labelled(known: Sequence[Facts]) -> list[Facts]:
    return [f for f in known if columns.words(f.column.name) & columns.LABEL_WORDS]


def _named_for_counts(name: str) -> bool:
    words = columns.words(name)
    return bool(words & columns.COUNT_WORDS) and not words & columns.OTHER_WORDS - columns.COUNT_WORDS


def counts_or_samples(table: Table, known: Sequence[Facts], label: Column | None) -> Found:
    """Two columns without telling names: names that occur once each beside whole numbers."""
    if len(known) != 2 or label is not None:
        return NONE
    for names, numbers in (known, known[::-1]):
        plain = names.n > 0 and names.distinct == names.n == numbers.n and numbers.integers and not names.fractions
        like_id = names.identifiers or names.like_text or columns.words(names.column.name) & columns.OTHER_WORDS
        named = columns.words(numbers.column.name) & (columns.LABEL_WORDS | columns.OTHER_WORDS)
        if not plain or like_id or named:
            continue
        largest = max(int(v) for v in columns.as_text(table.head[numbers.column.name]).drop_nulls().to_list() if v)
        recurring = numbers.n >= columns.MANY and numbers.distinct <= numbers.n / 2
        if largest > names.n and not recurring:
            return "counts", f"every {names.column.name!r} occurs once beside a whole number"
        raise InputError(
            f"{names.column.name!r} beside whole numbers can be classes with counts, or samples with labels",
            f"use --layout counts, or --layout column --label {shlex.quote(numbers.column.name)}",
        )
    return NONE


def pairs(table: Table, known: Sequence[Facts], label: Column | None) -> Found:
    """Two columns, ids that repeat beside labels: a row per sample-label pair where no pair repeats."""
    ids = [f for f in known if is_id(f.column.name)]
    if len(known) != 2 or len(ids) != 1:
        return NONE
    sample, fact = ids[0], next(f for f in known if f is not ids[0])
    single = fact.plausible and fact.column.type != "list" and not fact.several
    if not single or (label is not None and label != fact.column) or sample.distinct == sample.n:
        return NONE
    names = [sample.column.name, fact.column.name]
    frame = table.head.select(columns.as_text(table.head[name]).replace("", None) for name in names).drop_nulls()
    if not frame.is_duplicated().any():
        return "long", f"the values of {names[0]!r} repeat, and none of them has the same {names[1]!r} twice"
    raise InputError(
        f"the values of {names[0]!r} repeat, some with the same {names[1]!r}: rows can be samples, or pairs of a "
        "sample and one of its labels",
        "use --layout column if each row is a sample, --layout long if each row is a pair",
    )


def is_id(name: str) -> bool:
    """Whether a column is named for what identifies a sample."""
    words = columns.words(name)
    return bool(words & columns.ID_WORDS) and not words & columns.LABEL_WORDS
