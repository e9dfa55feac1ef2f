"""How a batch of each layout updates the tally: one file per layout, each with a class that has `update(batch, tally)`.

All meaning is in `names` (from a cell to a class) and in `LabelTally.add_samples` (from sample-label pairs to counts).
"""

from typing import Any, Protocol

from ..tally import LabelTally


class Counting(Protocol):
    """Updates a tally from one batch after the other."""

    def update(self, batch: Any, tally: LabelTally) -> None:
        """Add the rows of `batch`: a polars data frame, or a block of a matrix. Raises InputError for a bad cell."""

    def finish(self, tally: LabelTally) -> None:
        """Add what could not be counted before the last batch was seen."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What only the whole input shows about how it was read; to be asked after `finish`."""
