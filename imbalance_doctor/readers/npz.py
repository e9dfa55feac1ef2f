"""NumPy `.npz`: named arrays, or a scipy sparse matrix (rows are samples, columns are classes).

Members are streamed, one is opened; nothing is unpickled.
"""

import math
import zipfile
from typing import Any

import numpy as np

from ..batches import Batches, Matrix
from ..errors import InputError, RefusedError
from ..plugins import Reader
from ._npy_header import header
from ._source import MAX_HELD, Options, Source
from .npy import array, rows

READER = Reader("npz", (".npz",), magic=(b"PK\x03\x04", b"PK\x05\x06"))
LABEL_KEYS = ("labels", "label", "y", "targets", "target", "classes", "y_true", "label_ids")
PARTS = ("format", "shape", "data", "indices", "indptr", "row", "col")
MAX_MEMBERS = 10_000
MAX_ROWS = 100_000_000
"""Rows of a sparse matrix: converting one takes memory by its shape, not by its entries."""
BLOCK_ROWS = 100_000


def read(source: Source, options: Options) -> Batches:
    """The array named by `--label`, or the only one, or the one named for labels. Raises InputError to ask which."""
    archive = _archive(source)
    members = {name.removesuffix(".npy"): name for name in archive.namelist() if name.endswith(".npy")}
    if not members:
        raise InputError(f"{source.name} is a zip archive without .npy arrays", "is it a numpy .npz file?")
    if {"format", "shape", "data"} <= members.keys():
        return _sparse(source, archive)
    key = _key(list(members), options, source.name)
    size = archive.getinfo(members[key]).file_size
    source.check_budget(size)
    return array(_Member(archive, members[key], source.name), f"{source.name}:{key}", size)


def _key(keys: list[str], options: Options, name: str) -> str:
    if options.label is not None:
        if options.label in keys:
            return options.label
        raise InputError(f"{name} has no array named {options.label!r}", f"its arrays: {', '.join(keys[:20])}")
    named = [key for key in LABEL_KEYS if key in keys]
    if len(keys) == 1 or len(named) == 1:
        return keys[0] if len(keys) == 1 else named[0]
    raise InputError(f"{name} holds {len(keys)} arrays: {', '.join(keys[:20])}", "say which one with --label NAME")


def _archive(source: Source) -> zipfile.ZipFile:
    file = source.seekable()
    try:
        archive = zipfile.ZipFile(file)
    except Exception as error:  # a damaged directory raises whatever its fields run into
        raise InputError(f"{source.name} is not a whole zip archive: {error}", "copy or write it again") from None
    names = archive.namelist()
    if len(names) > MAX_MEMBERS or len(set(names)) < len(names):
        raise RefusedError(f"{source.name} holds {len(names):,} members, or one twice", "write it with numpy.savez")
    return archive


class _Member:
    """One member as a stream with every fault of the archive turned into one clear error."""

    def __init__(self, archive: zipfile.ZipFile, member: str, name: str) -> None:
        self._name = name
        try:
            self._file = archive.open(member)
        except Exception as error:  # encrypted, unknown compression, a header that contradicts the directory
            raise InputError(f"{name}: {member} cannot be opened: {error}", "write it with numpy.savez") from None

    def read(self, size: int) -> bytes:
        """Up to `size` bytes, fewer only at the end."""
        try:
            return self._file.read(size)
        except Exception as error:  # every decompressor has its own class of error
            raise InputError(f"{self._name} is damaged: {error}", "copy it again") from None


def _sparse(source: Source, archive: zipfile.ZipFile) -> Matrix:
    """A matrix saved by scipy.sparse.save_npz, in CSR blocks."""
    parts = {key: _vector(archive, key, source.name) for key in PARTS if f"{key}.npy" in archive.namelist()}
    try:
        matrix = _csr(parts, source.name)
    except (ValueError, KeyError, IndexError, TypeError, OverflowError) as error:
        raise InputError(
            f"{source.name} is a damaged sparse matrix: {error}", "save it with scipy.sparse.save_npz"
        ) from None
    n, k = matrix.shape
    return Matrix((n, k), lambda: (matrix[i : i + BLOCK_ROWS] for i in range(0, n, BLOCK_ROWS)), sparse=True)


def _vector(archive: zipfile.ZipFile, key: str, name: str) -> np.ndarray[Any, Any]:
    stream = _Member(archive, f"{key}.npy", name)
    shape, _, dtype = header(stream, f"{name}:{key}")
    length = math.prod(shape)
    if length * dtype.itemsize > MAX_HELD:
        raise RefusedError(f"{name}: {key} is longer than {MAX_HELD:,} bytes", "save the matrix in several files")
    return np.concatenate([np.empty(0, dtype), *rows(stream, f"{name}:{key}", (length,), False, dtype)])


def _csr(parts: dict[str, np.ndarray[Any, Any]], name: str) -> Any:
    from scipy import sparse

    kinds = {key: part.dtype.kind for key, part in parts.items() if key not in ("format", "data")}
    if not set(kinds.values()) <= set("iu") or parts["data"].dtype.kind not in "biuf":
        raise ValueError("its indices are not integers, or its entries not numbers")
    kind = parts["format"][0]
    kind = kind.decode() if isinstance(kind, bytes) else str(kind)
    n, k = (int(length) for length in parts["shape"])
    if n > MAX_ROWS or k > MAX_ROWS:
        raise RefusedError(f"{name} claims a matrix of {n:,} rows and {k:,} columns", "save it in several files")
    if kind == "coo":
        return sparse.coo_matrix((parts["data"], (parts["row"], parts["col"])), shape=(n, k)).tocsr()
    if kind not in ("csr", "csc"):
        raise InputError(f"{name} is a sparse matrix of format {kind}", "save it as CSR: matrix.tocsr()")
    made = {"csr": sparse.csr_matrix, "csc": sparse.csc_matrix}[kind]
    matrix = made((parts["data"], parts["indices"], parts["indptr"]), shape=(n, k))
    matrix.check_format(full_check=True)  # before any conversion: scipy writes where the indices say
    return matrix.tocsr()
