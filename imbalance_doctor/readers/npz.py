"""NumPy `.npz`: named arrays, or a scipy sparse matrix (rows are samples, columns are classes).

Members are streamed, one is opened; nothing is unpickled.
"""

import zipfile
from collections.abc import Iterator
from typing import Any

import numpy as np

from ..batches import Batches, Matrix
from ..errors import InputError, RefusedError
from ..plugins import Reader
from ._source import Options, Source
from .npy import array, header, rows

READER = Reader("npz", (".npz",), magic=(b"PK\x03\x04", b"PK\x05\x06"))
LABEL_KEYS = ("labels", "label", "y", "targets", "target", "classes", "y_true", "label_ids")
MAX_MEMBERS = 10_000
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
    return array(_Member(archive, members[key], source.name), f"{source.name}:{key}")


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
    import io

    try:
        whole = source.path is None or source.compression
        file: Any = io.BytesIO(source.open().read(1 << 32)) if whole else source.open_raw()
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError) as error:
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
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, KeyError) as error:
            raise InputError(f"{name}: {member} cannot be opened: {error}", "write it with numpy.savez") from None

    def read(self, size: int) -> bytes:
        """Up to `size` bytes, fewer only at the end."""
        import zlib

        try:
            return self._file.read(size)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise InputError(f"{self._name} is damaged: {error}", "copy it again") from None


def _vector(archive: zipfile.ZipFile, key: str, name: str) -> Iterator[np.ndarray[Any, Any]]:
    stream = _Member(archive, f"{key}.npy", name)
    shape, _, dtype = header(stream, f"{name}:{key}")
    return rows(stream, f"{name}:{key}", (int(np.prod(shape, dtype=object)) if shape else 1,), False, dtype)


def _sparse(source: Source, archive: zipfile.ZipFile) -> Matrix:
    """A matrix saved by scipy.sparse.save_npz, in CSR blocks."""
    from scipy import sparse

    try:
        parts = {k: np.concatenate(list(_vector(archive, k, source.name))) for k in _members(archive)}
        kind = parts.pop("format")[0]
        kind = kind.decode() if isinstance(kind, bytes) else str(kind)
        shape = tuple(int(n) for n in parts.pop("shape"))
        data = parts["data"]
        if kind in ("csr", "csc"):
            matrix = {"csr": sparse.csr_matrix, "csc": sparse.csc_matrix}[kind](
                (data, parts["indices"], parts["indptr"]), shape=shape
            )
        elif kind == "coo":
            matrix = sparse.coo_matrix((data, (parts["row"], parts["col"])), shape=shape)
        else:
            raise InputError(f"{source.name} is a sparse matrix of format {kind}", "save it as CSR: matrix.tocsr()")
        matrix = matrix.tocsr()
        matrix.check_format(full_check=True)
    except (ValueError, KeyError, IndexError, TypeError, zipfile.BadZipFile) as error:
        raise InputError(
            f"{source.name} is a damaged sparse matrix: {error}", "save it with scipy.sparse.save_npz"
        ) from None
    n, k = matrix.shape
    return Matrix((n, k), lambda: (matrix[i : i + BLOCK_ROWS] for i in range(0, n, BLOCK_ROWS)), sparse=True)


def _members(archive: zipfile.ZipFile) -> list[str]:
    known = ("format", "shape", "data", "indices", "indptr", "row", "col")
    return [key for key in known if f"{key}.npy" in archive.namelist()]
