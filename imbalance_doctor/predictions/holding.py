"""Holding the labels of every row while batches go by: one class per layout of labels, told apart as `analyze` does."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..labels.columns import as_text
from ..labels.counting.column import ColumnCounting
from ..labels.counting.delimited import DelimitedCounting, literal_items
from ..labels.counting.indicator import IndicatorCounting
from ..labels.counting.long import LongCounting
from ..labels.counting.names import Names
from ..labels.counting.vectors import VectorCounting
from ..labels.layout import Reading
from ..labels.order import index_order
from ..labels.separators import LITERAL
from .indicator_rows import IndicatorHolder
from .label_rows import LabelRows
from .truth import RowLabels

if TYPE_CHECKING:
    import polars as pl


class Holder(Protocol):
    """Takes batch after batch and gives the labels of all rows."""

    def update(self, batch: Any) -> None:
        """Hold the rows of a batch. Raises InputError for a cell that is no label."""

    def finish(self) -> RowLabels:
        """The labels of all rows so far."""


def holder(reading: Reading) -> Holder:
    """The holder for labels that are read so. Raises InputError for counts, which say nothing about rows."""
    counting, classes = reading.counting, reading.classes
    where = f"column {reading.layout.column!r}" if reading.layout.column else f"{len(classes or ()):,} columns of 0/1"
    if isinstance(counting, ColumnCounting):
        return ColumnHolder(counting.column, _Codes(counting.names, classes), where)
    if isinstance(counting, LongCounting):
        return LongHolder(counting.id_column, counting.column, _Codes(counting.names, classes), where)
    if isinstance(counting, DelimitedCounting):
        return DelimitedHolder(counting, _Codes(counting.names, classes), where)
    if isinstance(counting, VectorCounting):
        return IndicatorHolder(counting.indicator, where, counting.column)
    if isinstance(counting, IndicatorCounting):
        return IndicatorHolder(counting, where)
    raise InputError("counts of classes say nothing about single rows", "give one label per row")


@dataclass
class _Codes:
    """Class names to numbers, in the order in which they come; `finish` brings them into index order."""

    names: Names
    declared: tuple[str, ...] | None
    of_name: dict[str, int] = field(default_factory=dict)

    def of(self, cells: "pl.Series") -> NDArray[np.int32]:
        """The number of each cell, -1 for one that is missing or left out."""
        distinct = cells.unique().drop_nulls().to_list()
        number = dict.fromkeys(distinct, -1)
        for cell in sorted(distinct):
            if cell not in self.names.missing and (name := self.names.of(cell)) is not None:
                number[cell] = self.of_name.setdefault(name, len(self.of_name))
        import polars as pl

        codes = cells.replace_strict(list(number), list(number.values()), default=-1, return_dtype=pl.Int32)
        return codes.to_numpy()

    @property
    def indexed(self) -> bool:
        """Whether classes were declared as what indexes stand for."""
        return self.names.by_index is not None

    def finish(self) -> tuple[tuple[str, ...], NDArray[np.int32]]:
        """The classes in index order, and for each number its index."""
        order = self.declared or index_order(self.of_name)
        index = {name: i for i, name in enumerate(order)}
        return tuple(order), np.array([*(index[name] for name in self.of_name), -1], dtype=np.int32)


@dataclass
class ColumnHolder:
    """One label a row."""

    column: str
    codes: _Codes
    where: str
    parts: list[NDArray[np.int32]] = field(default_factory=list)
    capacity: int | None = None

    def update(self, batch: "pl.DataFrame") -> None:
        series = batch[self.column]
        self.capacity = _capacity(series)
        found = self.codes.of(as_text(series))
        self.parts.append(found.astype(np.int16) if len(self.codes.of_name) < 2**15 else found)

    def finish(self) -> RowLabels:
        names, to = self.codes.finish()
        codes = np.concatenate([to[part] for part in self.parts]) if self.parts else np.empty(0, np.int32)
        declared = self.codes.declared is not None
        return RowLabels(
            names, declared, len(codes), self.where, codes, indexed=self.codes.indexed, capacity=self.capacity
        )


def _capacity(series: "pl.Series") -> int | None:
    """Classes that a narrow integer type can number from 0."""
    import polars as pl

    narrow = ((pl.UInt8, 2**8), (pl.Int8, 2**7), (pl.UInt16, 2**16), (pl.Int16, 2**15))
    return next((size for dtype, size in narrow if series.dtype == dtype), None)


@dataclass
class DelimitedHolder:
    """Several labels in a cell; a null cell is a row of which nothing is known, where the format is typed."""

    counting: DelimitedCounting
    codes: _Codes
    where: str
    parts: list[tuple[int, Any, Any]] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    n: int = 0

    def update(self, batch: "pl.DataFrame") -> None:
        cells = batch[self.counting.column]
        separator, missing = self.counting.separator, self.counting.names.missing
        if separator is not None or not self.counting.typed:
            text = as_text(cells).fill_null("") if not self.counting.typed else as_text(cells)
            cells = text.replace(dict.fromkeys(missing))
        self.blank += [self.n + row for row in cells.is_null().arg_true().to_list()]
        frame = self._lists(cells, separator).alias("item").to_frame().with_row_index("row").explode("item")
        items, rows = as_text(frame["item"]).str.strip_chars(), frame["row"]
        given = items.is_not_null() & (items != "")
        codes = self.codes.of(items.filter(given))
        row = rows.filter(given).to_numpy()
        self.parts.append((len(batch), row[codes >= 0], codes[codes >= 0]))
        self.n += len(batch)

    def _lists(self, cells: "pl.Series", separator: str | None) -> "pl.Series":
        import polars as pl

        if separator is None:
            return cells
        if separator == LITERAL:
            lists = [None if cell is None else literal_items(cell) for cell in cells.to_list()]
            return pl.Series(lists, dtype=pl.List(pl.String))
        return cells.str.split(separator)

    def finish(self) -> RowLabels:
        names, to = self.codes.finish()
        sets = LabelRows()
        for n, rows, codes in self.parts:
            sets.add_pairs(n, rows, to[codes])
        unknown = _blank_rows(self.blank, self.n, len(names))
        return RowLabels(names, self.codes.declared is not None, self.n, self.where, sets=sets, unknown=unknown)


def _blank_rows(blank: list[int], n: int, width: int) -> LabelRows | None:
    """Unknown cells of rows of which nothing is known."""
    if not blank:
        return None
    unknown = LabelRows()
    unknown.add_pairs(n, np.repeat(np.array(blank), width), np.tile(np.arange(width), len(blank)))
    return unknown


@dataclass
class LongHolder:
    """One row per pair of sample and label; rows come out by sample, in the order in which these first appear."""

    id_column: str
    column: str
    codes: _Codes
    where: str
    parts: list[tuple["pl.Series", NDArray[np.int32]]] = field(default_factory=list)

    def update(self, batch: "pl.DataFrame") -> None:
        self.parts.append((as_text(batch[self.id_column]), self.codes.of(as_text(batch[self.column]))))

    def finish(self) -> RowLabels:
        import polars as pl

        names, to = self.codes.finish()
        ids = pl.concat([part for part, _ in self.parts])
        codes = np.concatenate([to[part] for _, part in self.parts])
        samples = ids.unique(maintain_order=True)
        row = ids.replace_strict(samples, pl.Series(range(samples.len()), dtype=pl.Int64)).to_numpy()
        pairs = np.unique(row[codes >= 0] * np.int64(max(1, len(names))) + codes[codes >= 0])
        sets = LabelRows()
        sets.add_pairs(samples.len(), *np.divmod(pairs, max(1, len(names))))
        declared = self.codes.declared is not None
        return RowLabels(names, declared, samples.len(), self.where, sets=sets, ids=samples)
