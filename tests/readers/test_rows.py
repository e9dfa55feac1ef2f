from pathlib import Path

import pytest

from imbalance_doctor.batches import Table
from imbalance_doctor.errors import InputError
from tests.readers.reading import complaint, opened, rows, small_blocks, write


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('id,label\n"1","a"\n"2","b" c\n"3","c"\n', 3),
        ('id,label\n1,a\n2,x "y"\n3,"c"\n', 3),
        ('"id","label"\n\n"1","a\nb"\n"2","say "hi" twice"\n', 5),
        ('id,label\n1,"a"\rx\n2,b\n', 2),
    ],
)
def test_a_broken_quote_among_quoted_fields_is_refused_with_its_line(tmp_path: Path, text: str, line: int):
    said = complaint(write(tmp_path, text), InputError)
    assert f"line {line} holds a quote" in said
    assert "--quote none" in said


def test_a_broken_quote_in_a_later_block_is_refused_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    small_blocks(monkeypatch, 32)
    text = "id\tlabel\n" + "".join(f'{i}\t"a"\n' for i in range(20)) + '20\tsay "hi" to her\n'
    assert "line 22 holds a quote" in complaint(write(tmp_path, text), InputError)


def test_quotes_that_change_their_meaning_in_a_later_block_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    small_blocks(monkeypatch, 32)
    text = "id,label\n" + "".join(f'{i},5" pipe\n' for i in range(8)) + '8,"a"\n'
    assert "quotes enclose fields after line" in complaint(write(tmp_path, text), InputError)


def test_said_to_be_ordinary_characters_quotes_stay_in_the_cells(tmp_path: Path):
    assert rows(opened(write(tmp_path, 'id,label\n"1","a"\n"2","b" c\n'), quote="none")) == [
        ('"1"', '"a"'),
        ('"2"', '"b" c'),
    ]


def test_a_quote_that_is_never_closed_is_named_with_its_row_and_line(tmp_path: Path):
    said = complaint(write(tmp_path, 'id,label\n1,a\n\n2,"b\n3,c\n'), InputError)
    assert "a quote opened in row 3 (line 4) is never closed" in said


def test_a_quote_is_given_up_before_it_swallows_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    small_blocks(monkeypatch, 64)
    monkeypatch.setattr("imbalance_doctor.readers._rows.MAX_QUOTED", 200)
    text = "id,label\n" + "".join(f"{i},a\n" for i in range(20)) + '20,"' + "b\n" * 400
    assert "a quote opened in row 22 is not closed within 200 bytes" in complaint(write(tmp_path, text), InputError)


FILLER = "".join(f"{i},a\n" for i in range(30))
QUOTED = "".join(f'{i},"a"\n' for i in range(30))


@pytest.mark.parametrize("filler", [FILLER, QUOTED], ids=["plain", "quoted"])
@pytest.mark.parametrize("blocks", [8 << 20, 64], ids=["one block", "later block"])
@pytest.mark.parametrize(
    ("row", "fields"), [("30", "1 field"), ("30,a,b", "3 fields"), ('30,"a",b', "3 fields"), (",,", "3 fields")]
)
def test_a_ragged_row_is_refused_with_its_number(tmp_path: Path, monkeypatch, filler, blocks, row, fields):
    small_blocks(monkeypatch, blocks)
    said = complaint(write(tmp_path, f"id,label\n{filler}{row}\n31,a\n"), InputError)
    assert f"row 32 has {fields}, the first row has 2" in said
    assert "--delimiter" in said


@pytest.mark.parametrize("filler", [FILLER, QUOTED], ids=["plain", "quoted"])
def test_a_short_row_cannot_make_up_for_a_long_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filler: str):
    small_blocks(monkeypatch, 64)
    path = write(tmp_path, f"id,label\n{filler}30,a,b\n31\n32,c\n")
    table = opened(path)
    assert isinstance(table, Table)
    with pytest.raises(InputError, match="row 32 has 3 fields"):
        list(table.stream(["id"]))


def test_a_ragged_row_behind_blank_lines_and_line_ends_in_cells_is_named_with_its_line_too(tmp_path: Path):
    text = 'id,label\n1,"a\nb"\n\n\n2,c\n' + FILLER + "3\n"
    assert "row 34 (line 37) has 1 field" in complaint(write(tmp_path, text), InputError)


def test_a_last_row_that_is_cut_off_is_named(tmp_path: Path):
    assert "row 3 has 1 field, the first row has 2" in complaint(write(tmp_path, "id,label\n1,a\n2"), InputError)
