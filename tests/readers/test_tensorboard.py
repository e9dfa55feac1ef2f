"""Event files of TensorBoard, damaged and whole."""

from pathlib import Path

import pytest

from imbalance_doctor.errors import InputError
from imbalance_doctor.readers._crc32c import crc32c
from tests.readers.events import START, event, field, record, simple, tensor
from tests.readers.logs import read


def test_the_checksum_is_that_of_rfc_3720() -> None:
    assert crc32c(b"123456789") == 0xE3069283
    assert crc32c(bytes(32)) == 0x8A9136AA
    assert crc32c(b"\xff" * 32) == 0x62A8AB43


def test_scalars_and_tensors_of_one_element_are_read(tmp_path: Path) -> None:
    content = (
        START
        + record(event(3, simple("loss", 0.5), tensor("epoch_accuracy", 0.25)))
        + record(event(300, simple("loss", float("nan"))))
    )
    log, records = read(tmp_path, content)
    assert records[0] == {"step": 3.0, "loss": 0.5, "epoch_accuracy": 0.25}
    assert records[1]["step"] == 300.0
    assert records[1]["loss"] != records[1]["loss"]
    assert log.n_records == 3


def test_graphs_are_stepped_over(tmp_path: Path) -> None:
    log, records = read(tmp_path, START + record(field(4, bytes(200_000))) + record(event(1, simple("loss", 0.5))))
    assert records == [{"step": 1.0, "loss": 0.5}]
    assert log.notes == []


def test_a_damaged_record_ends_the_file_with_a_count(tmp_path: Path) -> None:
    bad = bytearray(record(event(2, simple("loss", 0.5))))
    bad[20] ^= 1
    good = record(event(1, simple("loss", 0.5)))
    log, records = read(tmp_path, START + good + bytes(bad) + good)
    assert len(records) == 1
    place = f"the record at byte {len(START + good):,} is damaged after 2 records"
    assert log.notes == [f"{place}, and {len(good)} bytes behind it were not read"]


def test_a_cut_record_is_a_growing_log(tmp_path: Path) -> None:
    good = record(event(1, simple("loss", 0.5)))
    for cut in (5, 14, len(good) - 1):
        log, records = read(tmp_path, START + good + good[:cut])
        assert len(records) == 1
        assert log.notes == ["the last record is unfinished after 2 records: the log may be growing"]


def test_a_damaged_first_record_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="damaged"):
        read(tmp_path, START[:30] + b"\0" + START[31:])


def test_a_length_that_is_damaged_ends_the_file_with_what_is_lost(tmp_path: Path) -> None:
    good = record(event(1, simple("loss", 0.5)))
    bad = b"\1" + good[1:]
    log, records = read(tmp_path, START + good + bad + good)
    assert len(records) == 1
    place = f"the length of the record at byte {len(START + good):,} is damaged after 2 records"
    assert log.notes == [f"{place}, and {len(bad + good) - 12:,} bytes behind it were not read"]


def test_a_graph_that_is_cut_is_a_growing_log(tmp_path: Path) -> None:
    good = record(event(1, simple("loss", 0.5)))
    log, records = read(tmp_path, START + good + record(field(4, bytes(200_000)))[:-50])
    assert len(records) == 1
    assert log.notes == ["the last record is unfinished after 2 records: the log may be growing"]


def test_a_message_that_is_no_event_ends_the_file(tmp_path: Path) -> None:
    log, records = read(tmp_path, START + record(event(1, simple("loss", 0.5))) + record(b"\x0b\x00"))
    assert len(records) == 1
    assert "holds no event" in log.notes[0]
