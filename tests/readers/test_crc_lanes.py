"""The checksum in lanes is the plain one, for every length around the sizes that matter."""

import random

import pytest

from imbalance_doctor.readers._crc32c import crc32c
from imbalance_doctor.readers._crc_lanes import LANE, SHORT, long


@pytest.mark.parametrize("length", [4, LANE - 1, LANE, LANE + 1, SHORT - 1, SHORT, SHORT + 1, 5 * LANE + 3, 20_000])
def test_long_data_have_the_checksum_of_the_plain_loop(length):
    data = random.Random(length).randbytes(length)
    assert long(data) == crc32c(data)


def test_the_known_value_of_a_repeated_text():
    assert crc32c(b"123456789") == 0xE3069283
    assert long(b"\0" * 4 + b"123456789" * 500) == crc32c(b"\0" * 4 + b"123456789" * 500)
