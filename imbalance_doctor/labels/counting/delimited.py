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
        values = self._distinct_cells(cells)
        missing = values["cell"].is_null()
        tally.n_missing += int(values["n"].filter(missing).sum())
        values = values.filter(~missing)
        pairs = self._lists(values["cell"]).to_frame("item").with_row_index("row").explode("item")
        items = as_text(pairs["item"])
        if self.separator not in (None, LITERAL):
            items = items.str.strip_chars()
        given = items.is_not_null() & (items != "")
        items, rows = items.filter(given), pairs["row"].filter(given)
        distinct = items.unique().sort()
        codes = items.cast(pl.Enum(distinct)).to_physical()
        names = self.names.of_all(distinct.to_list())
        tally.add_samples(values["n"].to_numpy(), rows.to_numpy(), codes.to_numpy(), names)

    def _distinct_cells(self, cells: "pl.Series") -> "pl.DataFrame":
        """The distinct cells and how often each occurs; null where the cell is missing."""
        import polars as pl

        if cells.dtype != pl.String:  # comparing lists costs more than counting equal ones apart
            return pl.DataFrame({"cell": cells}).with_columns(n=pl.lit(1, pl.Int64))
        if not self.typed:
            cells = cells.fill_null("")
        values = cells.value_counts(name="n").with_columns(pl.col("n").cast(pl.Int64))
        return values.with_columns(pl.col("cell").replace(dict.fromkeys(self.names.missing)))

    def _lists(self, cells: "pl.Series") -> "pl.Series":
        """The labels of each cell."""
        import polars as pl

        if cells.dtype != pl.String:
            return cells
        if self.separator == LITERAL:
            return pl.Series([literal_items(cell) for cell in cells.to_list()], dtype=pl.List(pl.String))
        return cells.str.split(self.separator or "")

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
