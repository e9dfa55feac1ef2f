"""NumPy `.npy`: label ids (one dimension), or a 0/1 matrix with one column per class (two dimensions).

The header is checked before anything is allocated, the data are read in blocks, never mapped, and object arrays are
refused: they are pickles.
"""

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..batches import HEAD_ROWS, Batches, Matrix, Table
from ..errors import InputError, RefusedError
from ..plugins import Reader
from ._npy_header import header
from ._numpy import columns, frame
from ._source import Options, Source

if TYPE_CHECKING:
    import polars as pl

READER = Reader("npy", (".npy",), magic=(b"\x93NUMPY",))
BLOCK_BYTES = 8 << 20
MAX_COLUMN_MAJOR = 1 << 30
"""Bytes of a matrix stored column by column, which has to be held whole."""


def read(source: Source, options: Options) -> Batches:
    """The array. Raises RefusedError for object arrays, InputError for a damaged header or too few bytes."""
    stream = source.open()
    size = source.path.stat().st_size if source.path is not None and source.compression is None else None
    return array(stream, source.name, size)


def array(stream: Any, name: str, size: int | None = None) -> Batches:
    """A table of one column "value" for one dimension, a matrix for two, columns by field for structured types.

    `size`: bytes of the stream, where they are known: a shape that needs more is refused before anything is read.
    """
    shape, fortran, dtype = header(stream, name)
    if len(shape) not in (1, 2) or (dtype.names and len(shape) != 1):
        raise InputError(
            f"{name} is an array of shape {shape}", "labels are a vector of class ids or a samples x classes matrix"
        )
    promised = _bytes(shape, dtype)
    if size is not None and promised > size:
        raise InputError(
            f"{name} ends early: its header promises the shape {shape}, {promised:,} bytes, it has {size:,}",
            "the file is cut off: copy it again",
        )
    if len(shape) == 2 and shape[1] != 1:
        return Matrix((shape[0], shape[1]), lambda: rows(stream, name, shape, fortran, dtype))
    chunks = rows(stream, name, (shape[0],), False, dtype)
    first = next(chunks, np.empty(0, dtype))
    start = frame(first, name)

    def cells(names: Sequence[str]) -> Iterator["pl.DataFrame"]:
        yield start.select(names)
        for chunk in chunks:
            yield frame(chunk, name).select(names)

    return Table(columns(dtype), start.head(HEAD_ROWS), cells, header=False, typed=True)


def _bytes(shape: tuple[int, ...], dtype: np.dtype[Any]) -> int:
    return math.prod(shape) * dtype.itemsize


def rows(
    stream: Any, name: str, shape: tuple[int, ...], fortran: bool, dtype: np.dtype[Any]
) -> Iterator[np.ndarray[Any, Any]]:
    """Blocks of rows in native byte order. Raises InputError when the bytes end before the shape is filled."""
    width = math.prod(shape[1:])
    if fortran and width > 1:
        yield from _column_major(stream, name, shape, dtype)
        return
    per_block = max(1, BLOCK_BYTES // (dtype.itemsize * width))
    left = shape[0]
    while left > 0:
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
    _at_end(stream, name, shape)


def _column_major(
    stream: Any, name: str, shape: tuple[int, ...], dtype: np.dtype[Any]
) -> Iterator[np.ndarray[Any, Any]]:
    """A matrix stored column by column has to be held whole: its rows are scattered over the file."""
    size = _bytes(shape, dtype)
    if size > MAX_COLUMN_MAJOR:
        raise RefusedError(
            f"{name} is stored column by column and {size:,} bytes long",
            "save it row by row: numpy.save(file, numpy.ascontiguousarray(array))",
        )
    data = stream.read(size)
    if len(data) < size:
        raise InputError(f"{name} ends early: its shape is {shape}", "the file is cut off: copy it again")
    yield np.frombuffer(data, dtype).reshape(shape, order="F").astype(dtype.newbyteorder("="), order="C")
    _at_end(stream, name, shape)


def _at_end(stream: Any, name: str, shape: tuple[int, ...]) -> None:
    """Raise InputError when bytes follow the array: a second one saved behind it, or a damaged header."""
    if stream.read(1):
        raise InputError(f"{name} goes on after the array of shape {shape} of its header", "save one array per file")
