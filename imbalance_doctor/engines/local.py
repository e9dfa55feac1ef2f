"""The embedded engine: one process, batch after batch; polars and numpy use the cores inside each batch."""

from collections.abc import Callable

from ..batches import Batches, Matrix
from ..labels.layout import Reading
from ..labels.tally import LabelTally

Progress = Callable[[int], None]


def count(
    batches: Batches, reading: Reading, tally: LabelTally, progress: Progress | None = None, name: str = "the input"
) -> None:
    """Drive every batch through the tally. Calls `progress` with the rows read so far after each.

    Raises InputError when `batches`, called `name`, are a further input that is not laid out as the first.
    """
    reading.check(batches, name)
    stream = batches.blocks() if isinstance(batches, Matrix) else batches.stream(reading.columns)
    for batch in stream:
        reading.counting.update(batch, tally)
        if progress is not None:
            progress(tally.n_rows)
    damaged = None if isinstance(batches, Matrix) else batches.damaged
    if damaged is not None and (damaged.rows or damaged.marks):
        tally.set_aside.append(damaged)
