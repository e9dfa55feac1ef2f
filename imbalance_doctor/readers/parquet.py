"""Parquet: typed columns read by polars' streaming engine, class names from Hugging Face schema metadata.

polars holds whole row groups, which may be of any size: large ones are read by pyarrow, batch by batch.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..batches import HEAD_ROWS, Column, Table
from ..errors import DoctorError, InputError
from ..plugins import Reader
from ._room import require
from ._source import Options, Source
from ._typed import cell_type, class_names, damaged, flat

if TYPE_CHECKING:
    import polars as pl

READER = Reader("parquet", (".parquet", ".pq", ".parq"), magic=(b"PAR1",))
BATCH_ROWS = 250_000
GROUP_ROWS = 4_000_000
"""Rows of a row group above which it is read batch by batch."""
GROUP_BYTES = 1 << 28
"""The same for the bytes of its chosen columns, decompressed."""
ROOM = 1_000_000_000
"""Bytes of address space without which polars' streaming aborts (measured: at 0.8 GB now and then, at 1.0 GB never)."""
PAGE_BYTES = 1 << 20
"""Bytes read at a time of a large row group."""


def read(source: Source, options: Options) -> Table:
    """The table. Raises InputError when the file is damaged, compressed as a whole, or from standard input."""
    import polars as pl

    require(ROOM, f"{source.name}, as Parquet,")
    if source.is_stdin:
        raise InputError("Parquet needs a file: its index is at the end", "save standard input to a file first")
    if source.compression is not None:
        raise InputError(
            f"{source.name} is a Parquet file inside {source.compression}", "decompress it: its index is at the end"
        )
    path: Any = source.path or source.seekable()
    try:
        frame = pl.scan_parquet(path, glob=False, hive_partitioning=False)
        schema = frame.collect_schema()
        names = class_names(pl.read_parquet_metadata(path).get("huggingface"))
        columns = tuple(Column(n, cell_type(t), names.get(n)) for n, t in schema.items())
        head = frame.select(flat(columns)).head(HEAD_ROWS).collect()
    except (Exception, pl.exceptions.PanicException) as error:  # polars raises many classes, one per layer
        raise damaged(source.name, error) from None

    def cells(chosen: Sequence[str]) -> Iterator["pl.DataFrame"]:
        try:
            if _large_groups(path, chosen, source):
                yield from _by_batches(path, chosen, schema)
            else:
                yield from frame.select(chosen).collect_batches(chunk_size=BATCH_ROWS, maintain_order=True)
        except DoctorError:
            raise
        except (Exception, pl.exceptions.PanicException) as error:
            raise damaged(source.name, error) from None

    return Table(columns, head, cells, typed=True)


def _large_groups(path: Any, chosen: Sequence[str], source: Source) -> bool:
    """Whether a row group is too large to be held. Raises RefusedError for columns over the budget of bytes."""
    import pyarrow.parquet as pq

    metadata = pq.read_metadata(path)
    names = tuple(f"{name}." for name in chosen)
    largest = total = 0
    for i in range(metadata.num_row_groups):
        group = metadata.row_group(i)
        parts = (group.column(j) for j in range(group.num_columns))
        held = sum(p.total_uncompressed_size for p in parts if f"{p.path_in_schema}.".startswith(names))
        total += held
        largest = max(largest, held if group.num_rows <= GROUP_ROWS else GROUP_BYTES + 1)
    source.check_budget(total)
    return largest > GROUP_BYTES


def _by_batches(path: Any, chosen: Sequence[str], schema: "pl.Schema") -> Iterator["pl.DataFrame"]:
    import polars as pl
    import pyarrow.parquet as pq

    types = {name: schema[name] for name in chosen}
    with pq.ParquetFile(path, buffer_size=PAGE_BYTES) as file:
        for batch in file.iter_batches(BATCH_ROWS, columns=list(chosen)):
            yield pl.DataFrame(pl.from_arrow(batch)).select(pl.col(name).cast(types[name]) for name in chosen)
