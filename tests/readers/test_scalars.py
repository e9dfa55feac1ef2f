"""Scalars in event files: every spelling of one number, and messages that are broken."""

import struct

import pytest

from imbalance_doctor.readers._scalars import BrokenMessageError, scalars
from tests.readers.events import event, field, varint


def tensor(kind: int, number: int, payload: bytes, shape: bytes = b"") -> bytes:
    """A summary value whose tensor has a type, a shape and one field with the number."""
    inner = bytes([1 << 3]) + varint(kind) + field(2, shape) + field(number, payload)
    return field(1, b"loss") + field(8, inner)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (tensor(1, 4, struct.pack("<f", 0.5)), 0.5),
        (tensor(1, 5, struct.pack("<f", 0.25)), 0.25),
        (tensor(2, 4, struct.pack("<d", 0.125)), 0.125),
    ],
)
def test_a_tensor_of_one_number_is_a_scalar(value, expected):
    assert scalars(event(7, value)) == (7, {"loss": expected})


def test_a_tensor_of_several_numbers_and_one_of_text_are_none():
    two = field(2, bytes([1 << 3]) + varint(2))
    for value in (tensor(1, 4, struct.pack("<2f", 1, 2), two), tensor(7, 8, b"text")):
        assert scalars(event(1, value))[1] == {}


@pytest.mark.parametrize("message", [b"\x0b\x00", field(5, b"x" * 10)[:-3], b"\xff" * 12])
def test_a_message_that_is_broken_is_said(message):
    with pytest.raises(BrokenMessageError):
        scalars(message)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (tensor(3, 7, varint(12)), 12.0),
        (tensor(9, 10, varint((1 << 64) - 3)), -3.0),
    ],
)
def test_whole_numbers_packed_in_a_tensor_are_scalars(value, expected):
    assert scalars(event(1, value)) == (1, {"loss": expected})


def test_what_is_no_number_in_an_event_is_passed_over():
    assert scalars(event(1, field(1, b"note") + field(9, b"meta"))) == (1, {})


@pytest.mark.parametrize(("number", "kind"), [(7, 3), (10, 9)], ids=["int32", "int64"])
def test_a_whole_number_of_a_tensor_that_is_not_packed_is_a_scalar(number, kind):
    for raw, whole in ((varint(6), 6.0), (bytes([255] * 9 + [1]), -1.0)):
        inner = bytes([1 << 3]) + varint(kind) + varint(number << 3) + raw
        assert scalars(event(2, field(1, b"n") + field(8, inner)))[1] == {"n": whole}


def test_a_tensor_whose_bytes_are_not_one_number_is_none():
    assert scalars(event(1, tensor(1, 4, b"\0" * 8)))[1] == {}
    assert scalars(event(1, tensor(99, 4, b"\0" * 4)))[1] == {}


def test_fields_that_are_not_known_are_passed_over():
    unknown = varint(9 << 3) + varint(5)
    value = unknown + field(1, b"loss") + b"\x15" + struct.pack("<f", 0.5)
    shape = varint(3 << 3) + varint(1) + field(2, bytes([1 << 3]) + varint(1))
    one = tensor(1, 4, struct.pack("<f", 0.25), shape)
    assert scalars(event(4, value) + field(5, unknown + field(1, one))) == (4, {"loss": 0.25})
    assert scalars(event(4, value) + field(5, unknown)) == (4, {"loss": 0.5})
