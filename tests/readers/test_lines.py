from pathlib import Path

import pytest

from imbalance_doctor.errors import InputError
from tests.awkward import NAMES
from tests.readers.reading import cells, chosen, complaint, names, opened, write


def test_a_line_is_a_label_whatever_characters_it_holds(tmp_path: Path):
    labels = [name for name in NAMES if "\n" not in name and name]
    found = opened(write(tmp_path, "".join(f"{label}\n" for label in labels)), input_format="lines", header=False)
    assert cells(found) == labels


@pytest.mark.parametrize("separator", ["\x1f", "\t", ",", ";", "|", "\x1c"])
def test_no_character_separates_columns(tmp_path: Path, separator: str):
    lines = [f"a{separator}b", "c", f"a{separator}b{separator}d"]
    assert cells(opened(write(tmp_path, "\n".join(lines), "x.labels"), header=False)) == lines


def test_a_blank_line_is_a_missing_label(tmp_path: Path):
    assert cells(opened(write(tmp_path, "\ncat\n\ndog\n\n", "x.labels"), header=False)) == [
        None,
        "cat",
        None,
        "dog",
        None,
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_line_ends_are_no_part_of_a_label(tmp_path: Path, end: str):
    assert cells(opened(write(tmp_path, end.join(["cat", "", "dog"]), "x.lst"), header=False)) == ["cat", None, "dog"]


def test_quotes_are_characters_unless_one_is_named(tmp_path: Path):
    path = write(tmp_path, '"a\nb"\n"c"\n', "x.labels")
    assert cells(opened(path, header=False)) == ['"a', 'b"', '"c"']
    assert cells(opened(path, header=False, quote='"')) == ["a\nb", "c"]


def test_a_header_is_recognised_or_named(tmp_path: Path):
    path = write(tmp_path, "label\ncat\ndog\ncat\n", "x.labels")
    assert (names(opened(path)), cells(opened(path))) == (["label"], ["cat", "dog", "cat"])
    assert cells(opened(path, header=False)) == ["label", "cat", "dog", "cat"]
    assert opened(write(tmp_path, "cat\ndog\n", "y.labels")).header is None


@pytest.mark.parametrize("name", ["lines", "text"])
def test_the_format_has_two_names(tmp_path: Path, name: str):
    path = write(tmp_path, "a,b\na,b\nc,d\n")
    assert chosen(path, input_format=name)[0] == "lines"
    assert cells(opened(path, input_format=name, header=False)) == ["a,b", "a,b", "c,d"]


def test_an_empty_file_and_one_of_blank_lines_hold_no_labels(tmp_path: Path):
    assert "is empty" in complaint(write(tmp_path, "", "x.labels"), InputError)
    assert "is empty" in complaint(write(tmp_path, "\n \n\n", "x.labels"), InputError)
