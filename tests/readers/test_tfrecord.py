"""TFRecord, written here from the format's description: length, checksum, message, checksum."""

import struct

import pytest

from tests.readers.folders import asked, counted, examined, put


def crc32c(data: bytes) -> int:
    """Castagnoli's checksum bit by bit."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def masked(data: bytes) -> bytes:
    crc = crc32c(data)
    return struct.pack("<I", ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF)


def record(payload: bytes) -> bytes:
    length = struct.pack("<Q", len(payload))
    return length + masked(length) + payload + masked(payload)


def field(number: int, payload: bytes) -> bytes:
    size, parts = len(payload), bytearray([number << 3 | 2])
    while size > 127:
        parts.append(size & 127 | 128)
        size >>= 7
    return bytes([*parts, size]) + payload


def example(**features: int | str | bytes | list[int]) -> bytes:
    entries = b""
    for name, value in features.items():
        if isinstance(value, str | bytes):
            inner = field(1, field(1, value.encode() if isinstance(value, str) else value))
        else:
            inner = field(3, field(1, bytes(value if isinstance(value, list) else [value])))
        entries += field(1, field(1, name.encode()) + field(2, inner))
    return field(1, entries)


def shard(path, rows):
    return put(path, b"".join(record(example(**row)) for row in rows))


def test_the_checksum_of_this_test_is_castagnoli_s():
    assert crc32c(b"123456789") == 0xE3069283


def test_a_feature_of_integers_is_the_label(tmp_path):
    path = shard(tmp_path / "a.tfrecord", [{"label": i % 3, "image": bytes([255]) * 2000} for i in range(10)])
    assert counted(path) == {"0": 4, "1": 3, "2": 3}


def test_text_and_several_values_are_read(tmp_path):
    rows = [{"class": "cat"}, {"class": "dog"}, {"class": "cat"}]
    assert counted(shard(tmp_path / "a.tfrecord", rows), label="class") == {"cat": 2, "dog": 1}
    sets = [{"labels": [0, 1]}, {"labels": [1]}, {"labels": [1, 2]}]
    assert counted(shard(tmp_path / "b.tfrecord", sets), label="labels") == {"0": 1, "1": 3, "2": 1}


def test_several_features_are_asked_about(tmp_path):
    path = shard(tmp_path / "a.tfrecord", [{"breed": i % 4, "colour": i % 2} for i in range(20)])
    said = asked(path)
    assert "breed" in said
    assert "colour" in said


def test_damage_is_named_by_its_record(tmp_path):
    path = shard(tmp_path / "a.tfrecord", [{"label": i % 3} for i in range(10)])
    data = bytearray(path.read_bytes())
    size = len(record(example(label=0)))
    data[4 * size + 14] ^= 1
    assert "record 5" in asked(put(tmp_path / "b.tfrecord", bytes(data)))
    assert "record 10" in asked(put(tmp_path / "c.tfrecord", path.read_bytes()[:-3]))


def test_the_content_is_recognised_whatever_the_name(tmp_path):
    path = shard(tmp_path / "train-00000-of-00001", [{"label": i % 2} for i in range(4)])
    assert examined(path)[0].n_samples == 4


def test_floats_negative_numbers_and_empty_features_are_values(tmp_path):
    negative = field(3, field(1, bytes([255] * 9 + [1])))
    entries = [
        field(1, field(1, b"score") + field(2, field(2, field(1, struct.pack("<2f", 0.5, 2.0))))),
        field(1, field(1, b"label") + field(2, negative)),
        field(1, field(1, b"none") + field(2, b"")),
    ]
    path = put(tmp_path / "a.tfrecord", b"".join(record(field(1, b"".join(entries))) for _ in range(3)))
    assert counted(path, label="label") == {"-1": 3}


def test_an_empty_feature_is_a_sample_without_labels_only_among_lists(tmp_path):
    several = examined(shard(tmp_path / "a.tfrecord", [{"tags": [1, 2]}, {"tags": []}, {"tags": [2]}]))[0]
    assert (several.n_samples, several.n_unlabelled, several.n_missing) == (3, 1, 0)
    single = examined(shard(tmp_path / "b.tfrecord", [{"tags": [1]}, {"tags": []}, {"tags": [2]}, {"tags": [2]}]))[0]
    assert (single.n_samples, single.n_unlabelled, single.n_missing) == (3, 0, 1)


@pytest.mark.parametrize(
    "payload",
    [
        b"\x0b",
        field(2, b"x"),
        field(1, field(1, field(1, b"\xff") + field(2, b""))),
        field(1, field(1, field(1, b"a") + field(2, field(9, b"x")))),
        field(1, field(1, field(1, b"a") + field(2, field(2, field(1, b"abc"))))),
        b"",
    ],
)
def test_a_message_that_is_no_example_is_named_by_its_record(tmp_path, payload):
    assert "record 1" in asked(put(tmp_path / "a.tfrecord", record(payload)), input_format="tfrecord")


def test_a_length_that_is_wrong_or_beyond_the_limit_is_refused(tmp_path):
    good = record(example(label=1))
    assert "record 2" in asked(put(tmp_path / "a.tfrecord", good + good[:5]))
    assert "wrong checksum of its length" in asked(put(tmp_path / "b.tfrecord", good + b"\1" + good[1:]))
    length = struct.pack("<Q", 1 << 40)
    assert "bytes long" in asked(put(tmp_path / "c.tfrecord", length + masked(length) + bytes(50)))


def label_of(feature: bytes) -> bytes:
    """An Example with the one feature `label`."""
    return field(1, field(1, field(1, b"label") + field(2, feature)))


def test_integers_may_be_written_one_by_one(tmp_path):
    # field 1 of an Int64List as a varint each: how writers without packing do
    one, two = b"\x08\x07", b"\x08\x07\x08" + bytes([255] * 9 + [1])
    path = put(tmp_path / "a.tfrecord", b"".join(record(label_of(field(3, ids))) for ids in (one, one, two)))
    assert counted(path, label="label") == {"-1": 1, "7": 3}


def test_fields_of_later_versions_are_passed_over(tmp_path):
    later = field(9, b"later")
    example_ = field(1, field(1, field(1, b"label") + field(2, field(3, later + field(1, bytes([4]))))) + later)
    path = put(tmp_path / "a.tfrecord", record(example_) * 2)
    assert counted(path, label="label") == {"4": 2}


def test_a_feature_of_very_many_numbers_is_no_label_and_does_not_stop_the_others(tmp_path, monkeypatch):
    monkeypatch.setattr("imbalance_doctor.readers.tfrecord.MAX_VALUES", 10)
    rows = [{"pixels": [1] * 101, "counts": [2] * 11, "label": i % 2} for i in range(4)]
    assert counted(shard(tmp_path / "a.tfrecord", rows)) == {"0": 2, "1": 2}


def test_bytes_that_are_no_text_are_no_label(tmp_path):
    rows = [{"sha": b"\xff\xfe", "raw": "a\0b", "label": i % 2} for i in range(4)]
    assert counted(shard(tmp_path / "a.tfrecord", rows)) == {"0": 2, "1": 2}
    path = put(tmp_path / "b.tfrecord", record(label_of(field(1, b"\x08\x01"))) * 2)
    assert asked(path)
