"""TFRecord files of tf.train.Example messages: one record is one sample, its features are the columns.

A feature with one value a record is a column of numbers or text, with several a column of lists; bytes that are no
short text, such as images, are stepped over. An empty feature is missing, or, in a column of lists, a sample without
labels. Both checksums of every record are verified: damage ends the reading with the number of the record. Which
feature is the label is found as in any table, or named with `--label`.

Example: `imbalance-doctor analyze train-00000-of-00010.tfrecord --label image/class/label`

Reference: tensorflow/core/lib/io/record_writer.h; tensorflow/core/example/{example,feature}.proto.
"""

import struct
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from ..batches import HEAD_ROWS, Table
from ..errors import InputError, RefusedError
from ..plugins import Reader
from ._crc_lanes import masked
from ._records import Number, table
from ._scalars import BrokenMessageError, _fields, _varint
from ._source import Options, Source, _Checked

READER = Reader("tfrecord", (".tfrecord", ".tfrecords", ".tfrec"))
HEADER = 12
MAX_RECORD = 1 << 30
MAX_TEXT = 1000
"""Bytes of a feature above which it is no label."""
MAX_VALUES = 10_000
"""Values of a feature above which they are no labels."""
INT64, FLOAT, BYTES = 3, 2, 1
"""Fields of tf.train.Feature."""


def claims_head(head: bytes) -> bool:
    """Whether the bytes start with a record: its length and the sum of its length agree."""
    return len(head) >= HEADER and masked(head[:8]) == struct.unpack("<I", head[8:HEADER])[0]


def read(source: Source, options: Options) -> Table:
    """The samples. Raises InputError for a damaged or unfinished record, and for messages that are no Example."""
    return table(_settled(_samples(source)), source.name, source.notes)


def _settled(samples: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """An empty feature is a sample without labels where others of its name hold several, and else a missing one."""
    head = list(islice(samples, HEAD_ROWS))
    lists = {name for sample in head for name, value in sample.items() if isinstance(value, list) and value}
    for sample in chain(head, samples):
        yield {name: None if value == [] and name not in lists else value for name, value in sample.items()}


def _samples(source: Source) -> Iterator[dict[str, Any]]:
    for number, payload in enumerate(_records(source.open(), source.name), 1):
        try:
            features = dict(_example(payload))
        except BrokenMessageError as error:
            raise InputError(
                f"{source.name}: record {number:,} is no tf.train.Example: {error}",
                "for the event file of a training run: imbalance-doctor history FILE",
            ) from None
        if not features and number == 1:
            raise InputError(
                f"{source.name}: record 1 has no features, it is no tf.train.Example",
                "for the event file of a training run: imbalance-doctor history FILE",
            )
        yield features


def _records(stream: _Checked, name: str) -> Iterator[bytes]:
    """The payloads. Raises InputError with the number of the record for a wrong sum or a cut record."""
    number = 0
    while header := stream.read(HEADER):
        number += 1
        if len(header) < HEADER or masked(header[:8]) != struct.unpack("<I", header[8:])[0]:
            what = "is cut off" if len(header) < HEADER else "has a wrong checksum of its length"
            raise InputError(f"{name}: record {number:,} {what}", "the file is damaged: copy it again")
        (length,) = struct.unpack("<Q", header[:8])
        if length > MAX_RECORD:
            raise RefusedError(f"{name}: record {number:,} is {length:,} bytes long", "write smaller records")
        payload, sum_ = stream.read(length), stream.read(4)
        if len(payload) < length or len(sum_) < 4:
            raise InputError(f"{name}: record {number:,} is cut off", "the file is damaged: copy it again")
        if masked(payload) != struct.unpack("<I", sum_)[0]:
            raise InputError(f"{name}: record {number:,} has a wrong checksum", "the file is damaged: copy it again")
        yield payload


def _example(message: bytes) -> Iterator[tuple[str, Any]]:
    """Names and values of the features of an Example, in the order of their names."""
    found: dict[str, Any] = {}
    for number, features in _fields(message):
        if number != 1 or not isinstance(features, bytes):
            raise BrokenMessageError(f"it has a field {number}")
        for entry, pair in _fields(features):
            if entry == 1 and isinstance(pair, bytes):
                name, value = _feature(pair)
                found[name] = value
    yield from sorted(found.items())


def _feature(pair: bytes) -> tuple[str, Any]:
    """A name and what it holds: a value, or a list of none or several; a dict stands for what can be no label."""
    parts = {number: value for number, value in _fields(pair) if isinstance(value, bytes)}
    try:
        name = parts.get(1, b"").decode()
    except UnicodeDecodeError:
        raise BrokenMessageError("the name of a feature is not UTF-8") from None
    values: list[Any] = []
    for kind, items in _fields(parts.get(2, b"")):
        if kind not in (BYTES, FLOAT, INT64) or not isinstance(items, bytes):
            raise BrokenMessageError(f"the feature {name!r} has a field {kind}")
        if kind != BYTES and len(items) > 10 * MAX_VALUES:
            return name, {}
        for number, item in _fields(items):
            if number == 1:
                values += _text(item) if kind == BYTES else _numbers(item, kind)
    if any(isinstance(value, dict) for value in values) or len(values) > MAX_VALUES:
        return name, {}
    return name, values[0] if len(values) == 1 else values


def _text(item: int | bytes) -> list[Any]:
    if not isinstance(item, bytes) or len(item) > MAX_TEXT:
        return [{}]
    try:
        text = item.decode()
    except UnicodeDecodeError:
        return [{}]
    return [text if "\0" not in text else {}]


def _numbers(item: int | bytes, kind: int) -> list[Number]:
    """The numbers of a list, packed or not, as exact text."""
    if kind == FLOAT:
        if not isinstance(item, bytes) or len(item) % 4:
            raise BrokenMessageError("a float is not four bytes")
        return [Number(repr(value)) for (value,) in struct.iter_unpack("<f", item)]
    if isinstance(item, int):
        return [_signed(item)]
    found, at = [], 0
    while at < len(item):
        value, at = _varint(item, at)
        found.append(_signed(value))
    return found


def _signed(value: int) -> Number:
    return Number(value - (1 << 64) if value >> 63 else value)
