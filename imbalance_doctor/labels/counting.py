"""How a batch of each layout updates the tally: one small class per layout, all with `update(batch, tally)`."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from ..errors import InputError, RefusedError
from .columns import as_text
from .separators import LITERAL, split_literal
from .tally import LabelTally

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Names:
    """From cells to class names: which texts are missing or ignored, and class names by index."""

    missing: frozenset[str] = frozenset({""})
    ignored: frozenset[str] = frozenset()
    by_index: tuple[str, ...] | None = None
    declared: frozenset[str] | None = None

    def of(self, cell: str) -> str:
        """The class name of a cell. Raises InputError for an index or a name that was not declared."""
        if self.declared is not None and cell in self.declared:
            return cell
        if self.by_index is not None:
            if cell.isdigit() and int(cell) < len(self.by_index):
                return self.by_index[int(cell)]
            raise InputError(
                f"the label {cell!r} is none of the {len(self.by_index):,} declared classes",
                "add it to --classes, or leave it out with --ignore-label",
            )
        return cell


class Counting(Protocol):
    """Updates a tally from one batch."""

    def update(self, batch: Any, tally: LabelTally) -> None:
        """Add the rows of `batch`."""


@dataclass
class ColumnCounting:
    """One label a row."""

    column: str
    names: Names

    def update(self, batch: "pl.DataFrame", tally: LabelTally) -> None:
        series = batch[self.column]
        tally.n_rows += series.len()
        values = series.value_counts(name="__n")
        cells = as_text(values[self.column])
        counted: Counter[str] = Counter()
        for cell, n in zip(cells.to_list(), values["__n"].to_list(), strict=True):
            if cell is None or cell in self.names.missing:
                tally.n_missing += n
            elif cell in self.names.ignored:
                tally.n_ignored += n
            else:
                counted[self.names.of(cell)] += n
        tally.n_samples += counted.total()
        tally.add(counted.items())


@dataclass
class DelimitedCounting:
    """Several labels in a cell. An empty text cell is a sample without labels, a null cell is missing."""

    column: str
    separator: str | None
    names: Names
    typed: bool = False

    def update(self, batch: "pl.DataFrame", tally: LabelTally) -> None:
        series = batch[self.column]
        tally.n_rows += series.len()
        values = series.value_counts(name="__n")
        cells, numbers = values[self.column], values["__n"].to_list()
        sets: Counter[frozenset[str]] = Counter()
        for cell, n in zip(cells.to_list(), numbers, strict=True):
            empty = cell is None and (self.typed or "" in self.names.missing)
            if empty or (isinstance(cell, str) and cell in self.names.missing):
                tally.n_missing += n
            else:
                sets[self._labels(cell)] += n
        count_sets(sets, self.names, tally)

    def _labels(self, cell: Any) -> frozenset[str]:
        if cell is None:
            return frozenset()
        if not isinstance(cell, str):
            return frozenset(_item(item) for item in cell if item is not None and item != "")
        if self.separator == LITERAL:
            try:
                return frozenset(item for item in split_literal(cell) if item) if cell.strip() else frozenset()
            except (ValueError, RecursionError):
                raise InputError(f"the cell {cell[:60]!r} is not a list of labels", "name a --separator") from None
        return frozenset(filter(None, map(str.strip, cell.split(self.separator))))


def _item(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def count_sets(sets: Counter[frozenset[str]], names: Names, tally: LabelTally) -> None:
    """Add samples per set of cells: ignored labels leave their set, a sample that had only those is ignored."""
    counted: Counter[str] = Counter()
    final: Counter[frozenset[str]] = Counter()
    plain = not names.ignored and names.by_index is None
    for cells, n in sets.items():
        kept = cells if plain else frozenset(names.of(c) for c in cells if c not in names.ignored)
        if cells and not kept:
            tally.n_ignored += n
            continue
        final[kept] += n
        for name in kept:
            counted[name] += n
    total = final.total()
    tally.n_samples += total
    tally.n_unlabelled += final.get(frozenset(), 0)
    tally.add(counted.items())
    tally.add_sets(final.items())


MAX_LONG_ROWS = 20_000_000


@dataclass
class LongCounting:
    """One row per sample-label pair. The pairs are held until the end, since a sample's rows may lie apart."""

    id_column: str
    column: str
    names: Names
    pairs: list["pl.DataFrame"] = field(default_factory=list)
    rows: int = 0

    def update(self, batch: "pl.DataFrame", tally: LabelTally) -> None:
        import polars as pl

        tally.n_rows += batch.height
        frame = pl.DataFrame({"id": as_text(batch[self.id_column]), "label": as_text(batch[self.column])}).unique()
        self.rows += frame.height
        if self.rows > MAX_LONG_ROWS:
            raise RefusedError(
                f"more than {MAX_LONG_ROWS:,} sample-label pairs: they have to be held to join each sample's labels",
                "write one row per sample with its labels joined by '|', or give counts with --n-samples",
            )
        self.pairs.append(frame)

    def finish(self, tally: LabelTally) -> None:
        """Join the labels of each sample and count."""
        import polars as pl

        if not self.pairs:
            return
        everything = pl.concat(self.pairs).unique()
        everything = everything.with_columns(pl.col("label").replace(dict.fromkeys(self.names.missing)))
        per_id = everything.group_by("id").agg(pl.col("label").drop_nulls().sort())
        sets: Counter[frozenset[str]] = Counter()
        for labels, n in per_id["label"].value_counts(name="n").iter_rows():
            sets[frozenset(labels)] += n
        count_sets(sets, self.names, tally)


@dataclass
class CountsCounting:
    """A class and its count a row; without a class column the classes are 0, 1, 2 …"""

    column: str | None
    count_column: str
    names: Names

    def update(self, batch: "pl.DataFrame", tally: LabelTally) -> None:
        counts = as_text(batch[self.count_column]).to_list()
        start = tally.n_rows
        cells: Sequence[str | None] = (
            as_text(batch[self.column]).to_list() if self.column else [str(start + i) for i in range(len(counts))]
        )
        for row, (cell, count) in enumerate(zip(cells, counts, strict=True), start + 1):
            name = "" if cell is None else cell
            if name in self.names.ignored:
                continue
            if count is None or not count.strip().isdecimal():
                raise InputError(f"row {row:,}: {count!r} is not a count", "counts are whole numbers, 0 or more")
            if name in tally.counts:
                raise InputError(f"row {row:,}: the class {name!r} has two counts", "give each class once")
            tally.counts[self.names.of(name) if name not in self.names.missing else name] += int(count)
            tally.n_samples += int(count)
        tally.n_rows += len(counts)
