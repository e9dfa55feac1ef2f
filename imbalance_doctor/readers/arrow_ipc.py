"""Arrow IPC, file and stream form (the `.arrow` files of Hugging Face are streams), class names from the schema."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..batches import HEAD_ROWS, Column, Table
from ..plugins import Reader
from ._source import Options, Source
from .parquet import cell_type, class_names, damaged

if TYPE_CHECKING:
    import polars as pl

READER = Reader("arrow", (".arrow", ".ipc", ".feather"), magic=(b"ARROW1", b"\xff\xff\xff\xff"))


def read(source: Source, options: Options) -> Table:
    """The table, record batch by record batch. Raises InputError when the file is damaged."""
    import polars as pl

    try:
        schema, batches = _open(source)
        first = [next(batches)]
        while sum(b.num_rows for b in first) < HEAD_ROWS and (batch := next(batches, None)) is not None:
            first.append(batch)
        frames = [_frame(batch) for batch in first]
    except StopIteration:
        frames = [pl.DataFrame(pl.from_arrow(schema.empty_table()))]
        batches = iter(())
    except Exception as error:  # pyarrow raises many classes for damaged files
        raise damaged(source.name, error) from None
    names = class_names(_huggingface(schema))
    columns = tuple(Column(n, cell_type(t), names.get(n)) for n, t in frames[0].schema.items())

    def cells(chosen: Sequence[str]) -> Iterator["pl.DataFrame"]:
        for frame in frames:
            yield frame.select(chosen)
        try:
            for batch in batches:
                yield _frame(batch.select(list(chosen)))
        except Exception as error:
            raise damaged(source.name, error) from None

    return Table(columns, pl.concat(frames).head(HEAD_ROWS), cells, typed=True)


def _frame(batch: Any) -> "pl.DataFrame":
    import polars as pl

    batch.validate(full=True)
    return pl.DataFrame(pl.from_arrow(batch))


def _open(source: Source) -> tuple[Any, Iterator[Any]]:
    """The schema and the record batches. The file form needs a seekable file."""
    import pyarrow as pa

    if source.head().startswith(b"ARROW1") and source.path is not None and source.compression is None:
        reader = pa.ipc.open_file(pa.PythonFile(source.open_raw(), mode="r"))
        return reader.schema, (reader.get_batch(i) for i in range(reader.num_record_batches))
    stream = source.open()
    if source.head().startswith(b"ARROW1"):
        stream.read(8)  # the file form is the stream form behind eight bytes of magic
    reader = pa.ipc.open_stream(pa.PythonFile(_File(stream), mode="r"))
    return reader.schema, iter(reader)


class _File:
    """The little of a Python file that pyarrow asks for."""

    closed = False

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        return self._stream.read(size if size >= 0 else 1 << 40)  # type: ignore[no-any-return]

    def close(self) -> None:
        self._stream.close()


def _huggingface(schema: Any) -> str | None:
    value = (schema.metadata or {}).get(b"huggingface")
    return value.decode("utf-8", "replace") if value else None
