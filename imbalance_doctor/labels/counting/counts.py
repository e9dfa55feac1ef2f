"""The counts layout: a class and its number of samples a row, or bare numbers of the classes 0, 1, 2 …"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...errors import InputError
from ..columns import as_text
from ..tally import LabelTally
from .names import Names

if TYPE_CHECKING:
    import polars as pl

COUNT = re.compile(r"\s*\+?[0-9]{1,18}\s*\Z")


@dataclass
class CountsCounting:
    """A class and its count a row; without a class column, `column` is None, the rows are the classes 0, 1, 2 …

    Classes that are left out, or whose name is missing as `--missing` says, go to the ignored samples. `adds`: whether
    a class may have a count in each of several inputs.
    """

    column: str | None
    count_column: str
    names: Names
    notes: tuple[str, ...] = ()
    adds: bool = False

    def update(self, batch: "pl.DataFrame", tally: LabelTally) -> None:
        """Add the rows of a batch. Raises InputError for a bad count and for a class without a name or given twice."""
        start = tally.n_rows
        counts = as_text(batch[self.count_column]).to_list()
        cells: list[str | None] = [str(start + i) for i in range(len(counts))]
        if self.column is not None:
            cells = as_text(batch[self.column]).to_list()
        for row, (cell, text) in enumerate(zip(cells, counts, strict=True), start + 1):
            count = _count(text, row)
            name = None if (cell or "") in self.names.missing else self._name(cell, row)
            if name is None:
                tally.n_ignored += count
                continue
            if name in tally.counts and not self.adds:
                raise InputError(f"row {row:,}: the class {name!r} has two counts", "give each class once")
            tally.counts[name] += count
            tally.n_samples += count
        tally.n_rows += len(counts)
        tally.add(())

    def _name(self, cell: str | None, row: int) -> str | None:
        if not cell and (self.names.declared is None or "" not in self.names.declared):
            raise InputError(
                f"row {row:,}: a count without the name of its class", "name it, or leave it out with --missing ''"
            )
        return self.names.of(cell or "")

    def finish(self, tally: LabelTally) -> None:
        """Nothing is left to count."""


def _count(text: str | None, row: int) -> int:
    if text is None or not COUNT.match(text):
        raise InputError(f"row {row:,}: {text!r} is not a count", "counts are whole numbers, 0 or more")
    return int(text)
