"""Parquet: typed columns read by polars' streaming engine, class names from Hugging Face schema metadata."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..batches import HEAD_ROWS, Column, Table
from ..errors import InputError
from ..plugins import Reader
from ._source import Options, Source
from ._typed import cell_type, class_names, damaged, flat

if TYPE_CHECKING:
    import polars as pl

READER = Reader("parquet", (".parquet", ".pq", ".parq"), magic=(b"PAR1",))
BATCH_ROWS = 250_000


def read(source: Source, options: Options) -> Table:
    """The table. Raises InputError when the file is damaged, compressed as a whole, or from standard input."""
    import polars as pl

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
            yield from frame.select(chosen).collect_batches(chunk_size=BATCH_ROWS, maintain_order=True)
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
            raise damaged(source.name, error) from None

    return Table(columns, head, cells, typed=True)
