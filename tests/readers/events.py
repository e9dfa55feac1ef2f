"""Event files of TensorBoard, written by the definition of the format."""

import struct

from imbalance_doctor.readers._crc32c import masked


def varint(n: int) -> bytes:
    out = b""
    while n > 0x7F:
        out += bytes([n & 0x7F | 0x80])
        n >>= 7
    return out + bytes([n])


def field(number: int, payload: bytes) -> bytes:
    return varint(number << 3 | 2) + varint(len(payload)) + payload


def event(step: int, *values: bytes) -> bytes:
    summary = b"".join(field(1, value) for value in values)
    return b"\x09" + struct.pack("<d", 1.6e9) + b"\x10" + varint(step) + field(5, summary)


def simple(tag: str, value: float) -> bytes:
    return field(1, tag.encode()) + b"\x15" + struct.pack("<f", value)


def tensor(tag: str, value: float) -> bytes:
    return field(1, tag.encode()) + field(8, b"\x08\x01" + field(2, b"") + field(4, struct.pack("<f", value)))


def record(payload: bytes) -> bytes:
    length = struct.pack("<Q", len(payload))
    return length + struct.pack("<I", masked(length)) + payload + struct.pack("<I", masked(payload))


START = record(b"\x09" + struct.pack("<d", 1.6e9) + field(3, b"brain.Event:2"))
