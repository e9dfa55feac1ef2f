"""A log as a table, for those who want its cells: one row a record, the columns those of its first records."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING

from ..batches import HEAD_ROWS, Column, Table
from ..errors import InputError
from ..history.records import NEW_RUN, Log, Record

if TYPE_CHECKING:
    import polars as pl

BATCH = 50_000


def table(log: Log, name: str) -> Table:
    """The table of a log. Raises InputError when it holds no records."""
    head = list(islice(log.records, HEAD_ROWS))
    columns = tuple(dict.fromkeys(key for _, record in head for key in record if key != NEW_RUN))
    if not columns:
        raise InputError(f"{name} holds no records of a log", "name the file that holds the training log")
    every = chain(head, log.records)

    def cells(names: Sequence[str]) -> Iterator["pl.DataFrame"]:
        while batch := [record for _, record in islice(every, BATCH)]:
            yield _frame(batch, names)

    return Table(
        tuple(Column(column, "text") for column in columns),
        _frame([record for _, record in head], columns),
        cells,
        notes=tuple(log.notes),
    )


def _frame(batch: list[Record], names: Sequence[str]) -> "pl.DataFrame":
    import polars as pl

    rows = {name: [None if (cell := record.get(name)) is None else str(cell) for record in batch] for name in names}
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String))
