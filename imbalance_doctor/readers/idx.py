"""IDX, the format of MNIST: a vector of labels, `train-labels-idx1-ubyte`, as it is or compressed.

The magic number holds the type and the number of dimensions; a vector of whole numbers is labels, anything with more
dimensions is images. The length that the header promises is checked against the bytes.

Example: `imbalance-doctor analyze train-labels-idx1-ubyte.gz`

Reference: Y. LeCun, C. Cortes and C. Burges, The MNIST database, "the IDX file format".
"""

import math
import struct
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ..batches import HEAD_ROWS, Column, Table
from ..errors import InputError
from ..plugins import Reader
from ._source import Options, Source

if TYPE_CHECKING:
    import polars as pl

TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4"}
"""Types of whole numbers; 0x0D and 0x0E are float and double."""
FLOATS = (0x0D, 0x0E)
MAX_DIMENSIONS = 8
READER = Reader(
    "idx", (".idx", ".idx1-ubyte", ".idx3-ubyte"),
    magic=tuple(bytes([0, 0, kind, n]) for kind in (*TYPES, *FLOATS) for n in range(1, MAX_DIMENSIONS + 1)),
)  # fmt: skip
BLOCK_ROWS = 1 << 20


def read(source: Source, options: Options) -> Table:
    """The labels. Raises InputError for images, for fractions, and for fewer or more bytes than the header promises."""
    import polars as pl

    stream = source.open()
    magic = stream.read(4)
    n = magic[3] if len(magic) == 4 else 0
    sizes = stream.read(4 * min(n, MAX_DIMENSIONS))
    if magic[:2] != b"\0\0" or not 1 <= n <= MAX_DIMENSIONS or len(sizes) < 4 * n:
        raise InputError(f"{source.name} is not an IDX file: its header is damaged", "copy it again")
    shape = struct.unpack(f">{n}I", sizes)
    if n != 1:
        raise InputError(
            f"{source.name} holds an array of shape {shape}: images, not labels",
            "name the label file, such as train-labels-idx1-ubyte",
        )
    if magic[2] not in TYPES:
        raise InputError(f"{source.name} holds fractions, not labels", "name the label file")
    dtype = np.dtype(TYPES[magic[2]])

    def frames() -> Iterator["pl.DataFrame"]:
        left = shape[0]
        while left > 0:
            data = stream.read(min(left, BLOCK_ROWS) * dtype.itemsize)
            if len(data) < min(left, BLOCK_ROWS) * dtype.itemsize:
                missing = left - len(data) // dtype.itemsize
                raise _wrong(source.name, shape[0], f"{missing:,} are missing")
            left -= len(data) // dtype.itemsize
            yield pl.DataFrame({"value": np.frombuffer(data, dtype).astype(np.int64)})
        if stream.read(1):
            raise _wrong(source.name, shape[0], "more bytes follow")

    rest = frames()
    first = next(rest, pl.DataFrame({"value": []}, schema={"value": pl.Int64}))

    def cells(names: Sequence[str]) -> Iterator["pl.DataFrame"]:
        yield first.select(names)
        for frame in rest:
            yield frame.select(names)

    column = Column("value", "integer")
    return Table((column,), first.head(HEAD_ROWS), cells, header=False, typed=True, layout="column")


def _wrong(name: str, n: int, problem: str) -> InputError:
    size = math.prod([n])
    return InputError(f"{name}: its header promises {size:,} labels, {problem}", "the file is damaged: copy it again")
