"""The text of the extreme classification repository; what it should say is counted by eye."""

from pathlib import Path

import pytest

from imbalance_doctor.errors import RefusedError
from imbalance_doctor.readers import xc_text
from tests.readers.labelled import counted, examined, in_small_blocks, refused
from tests.readers.reading import chosen, write

TEXT = "4 6 5\n0,3 1:0.5 4:1\n3 0:2\n 2:0.25 5:1\n3,1,0 1:1\n"


def test_the_first_line_declares_the_classes_those_without_samples_too(tmp_path: Path) -> None:
    labels = examined(tmp_path, TEXT, "train.txt")
    assert {row.name: row.count for row in labels.classes} == {"0": 2, "1": 1, "2": 0, "3": 3, "4": 0}
    assert (labels.n_rows, labels.n_unlabelled, labels.task) == (4, 1, "multilabel")


def test_more_than_ten_classes_keep_their_order(tmp_path: Path) -> None:
    assert list(counted(tmp_path, "1 2 12\n11,2 0:1\n", "a.xc")) == [str(i) for i in range(12)]


@pytest.mark.parametrize("size", [1, 8, 25])
def test_the_size_of_the_blocks_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    in_small_blocks(monkeypatch, size)
    assert counted(tmp_path, TEXT, "a.xc") == {"0": 2, "1": 1, "2": 0, "3": 3, "4": 0}


def test_a_sample_may_have_neither_labels_nor_features(tmp_path: Path) -> None:
    assert examined(tmp_path, "3 2 2\n0 1:1\n\n1\n", "a.xc").n_unlabelled == 1


@pytest.mark.parametrize(("said", "text"), [("5", TEXT.replace("4 6 5", "5 6 5")), ("3", TEXT.replace("4 6", "3 6"))])
def test_more_or_fewer_samples_than_the_first_line_says_is_an_error(tmp_path: Path, said: str, text: str) -> None:
    assert f"holds 4 samples, its first line says {said}" in refused(tmp_path, text, "a.xc")


def test_a_label_that_is_not_declared_is_named_with_its_line(tmp_path: Path) -> None:
    said = refused(tmp_path, "2 6 3\n0,2 1:0.5\n1,3 0:2\n", "a.xc")
    assert "line 3 ('1,3 0:2') has a label above 2" in said


@pytest.mark.parametrize(
    "text", ["0,1 1:1\n", "2 3\n0 1:1\n", "x 6 5\n0 1:1\n", "1 -2 5\n0 1:1\n"], ids=["none", "two", "text", "negative"]
)
def test_a_first_line_without_the_three_numbers_is_an_error(tmp_path: Path, text: str) -> None:
    assert "line 1 does not hold the numbers" in refused(tmp_path, text, "a.xc", input_format="xc")


@pytest.mark.parametrize("line", ["a 1:1", "0 1:x", "0, 1:1", "01 1:1", "0.5 1:1", "-1 1:1"])
def test_a_line_that_is_not_labels_and_features_is_named(tmp_path: Path, line: str) -> None:
    said = refused(tmp_path, f"2 6 5\n0 1:1\n{line}\n", "a.xc")
    assert f"line 3 ({line!r}) is not labels and features" in said


def test_a_header_alone_is_an_error(tmp_path: Path) -> None:
    assert "holds no sample, its first line says 0" in refused(tmp_path, "0 6 5\n", "a.xc", input_format="xc")
    assert "holds 0 samples, its first line says 7" in refused(tmp_path, "7 6 5\n", "a.xc", input_format="xc")


def test_a_number_of_classes_that_no_memory_holds_is_refused(tmp_path: Path) -> None:
    said = refused(tmp_path, "1 1 999999999999\n0 1:1\n", "a.xc", RefusedError)
    assert "declares 999,999,999,999 classes" in said


def test_the_content_is_recognised_whatever_the_name(tmp_path: Path) -> None:
    assert chosen(write(tmp_path, TEXT, "train.txt"))[0] == "xc"


@pytest.mark.parametrize("text", ["1 2 3\n4 5 6\n", "1 2 3\n", "4 6\n0 1:1\n", "4 6 5\n0 one:two\n", "1 2 3\n\n", ""])
def test_tables_of_numbers_are_not_taken_for_it(text: str) -> None:
    assert not xc_text.claims(text)
