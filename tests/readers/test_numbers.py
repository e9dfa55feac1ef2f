from pathlib import Path

import pytest

from imbalance_doctor.errors import InputError
from imbalance_doctor.readers.numbers import claims
from tests.readers.reading import cells, chosen, complaint, opened, write
from tests.v2ex import COUNTS

FEW = ["656", "122", "380", "12597"]
PASTED = [
    "656, 122, 380, 12597",
    "656 122 380 12597\n",
    "656,122,380,12597",
    "656;122;380;12597",
    "656 | 122 | 380 | 12597",
    "656\t122\t380\t12597",
    "[656, 122, 380 , 12597 ] ",
    "(656, 122, 380, 12597)",
    "[  656   122\n   380 12597]",
    "656, 122,\n380, 12597\n",
    "656, 122,\r\n380,\r\n12597",
    "\n\n656 122 380 12597\n\n",
]


@pytest.mark.parametrize("text", PASTED)
@pytest.mark.parametrize("name", ["x.txt", "counts", "x.csv"])
def test_a_pasted_list_is_one_column_of_whole_numbers(tmp_path: Path, text: str, name: str):
    path = write(tmp_path, text, name)
    if text.startswith("[656,"):
        assert chosen(path)[0] == "json", "a JSON array is a list as well"
    else:
        assert chosen(path)[0] == "numbers"
    assert opened(path).pasted
    assert cells(opened(path)) == FEW


def test_the_120_counts_of_the_first_story_are_a_pasted_list(tmp_path: Path):
    text = ", ".join(map(str, COUNTS))
    assert cells(opened(write(tmp_path, text, "counts.txt"))) == [str(n) for n in COUNTS]


def test_numbers_keep_every_digit(tmp_path: Path):
    assert cells(opened(write(tmp_path, "9007199254740993 007 18446744073709551616", "x.txt"))) == [
        "9007199254740993", "007", "18446744073709551616",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "1 5\n3\n2 7 8\n",
        "1,5\n3\n2,7,8\n",
        "1,5\n3,4\n",
        "[1, 5]\n[3]\n[2, 7, 8]\n",
        "1\n2\n3\n",
        "1.5 2.5",
        "-1 2",
        "1e3 4",
        "656 samples, 122 samples",
        "",
        " ",
        "[]",
        "3[4]",
        "[3][4]",
        "[[1, 2]]",
        "1] 2",
        "5",
    ],
)
def test_lines_that_can_be_samples_and_other_text_are_not_taken_for_a_pasted_list(text: str):
    assert not claims(text)


@pytest.mark.parametrize("text", ["12,597, 6,712, 122", "12,597 6,712", "122, 12,597,\n6,712", "1,234,567; 4"])
def test_thousands_separators_are_not_guessed(tmp_path: Path, text: str):
    assert "thousands separator" in complaint(write(tmp_path, text, "x.txt"), InputError, input_format="numbers")


@pytest.mark.parametrize("text", ["656,122,380", "12,597", "100, 200, 300", "1,234,567,8", "0,123, 4,567"])
def test_commas_that_only_separate_are_no_thousands_separators(tmp_path: Path, text: str):
    found = cells(opened(write(tmp_path, text, "x.txt"), input_format="numbers"))
    assert found == text.replace(" ", "").split(",")


def test_other_text_under_this_format_is_refused(tmp_path: Path):
    assert "more than whole numbers" in complaint(
        write(tmp_path, "1, 2, a", "x.txt"), InputError, input_format="numbers"
    )
