"""Tables of formats that know what their labels are: one label a row, a set of labels a row, or counts by class."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from ..batches import HEAD_ROWS, CellType, Column, Table
from ..errors import InputError, UsageError
from ._source import Options

if TYPE_CHECKING:
    import polars as pl

BATCH_ROWS = 250_000
Classes = tuple[str, ...] | None
"""All classes there may be, in index order; None where the format does not say."""


def what_to_count(options: Options, known: tuple[str, ...]) -> str:
    """What the user wants counted, the first of `known` by default. Raises UsageError for anything else."""
    if options.count is None or options.count in known:
        return options.count or known[0]
    raise UsageError(f"--count {options.count} is not possible here", f"known: {', '.join(known)}")


def single(counted: Mapping[str, int], classes: Classes = None, *, type_: CellType = "text") -> Table:
    """One label a row, in the column "class"; `counted` says how many rows each class has."""
    import polars as pl

    def frames() -> Iterator["pl.DataFrame"]:
        yield pl.DataFrame({"class": []}, schema={"class": pl.String})
        for name, n in counted.items():
            for start in range(0, n, BATCH_ROWS):
                rows = min(BATCH_ROWS, n - start)
                yield pl.DataFrame({"class": pl.repeat(name, rows, dtype=pl.String, eager=True)})

    return _table(Column("class", type_, declared=classes), frames(), "column")


def several(rows: Iterable[Sequence[str]], classes: Classes = None) -> Table:
    """The set of labels of a sample in each row, in the column "classes"; an empty one is a sample without labels."""
    import polars as pl

    schema = {"classes": pl.List(pl.String)}

    def frames() -> Iterator["pl.DataFrame"]:
        yield pl.DataFrame({"classes": []}, schema=schema)
        batch: list[list[str]] = []
        for row in rows:
            batch.append(list(row))
            if len(batch) == HEAD_ROWS:
                yield pl.DataFrame({"classes": batch}, schema=schema)
                batch = []
        yield pl.DataFrame({"classes": batch}, schema=schema)

    return _table(Column("classes", "list", declared=classes), frames(), "delimited")


def counts(counted: Mapping[str, int]) -> Table:
    """A class and its count a row; the counts of several inputs add up."""
    import polars as pl

    data = {"class": list(counted), "count": [str(n) for n in counted.values()]}
    frame = pl.DataFrame(data, schema={"class": pl.String, "count": pl.String})

    def cells(names: Sequence[str]) -> Iterator["pl.DataFrame"]:
        yield frame.select(names)

    columns = (Column("class", "text"), Column("count", "integer"))
    return Table(columns, frame, cells, typed=True, layout="counts", adds=True)


def distinct(names: Sequence[str], where: str) -> tuple[str, ...]:
    """Class names in index order. Raises InputError when two classes share one."""
    twice = next((name for i, name in enumerate(names) if name in names[:i]), None)
    if twice is not None:
        at = [str(i) for i, name in enumerate(names) if name == twice]
        raise InputError(f"{where} names two classes {twice!r}: indexes {', '.join(at[:5])}", "rename one")
    return tuple(names)


def _table(column: Column, frames: Iterator["pl.DataFrame"], layout: str) -> Table:
    import polars as pl

    first = [next(frames)]
    while sum(frame.height for frame in first) < HEAD_ROWS and (frame := next(frames, None)) is not None:
        first.append(frame)

    def cells(names: Sequence[str]) -> Iterator["pl.DataFrame"]:
        for frame in chain(first, frames):
            yield frame.select(names)

    return Table((column,), pl.concat(first).head(HEAD_ROWS), cells, typed=True, layout=layout)
