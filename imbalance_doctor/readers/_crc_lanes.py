"""CRC-32C of long data, many lanes at a time: a record of images is checked at memory speed, not byte by byte.

A checksum is linear: the data are cut into lanes, each is summed alone, and two neighbours are joined by shifting the
left sum over the length of the right one.

Reference: M. Adler, crc32_combine of zlib; RFC 3720, appendix B.4.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from ._crc32c import _TABLE, crc32c

LANE = 256
"""Bytes of a lane."""
SHORT = 2048
"""Below this many bytes the plain loop is as fast."""
Words = NDArray[np.uint32]
_STEP = np.array(_TABLE, dtype=np.uint32)


def masked(data: bytes) -> int:
    """The masked checksum, as TFRecord files store it."""
    crc = crc32c(data) if len(data) < SHORT else long(data)
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def long(data: bytes) -> int:
    """The checksum of at least four bytes.

    >>> long(b"123456789" * 1000) == crc32c(b"123456789" * 1000)
    True
    """
    lanes = 1 << max(0, (-(-len(data) // LANE) - 1).bit_length())
    padded = np.zeros(lanes * LANE, dtype=np.uint8)  # zeros before the data leave a sum that starts at zero as it is
    padded[len(padded) - len(data) :] = np.frombuffer(data, np.uint8)
    start = len(padded) - len(data)
    padded[start : start + 4] ^= 0xFF  # the sum starts at all ones: that is as if the first four bytes were inverted
    columns = np.ascontiguousarray(padded.reshape(lanes, LANE).T)
    sums = np.zeros(lanes, dtype=np.uint32)
    for column in columns:
        sums = _STEP[(sums ^ column) & 0xFF] ^ (sums >> np.uint32(8))
    level = 0
    while len(sums) > 1:
        tables = _shift(level)
        left, right = sums[::2], sums[1::2]
        sums = right ^ _apply(tables, left)
        level += 1
    return int(sums[0]) ^ 0xFFFFFFFF


@cache
def _shift(level: int) -> Words:
    """Four tables of 256 words that shift a sum over LANE * 2**level zero bytes, one for each of its bytes."""
    units = np.arange(256, dtype=np.uint32)[None, :] << (np.arange(4, dtype=np.uint32)[:, None] * np.uint32(8))
    if level:
        previous = _shift(level - 1)
        return _apply(previous, _apply(previous, units))
    sums = units
    for _ in range(LANE):
        sums = _STEP[sums & 0xFF] ^ (sums >> np.uint32(8))
    return sums


def _apply(tables: Words, sums: Words) -> Words:
    parts = [tables[k][(sums >> np.uint32(8 * k)) & 0xFF] for k in range(4)]
    return np.asarray(parts[0] ^ parts[1] ^ parts[2] ^ parts[3], dtype=np.uint32)
