"""The delimited layout: several labels in a cell, as text with a separator, as a list literal, or as a native list."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ...errors import InputError
from ..columns import as_text
from ..separators import LITERAL, split_literal
from ..tally import LabelTally
from .names import Names

if TYPE_CHECKING:
    import polars as pl


@dataclass
class DelimitedCounting:
    """Several labels in a cell, spaces around each left out; a label that a cell names twice counts once.

    An empty text cell is a sample without labels unless "" is in `names.missing`; so is a null in a text format, while
    in a `typed` one it is missing. `separator` is None for native lists.
    """

    column: str
    separator: str | None
    names: Names
    typed: bool = False
    notes: tuple[str, ...] = ()

    def update(self, batch: "pl.DataFrame", tally: LabelTally) -> None:
        """Add the rows of a batch. Raises InputError for a label that is not declared, or a cell that is no list."""
        import polars as pl

        cells = batch[self.column].alias("cell")
        tally.n_rows += cells.len()
        values = cells.value_counts(name="n") if cells.dtype == pl.String else cells.to_frame().with_columns(n=1)
        if cells.dtype == pl.String and not self.typed:
            values = values.with_columns(pl.col("cell").fill_null(""))
        missing = values["cell"].is_null()
        if cells.dtype == pl.String:
            missing |= values["cell"].is_in(list(self.names.missing)).fill_null(False)
        tally.n_missing += int(values["n"].filter(missing).sum())
        values = values.filter(~missing)
        pairs = self._items(values["cell"]).to_frame("item").with_row_index("row").explode("item")
        items = pairs["item"] if cells.dtype == pl.String else as_text(pairs["item"])
        known = items.is_not_null() & (items != "")
        items, rows = items.filter(known), pairs["row"].filter(known)
        distinct = items.unique().sort()
        codes = items.cast(pl.Enum(distinct)).to_physical()
        samples = values["n"].cast(pl.Int64).to_numpy()
        tally.add_samples(samples, rows.to_numpy(), codes.to_numpy(), self.names.of_all(distinct.to_list()))

    def _items(self, cells: "pl.Series") -> "pl.Series":
        """The labels of each cell, as lists."""
        import polars as pl

        if cells.dtype != pl.String:
            return cells
        if self.separator == LITERAL:
            return pl.Series([literal_items(cell) for cell in cells.to_list()], dtype=pl.List(pl.String))
        return cells.str.split(self.separator or "").list.eval(pl.element().str.strip_chars())

    def finish(self, tally: LabelTally) -> None:
        """Nothing is left to count."""


@lru_cache(maxsize=100_000)
def literal_items(cell: str) -> tuple[str | None, ...]:
    """The items of a list written as text; none for a blank cell. Raises InputError for anything else."""
    if not cell.strip():
        return ()
    try:
        return tuple(split_literal(cell))
    except (ValueError, RecursionError):
        raise InputError(f"the cell {cell[:60]!r} is not a list of labels", "name a --separator") from None
