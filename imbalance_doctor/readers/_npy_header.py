"""The header of a `.npy` stream: numpy's own parser, behind limits and in front of checks."""

import io
import warnings
from typing import Any

import numpy as np

from ..errors import DoctorError, InputError, RefusedError

MAX_HEADER = 10_000


def header(stream: Any, name: str) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    """Shape, Fortran order and dtype. Raises RefusedError for object arrays, InputError for damage and other kinds."""
    try:
        shape, fortran, dtype = _parsed(stream, name)
    except DoctorError:
        raise
    except Exception as error:  # numpy's parser raises whatever the tokenizer, the parser and the dtype raise
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InputError(f"{name} has a damaged header: {reason}", "write it again with numpy.save") from None
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


def _parsed(stream: Any, name: str) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    version = np.lib.format.read_magic(io.BytesIO(stream.read(8)))
    if version not in ((1, 0), (2, 0), (3, 0)):
        raise InputError(f"{name} is a .npy file of version {version}", "write it with numpy.save")
    length = stream.read(2 if version == (1, 0) else 4)
    size = int.from_bytes(length, "little")
    if size > MAX_HEADER:
        raise InputError(f"{name}: its header is {size:,} bytes long", f"at most {MAX_HEADER:,} are read")
    parse = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # headers of Python 2 are read, with a warning
        shape, fortran, dtype = parse(io.BytesIO(length + stream.read(size)), max_header_size=MAX_HEADER)
    if version == (3, 0) and dtype.names:  # the parser of version 2.0 takes these names for Latin-1
        dtype.names = tuple(name.encode("latin-1").decode() for name in dtype.names)
    return tuple(map(int, shape)), fortran, dtype
