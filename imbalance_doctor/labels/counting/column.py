"""The column layout: one label a row."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..columns import as_text
from ..tally import LabelTally
from .names import Names

if TYPE_CHECKING:
    import polars as pl

PART = 50_000
"""Distinct values counted at a time."""


@dataclass
class ColumnCounting:
    """One label a row; the cells of `column` are class names, exactly as they are."""

    column: str
    names: Names
    notes: tuple[str, ...] = ()

    def update(self, batch: "pl.DataFrame", tally: LabelTally) -> None:
        """Add the rows of a batch. Raises InputError for a label that is not declared."""
        series = batch[self.column].alias("cell")
        tally.n_rows += series.len()
        # In parts, so that a column of ids is given up before a million names are made of one batch.
        for part in series.value_counts(name="n").iter_slices(PART):
            counted: dict[str, int] = {}
            for cell, n in zip(as_text(part["cell"]).to_list(), part["n"].to_list(), strict=True):
                if cell is None or cell in self.names.missing:
                    tally.n_missing += n
                elif (name := self.names.of(cell)) is None:
                    tally.n_ignored += n
                else:
                    counted[name] = counted.get(name, 0) + n
            tally.n_samples += sum(counted.values())
            tally.add(counted.items())

    def finish(self, tally: LabelTally) -> None:
        """Nothing is left to count."""
