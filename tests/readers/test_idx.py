"""IDX: a vector of whole numbers is labels, more dimensions are images, and the length has to be there."""

import gzip
import struct

import pytest

from tests.readers.folders import asked, counted, put


def idx(values: bytes, kind: int = 8, shape: tuple[int, ...] = ()) -> bytes:
    sizes = shape or (len(values),)
    return bytes([0, 0, kind, len(sizes)]) + struct.pack(f">{len(sizes)}I", *sizes) + values


def test_bytes_are_class_ids(tmp_path):
    path = put(tmp_path / "train-labels-idx1-ubyte", idx(bytes([0, 1, 1, 7, 7, 7])))
    assert counted(path) == {"0": 1, "1": 2, "7": 3}


def test_a_compressed_file_and_wider_integers_are_read(tmp_path):
    data = idx(struct.pack(">4i", 300, 300, 5, 300), kind=0x0C, shape=(4,))
    assert counted(put(tmp_path / "labels-idx1-int.gz", gzip.compress(data))) == {"5": 1, "300": 3}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (idx(bytes(18), shape=(2, 3, 3)), "images"),
        (idx(bytes(3), shape=(10,)), "10"),
        (idx(bytes(12), shape=(10,)), "10"),
        (idx(struct.pack(">2f", 1, 2), kind=0x0D, shape=(2,)), "float"),
    ],
)
def test_images_floats_and_a_length_that_is_not_there_are_refused(tmp_path, content, said):
    assert said in asked(put(tmp_path / "x-idx1-ubyte", content))


def test_signed_and_short_integers_and_a_broken_head_are_told_apart(tmp_path):
    signed = idx(struct.pack(">3b", -1, 4, 4), kind=9, shape=(3,))
    assert counted(put(tmp_path / "a-idx1", signed), input_format="idx") == {"-1": 1, "4": 2}
    for content in (
        b"\0\0\x08",
        bytes([0, 0, 8, 1, 0]),
        bytes([0, 0, 7, 1, 0, 0, 0, 1, 1]),
        bytes([0, 0, 8, 99]) + bytes(400),
    ):
        assert asked(put(tmp_path / "b-idx1", content), input_format="idx")


def test_labels_are_read_in_blocks(tmp_path, monkeypatch):
    monkeypatch.setattr("imbalance_doctor.readers.idx.BLOCK_ROWS", 2)
    assert counted(put(tmp_path / "t10k-labels-idx1-ubyte", idx(bytes([3, 3, 4, 3, 5])))) == {"3": 3, "4": 1, "5": 1}
