"""Arrow IPC, file and stream form (the `.arrow` files of Hugging Face are streams), class names from the schema."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..batches import HEAD_ROWS, CellType, Column, Table
from ..errors import DoctorError, InputError
from ..plugins import Reader
from ._source import Options, Source
from ._typed import cell_type, class_names, damaged, flat

if TYPE_CHECKING:
    import polars as pl

FILE_MAGIC = b"ARROW1"
READER = Reader("arrow", (".arrow", ".ipc", ".feather"), magic=(FILE_MAGIC, b"\xff\xff\xff\xff"))


def read(source: Source, options: Options) -> Table:
    """The table, record batch by record batch. Raises InputError when the file is damaged."""
    import polars as pl

    try:
        schema, batches = _open(source)
        columns = _columns(schema, source.name)
        wanted = flat(columns)
        first = [_frame(_empty(schema, wanted), wanted)]
        while sum(frame.height for frame in first) < HEAD_ROWS and (batch := next(batches, None)) is not None:
            first.append(_frame(batch, wanted))
        head = pl.concat(first)
    except DoctorError:
        raise
    except (Exception, pl.exceptions.PanicException) as error:  # pyarrow raises many classes for damaged files
        raise damaged(source.name, error) from None

    def cells(chosen: Sequence[str]) -> Iterator["pl.DataFrame"]:
        yield head.select(chosen)
        try:
            for batch in batches:
                yield _frame(batch, list(chosen))
        except (Exception, pl.exceptions.PanicException) as error:
            raise damaged(source.name, error) from None

    return Table(columns, head.head(HEAD_ROWS), cells, typed=True)


def _columns(schema: Any, name: str) -> tuple[Column, ...]:
    names = class_names((schema.metadata or {}).get(b"huggingface", b"").decode("utf-8", "replace"))
    if len(set(schema.names)) < len(schema.names):
        twice = next(n for n in schema.names if schema.names.count(n) > 1)
        raise InputError(f"{name} has two columns named {twice!r}", "rename one")
    return tuple(Column(field.name, _cell_type(field.type), names.get(field.name)) for field in schema)


def _cell_type(arrow_type: Any) -> CellType:
    """The cell type of an Arrow type; one that polars cannot hold is "nested", so that it does not stop the others."""
    import polars as pl
    import pyarrow as pa

    try:
        return cell_type(pl.Series(pa.array([], arrow_type)).dtype)
    except (Exception, pl.exceptions.PanicException):  # unions, run-end encoding, month intervals …
        return "nested"


def _empty(schema: Any, names: list[str]) -> Any:
    import pyarrow as pa

    return pa.schema([schema.field(name) for name in names]).empty_table()


def _frame(batch: Any, names: list[str]) -> "pl.DataFrame":
    import polars as pl

    chosen = batch.select(names)
    chosen.validate(full=True)
    return pl.DataFrame(pl.from_arrow(chosen))


def _open(source: Source) -> tuple[Any, Iterator[Any]]:
    """The schema and the record batches. The file form needs a seekable file."""
    import pyarrow as pa

    if source.head().startswith(FILE_MAGIC):
        reader = pa.ipc.open_file(pa.PythonFile(source.seekable(), mode="r"))
        return reader.schema, (reader.get_batch(i) for i in range(reader.num_record_batches))
    reader = pa.ipc.open_stream(pa.PythonFile(_File(source.open()), mode="r"))
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
