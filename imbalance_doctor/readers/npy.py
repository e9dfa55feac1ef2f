"""NumPy `.npy`: label ids (one dimension), or a 0/1 matrix with one column per class (two dimensions).

The header is checked before anything is allocated, the data are read in blocks, never mapped, and object arrays are
refused: they are pickles.
"""

import struct
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..batches import HEAD_ROWS, Batches, CellType, Column, Matrix, Table
from ..errors import InputError, RefusedError
from ..plugins import Reader
from ._source import Options, Source

if TYPE_CHECKING:
    import polars as pl

READER = Reader("npy", (".npy",), magic=(b"\x93NUMPY",))
BLOCK_BYTES = 8 << 20
MAX_HEADER = 10_000


def read(source: Source, options: Options) -> Batches:
    """The array. Raises RefusedError for object arrays, InputError for a damaged header or too few bytes."""
    return array(source.open(), source.name)


def array(stream: Any, name: str) -> Batches:
    """A table of one column "value" for one dimension, a matrix for two, columns by field for structured types."""
    shape, fortran, dtype = header(stream, name)
    if len(shape) not in (1, 2) or (dtype.names and len(shape) != 1):
        raise InputError(
            f"{name} is an array of shape {shape}", "labels are a vector of class ids or a samples x classes matrix"
        )
    if len(shape) == 2 and shape[1] != 1:
        return Matrix((shape[0], shape[1]), lambda: rows(stream, name, shape, fortran, dtype))
    chunks = rows(stream, name, (shape[0],), False, dtype)
    first = next(chunks, np.empty(0, dtype))
    start = frame(first, dtype)
    columns = tuple(Column(n, _cell_type(dtype[n] if dtype.names else dtype)) for n in start.columns)

    def cells(names: Sequence[str]) -> Iterator["pl.DataFrame"]:
        yield start.select(names)
        for chunk in chunks:
            yield frame(chunk, dtype).select(names)

    return Table(columns, start.head(HEAD_ROWS), cells, header=False, typed=True)


def header(stream: Any, name: str) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    """Shape, Fortran order and dtype of a `.npy` stream, checked: numpy's own parser, its limits, and kinds we read."""
    import io

    magic = stream.read(8)
    try:
        version = np.lib.format.read_magic(io.BytesIO(magic))
        size = struct.unpack("<H" if version == (1, 0) else "<I", stream.read(2 if version == (1, 0) else 4))[0]
        if size > MAX_HEADER:
            raise InputError(f"{name}: its header is {size:,} bytes long", f"at most {MAX_HEADER:,} are read")
        length = struct.pack("<H" if version == (1, 0) else "<I", size)
        parse = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
        shape, fortran, dtype = parse(io.BytesIO(length + stream.read(size)), max_header_size=MAX_HEADER)
    except (ValueError, struct.error, EOFError) as error:
        raise InputError(f"{name} has a damaged header: {error}", "write it again with numpy.save") from None
    if dtype.hasobject:
        raise RefusedError(
            f"{name} is an array of Python objects: a pickle, which can run code when it is read",
            f"export numbers: numpy.save('labels.npy', numpy.asarray(labels, dtype=int)); found shape {shape}",
        )
    if any(n < 0 for n in shape):
        raise InputError(f"{name} claims the shape {shape}", "write it again with numpy.save")
    kinds = [dtype[n].kind for n in dtype.names] if dtype.names else [dtype.kind]
    if not set(kinds) <= set("biufUS") or dtype.itemsize == 0 or dtype.subdtype:
        raise InputError(f"{name} holds values of type {dtype}", "save integers, booleans, floats or text")
    return shape, fortran, dtype


def rows(
    stream: Any, name: str, shape: tuple[int, ...], fortran: bool, dtype: np.dtype[Any]
) -> Iterator[np.ndarray[Any, Any]]:
    """Blocks of rows in native byte order. Raises InputError when the bytes end before the shape is filled."""
    width = int(np.prod(shape[1:], dtype=object)) if len(shape) > 1 else 1
    if fortran and width > 1:
        yield from _column_major(stream, name, shape, dtype)
        return
    per_block = max(1, BLOCK_BYTES // (dtype.itemsize * max(1, width)))
    left = shape[0]
    while left > 0 and width > 0:
        n = min(left, per_block)
        data = stream.read(n * width * dtype.itemsize)
        if len(data) < n * width * dtype.itemsize:
            raise InputError(
                f"{name} ends early: its header promises the shape {shape}, at least {left - n:,} rows are missing",
                "the file is cut off: copy it again",
            )
        chunk = np.frombuffer(data, dtype).reshape((n, *shape[1:]))
        yield chunk.astype(dtype.newbyteorder("="), copy=False)
        left -= n


MAX_COLUMN_MAJOR = 1 << 30


def _column_major(
    stream: Any, name: str, shape: tuple[int, ...], dtype: np.dtype[Any]
) -> Iterator[np.ndarray[Any, Any]]:
    """A matrix stored column by column has to be held whole: its rows are scattered over the file."""
    size = int(np.prod(shape, dtype=object)) * dtype.itemsize
    if size > MAX_COLUMN_MAJOR:
        raise RefusedError(
            f"{name} is stored column by column and {size:,} bytes long",
            "save it row by row: numpy.save(file, numpy.ascontiguousarray(array))",
        )
    data = stream.read(size)
    if len(data) < size:
        raise InputError(f"{name} ends early: its shape is {shape}", "the file is cut off: copy it again")
    yield np.frombuffer(data, dtype).reshape(shape, order="F").astype(dtype.newbyteorder("="), order="C")


def _cell_type(dtype: np.dtype[Any]) -> CellType:
    kinds: dict[str, CellType] = {"b": "boolean", "i": "integer", "u": "integer", "f": "float"}
    return kinds.get(dtype.kind, "text")


def frame(chunk: np.ndarray[Any, Any], dtype: np.dtype[Any]) -> "pl.DataFrame":
    """A vector as the column "value", a structured one as a column per field."""
    import polars as pl

    if dtype.names:
        return pl.DataFrame({n: _series(n, chunk[n]) for n in dtype.names})
    return pl.DataFrame({"value": _series("value", chunk.reshape(-1))})


def _series(name: str, values: np.ndarray[Any, Any]) -> "pl.Series":
    import polars as pl

    if values.dtype.kind == "S":
        return pl.Series(name, [v.decode("utf-8", "replace") for v in values.tolist()], pl.String)
    if values.dtype.kind == "U":
        return pl.Series(name, values.tolist(), pl.String)
    if values.dtype.kind == "f":
        return pl.Series(name, values.astype(np.float64), nan_to_null=True)
    return pl.Series(name, np.ascontiguousarray(values))
