"""Logs in delimited text."""

import csv
from pathlib import Path

import pytest

from imbalance_doctor.history.records import NEW_RUN
from tests.readers.logs import read

GROWING = "the last line is unfinished and was left out: the log may be growing"


def test_a_trailing_comma_is_no_column(tmp_path: Path) -> None:
    log, records = read(tmp_path, "epoch,loss,accuracy,\r\n1,0.5,0.6,\r\n2,0.4,0.7,\r\n")
    assert records == [
        {"epoch": "1", "loss": "0.5", "accuracy": "0.6"},
        {"epoch": "2", "loss": "0.4", "accuracy": "0.7"},
    ]
    assert log.notes == []


def test_blanks_of_a_ragged_log_are_no_values(tmp_path: Path) -> None:
    _, records = read(tmp_path, "epoch,step,train_loss,val_loss\n0,9,,0.6\n0,9,0.5,\n")
    assert records == [{"epoch": "0", "step": "9", "val_loss": "0.6"}, {"epoch": "0", "step": "9", "train_loss": "0.5"}]


def test_a_padded_header_and_a_printed_table_are_read(tmp_path: Path) -> None:
    padded = read(tmp_path, "   epoch,   train/box_loss,  lr/pg0\n    0,     0.69, 0.01\n")[1]
    assert padded == [{"epoch": "0", "train/box_loss": "0.69", "lr/pg0": "0.01"}]
    printed = read(tmp_path, "epoch  train_loss  valid_loss  time\n0      0.6931      0.70        00:12\n")[1]
    assert printed == [{"epoch": "0", "train_loss": "0.6931", "valid_loss": "0.70", "time": "00:12"}]


def test_a_repeated_header_begins_a_run(tmp_path: Path) -> None:
    _, records = read(tmp_path, "epoch,loss\n1,0.5\nepoch,loss\n1,0.4\n")
    assert [NEW_RUN in record for record in records] == [False, True]


@pytest.mark.parametrize("end", ["3", "3,0.", "3,0.4444,", "3,0.4444,0.7"])
def test_an_unfinished_last_row_is_left_out_and_said(tmp_path: Path, end: str) -> None:
    log, records = read(tmp_path, f"epoch,loss,acc\n1,0.6931,0.5000\n2,0.5000,0.6000\n{end}")
    assert len(records) == 2
    assert log.notes == [GROWING]


def test_a_whole_last_row_without_a_line_end_is_kept(tmp_path: Path) -> None:
    assert len(read(tmp_path, "epoch,loss\n1,0.6931\n2,0.5000")[1]) == 2


def test_rows_of_another_width_are_left_out_and_counted(tmp_path: Path) -> None:
    log, records = read(tmp_path, "epoch,loss\n1,0.6\n2,0.5,9\n3,0.4\n")
    assert len(records) == 2
    assert log.notes == ["1 lines with another number of cells than the header were left out"]


def test_quotes_enclose_names_and_cells(tmp_path: Path) -> None:
    text = '"epoch","loss","note"\n\n1,"0.5","a, b"\n\n2,0.4,"c"\n'
    assert read(tmp_path, text)[1] == [
        {"epoch": "1", "loss": "0.5", "note": "a, b"},
        {"epoch": "2", "loss": "0.4", "note": "c"},
    ]


def test_a_cell_beyond_what_the_csv_module_takes_stays_as_it_is(tmp_path: Path) -> None:
    before = csv.field_size_limit(100)
    try:
        records = read(tmp_path, f'epoch,loss,note\n1,0.5,a\n2,0.4,"{"x" * 101}"\n')[1]
    finally:
        csv.field_size_limit(before)
    assert records[1]["note"] == '"' + "x" * 101 + '"'


def test_a_log_whose_lines_end_in_carriage_returns_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, "epoch,loss\r1,0.5\r2,0.4\r")[1] == [
        {"epoch": "1", "loss": "0.5"},
        {"epoch": "2", "loss": "0.4"},
    ]
