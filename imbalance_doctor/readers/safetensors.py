"""safetensors: named tensors behind a JSON header; scores or labels are read from one of them, in blocks.

The format holds no code and needs no package: eight bytes with the length of the header, the header, the tensors. The
half precision bfloat16 is widened to float32, which is exact.

Reference: https://huggingface.co/docs/safetensors
"""

import io
import json
from typing import Any

import numpy as np

from ..batches import Batches
from ..errors import InputError, RefusedError
from ..plugins import Reader
from ._source import Options, Source
from .npy import array

READER = Reader("safetensors", (".safetensors",))
MAX_HEADER = 1 << 26
TYPES = {
    "F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<f4", "I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "<i1",
    "U64": "<u8", "U32": "<u4", "U16": "<u2", "U8": "<u1", "BOOL": "|b1",
}  # fmt: skip


def read(source: Source, options: Options) -> Batches:
    """The tensor named by `--label`, or the only one. Raises InputError to ask which, and for a damaged file."""
    stream = source.open()
    tensors = header(stream, source.name)
    key = options.label if options.label is not None else next(iter(tensors)) if len(tensors) == 1 else None
    if key is None or key not in tensors:
        what = "holds no tensor named " + repr(key) if key is not None else f"holds {len(tensors)} tensors"
        raise InputError(f"{source.name} {what}: {', '.join(list(tensors)[:20])}", "say which one with --label NAME")
    return _tensor(stream, tensors[key], f"{source.name}:{key}")


def header(stream: Any, name: str) -> dict[str, Any]:
    """The tensors by name, each with its `dtype`, `shape` and `data_offsets`; the stream stands at the data then."""
    size = int.from_bytes(stream.read(8), "little")
    if not 2 <= size <= MAX_HEADER:
        raise InputError(f"{name} is no safetensors file: its header would be {size:,} bytes long", "write it again")
    try:
        tensors = json.loads(stream.read(size))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name} has a damaged header: {error}", "write it again with safetensors") from None
    if not isinstance(tensors, dict):
        raise InputError(f"{name} has a damaged header", "write it again with safetensors")
    tensors.pop("__metadata__", None)
    if not tensors or not all(map(_is_whole, tensors.values())):
        raise InputError(f"{name} holds no tensors, or a damaged header", "write it again with safetensors")
    return tensors


def _is_whole(entry: Any) -> bool:
    if not isinstance(entry, dict):
        return False
    shape, offsets = entry.get("shape"), entry.get("data_offsets")
    if not isinstance(shape, list) or not isinstance(offsets, list) or len(offsets) != 2:
        return False
    return all(type(n) is int and n >= 0 for n in (*shape, *offsets)) and offsets[0] <= offsets[1]


def _tensor(stream: Any, entry: dict[str, Any], name: str) -> Batches:
    """The tensor as if it lay in a `.npy` file of its own."""
    dtype = TYPES.get(str(entry.get("dtype")))
    if dtype is None:
        raise RefusedError(f"{name} is a tensor of type {entry.get('dtype')}", "save it as float32 or int64")
    start, end = entry["data_offsets"]
    left = start
    while left > 0:
        skipped = stream.read(min(left, 1 << 24))
        if not skipped:
            raise InputError(f"{name} lies behind the end of the file", "the file is cut off: copy it again")
        left -= len(skipped)
    first = io.BytesIO()
    description: Any = {"descr": dtype, "fortran_order": False, "shape": tuple(entry["shape"])}
    np.lib.format.write_array_header_1_0(first, description)
    return array(_Section(first.getvalue(), stream, end - start, entry["dtype"] == "BF16"), name)


class _Section:
    """Bytes of a header, then so many bytes of a stream; `widened` from bfloat16 to float32."""

    def __init__(self, first: bytes, rest: Any, size: int, widened: bool) -> None:
        self._first, self._rest, self._left, self._widened = io.BytesIO(first), rest, size, widened

    def read(self, size: int) -> bytes:
        """Up to `size` bytes, fewer only at the end."""
        data = self._first.read(size)
        if len(data) == size:
            return data
        wanted = min((size - len(data)) // (2 if self._widened else 1), self._left)
        part: bytes = self._rest.read(wanted)
        self._left -= len(part)
        if self._widened:
            part = (np.frombuffer(part[: len(part) // 2 * 2], "<u2").astype("<u4") << 16).tobytes()
        return data + part
