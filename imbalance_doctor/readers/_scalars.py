"""The scalars in one TensorFlow event: the few fields of Event, Summary and TensorProto that hold them.

Event: 2 step, 5 summary. Summary: 1 value. Value: 1 tag, 2 simple_value, 8 tensor. TensorProto: 1 dtype, 2 shape,
4 tensor_content, 5 float_val, 6 double_val, 7 int_val, 10 int64_val.
"""

import struct
from collections.abc import Iterator

FORMATS = {1: "<f", 2: "<d", 3: "<i", 9: "<q", 19: "<e"}
"""How one element of a tensor is stored, by dtype: float, double, int32, int64, half."""


class BrokenMessageError(ValueError):
    """Bytes that are no protobuf message."""


def scalars(event: bytes) -> tuple[int, dict[str, float]]:
    """The step and the scalars by tag. Raises BrokenMessageError."""
    step, found = 0, {}
    for field, value in _fields(event):
        if field == 2 and isinstance(value, int):
            step = value - (1 << 64) if value >> 63 else value
        elif field == 5 and isinstance(value, bytes):
            for number, item in _fields(value):
                if number == 1 and isinstance(item, bytes):
                    tag, scalar = _value(item)
                    if scalar is not None:
                        found[tag] = scalar
    return step, found


def _value(message: bytes) -> tuple[str, float | None]:
    tag, scalar = "", None
    for field, value in _fields(message):
        if not isinstance(value, bytes):
            continue
        if field == 1:
            tag = value.decode("utf-8", "replace")
        elif field == 2 and len(value) == 4:
            scalar = struct.unpack("<f", value)[0]
        elif field == 8:
            scalar = _tensor(value)
    return tag, scalar


def _tensor(message: bytes) -> float | None:
    """The only element of a tensor of numbers, None for any other tensor."""
    dtype, found = 0, []
    for field, value in _fields(message):
        if field == 1 and isinstance(value, int):
            dtype = value
        elif field == 2 and isinstance(value, bytes) and _size(value) != 1:
            return None
        elif field in (4, 5, 6) and isinstance(value, bytes):
            found.append((field, value))
        elif field in (7, 10) and isinstance(value, int):
            return float(value - (1 << 64) if value >> 63 else value)
        elif field in (7, 10) and isinstance(value, bytes) and value:
            whole, _ = _varint(value, 0)
            return float(whole - (1 << 64) if whole >> 63 else whole)
    format_ = FORMATS.get(dtype)
    for _, value in found:
        if format_ is not None and len(value) == struct.calcsize(format_):
            return float(struct.unpack(format_, value)[0])
    return None


def _size(shape: bytes) -> int:
    """The number of elements of a shape."""
    size = 1
    for field, dim in _fields(shape):
        if field == 2 and isinstance(dim, bytes):
            size *= next((v for f, v in _fields(dim) if f == 1 and isinstance(v, int)), 0)
    return size


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Field numbers with their values: an integer for a varint, bytes for everything else."""
    at, end = 0, len(message)
    while at < end:
        key, at = _varint(message, at)
        kind = key & 7
        if kind == 0:
            value, at = _varint(message, at)
            yield key >> 3, value
            continue
        if kind == 2:
            size, at = _varint(message, at)
        elif kind in (1, 5):
            size = 8 if kind == 1 else 4
        else:
            raise BrokenMessageError(f"wire type {kind}")
        if at + size > end:
            raise BrokenMessageError("a field is longer than its message")
        yield key >> 3, message[at : at + size]
        at += size


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if at >= len(message) or shift > 63:
            raise BrokenMessageError("a varint does not end")
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
