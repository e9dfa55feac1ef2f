"""What is told of a damaged text while it is read, whatever the size of the blocks it is read in."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imbalance_doctor.batches import Damaged, Table
from imbalance_doctor.errors import DoctorError, InputError
from tests.readers.reading import complaint, opened, rows, small_blocks, write

HEADER = "id,label,x\n"
FILLER = "".join(f"{i},cat,{i}.5\n" for i in range(100, 130))


def read(path: Path, **said) -> tuple[list[tuple], Damaged]:
    table = opened(path, set_aside=True, header=True, **said)
    assert isinstance(table, Table)
    found = rows(table)
    assert table.damaged is not None
    return found, table.damaged


@pytest.mark.parametrize("size", [64, 200, 8 << 20])
def test_damaged_rows_are_set_aside_and_all_others_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int):
    small_blocks(monkeypatch, size, head=400)
    text = HEADER + FILLER + '1,dog\n2,"ox,2\n3,ox,"3"\nid,label,x\n' + FILLER + "4;cat;4\n" + FILLER
    found, damaged = read(write(tmp_path, text))
    assert [(row.line, row.kind) for row in damaged.rows] == [
        (32, "ragged"), (33, "quoting"), (35, "header"), (66, "delimiter"),
    ]  # fmt: skip
    assert damaged.rows[1].cells == (("2",), ("ox",), ("2",))
    assert len(found) == 91
    assert ("3", "ox", "3") in found


@pytest.mark.parametrize("size", [64, 200, 8 << 20])
@pytest.mark.parametrize(
    ("text", "kind", "n", "lines"),
    [
        (HEADER + FILLER + "\n\n" + FILLER, "blank", 2, (32,)),
        (HEADER + FILLER + "\n" + FILLER + "\n" + FILLER, "blank", 2, (32, 63)),
        (HEADER + FILLER + "# note\n" + FILLER, "comment", 1, (32,)),
        (HEADER + FILLER + "# note,a,b\n" + FILLER, "comment-row", 1, (32,)),
        (HEADER + FILLER + "Total,,60\n", "strange", 1, (32,)),
        (HEADER + FILLER + FILLER.replace("\n", "\r\n", 1), "newline", 1, (32,)),
        ((HEADER + FILLER).replace("\n", "\r\n") + "1,a,1\n", "newline", 1, (32,)),
        (HEADER + FILLER + "1,ox,1\r2,ox,2\n" + FILLER, "newline", 1, (32,)),
        ("A title\n\n" + HEADER + FILLER, "preamble", 1, (1,)),
        (HEADER + FILLER.replace("\n", ",\n"), "trailing", 1, (1,)),
        (HEADER + "1,5\" pipe,2\n" + FILLER, "stray-quote", 1, (2,)),
        (HEADER + "of it,kind,unit\n" + FILLER, "header-row", 1, (2,)),
    ],
)  # fmt: skip
def test_damage_that_takes_no_row_is_told_with_its_first_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, text: str, kind: str, n: int, lines: tuple[int, ...]
):
    small_blocks(monkeypatch, size, head=400)
    _, damaged = read(write(tmp_path, text))
    assert damaged.rows == []
    assert {kind: (seen, at[:2]) for kind, (seen, at) in damaged.marks.items()} == {kind: (n, lines)}


@pytest.mark.parametrize("size", [200, 8 << 20])
def test_rows_that_hold_their_first_cell_alone_are_told_where_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
):
    small_blocks(monkeypatch, size, head=400)
    rows = "".join(f"cat,{i},{i}.5\n" for i in range(100, 130))
    path = write(tmp_path, "label,id,x\n" + rows + "see page 2,,\r\n" + rows + "dog,,\n" + rows)
    for names, lines in ((["label"], (32, 63)), (["id"], None)):
        table = opened(path, set_aside=True, header=True)
        assert isinstance(table, Table)
        assert table.damaged is not None
        assert sum(frame.height for frame in table.stream(names)) == 92
        assert table.damaged.marks.get("note-row", (0, None))[1] == lines


@pytest.mark.parametrize(
    ("end", "n"),
    [
        ("h1,h2,h3\nv1,v2,v3\n", 2), ("h,k,l\n", 1), ("h,k,l\nv,w,x\n", 2),
        ("Total,,\n", 1), ("Total,,30\n", 1), (",,7\n", 1),
        ("NA,ox,NA\n", 0), ("9,ox,1\n", 0), ("ten,ox,1\n", 0), (",ox,\n", 1), ("", 0),
    ],
)  # fmt: skip
def test_last_rows_unlike_the_first_are_told(tmp_path: Path, end: str, n: int):
    _, damaged = read(write(tmp_path, HEADER + FILLER + end))
    assert damaged.marks.get("strange", (0,))[0] == n


@pytest.mark.parametrize(
    ("end", "n"), [("9,ca", 1), ("9,ca\n", 0), ("9,cat", 0), ("9,ox", 0), ('9,"ca', 0), ("9,", 0), ("9,at", 0)]
)
def test_a_last_label_that_may_be_cut_off_is_told(tmp_path: Path, end: str, n: int):
    text = "id,label\n" + "".join(f"{i},cat\n" for i in range(20)) + end
    table = opened(write(tmp_path, text), set_aside=True)
    assert isinstance(table, Table)
    rows(table)
    assert table.damaged is not None
    assert table.damaged.marks.get("cut", (0,))[0] == n


def test_blank_lines_at_the_start_and_the_end_are_no_damage(tmp_path: Path):
    assert read(write(tmp_path, f"\n\n{HEADER}{FILLER}\n\n\n"))[1].marks == {}


def test_a_cell_over_lines_that_look_like_rows_is_told(tmp_path: Path):
    text = HEADER + FILLER + '1,"cat,1\n2,cat,2\n3,cat",3\n' + FILLER + '9,"a, b",9\n'
    found, damaged = read(write(tmp_path, text))
    assert damaged.marks == {"swallowed": (1, (32,))}
    assert len(found) == 62


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEADER + FILLER + "\na,b\n1,2\n2,3\n3,4\n", "from line 33 on the rows have 2 fields, not 3"),
        (HEADER + FILLER + FILLER.replace(",", ";"), "from line 32 on the rows have another delimiter"),
        ("id,label\n" + FILLER, "line 1 has 2 fields, most rows below have 3"),
        ("id,label,x,y\n" + FILLER, "line 1 has 4 fields, most rows below have 3"),
    ],
)
def test_rows_of_another_table_are_asked_about(tmp_path: Path, text: str, said: str):
    assert said in complaint(write(tmp_path, text), InputError, set_aside=True, header=True, delimiter=",")


def test_damage_is_given_up_on_before_it_fills_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("imbalance_doctor.readers._damage.MAX_ROWS", 3)
    text = HEADER + FILLER + "1,a\n1,cat,1\n" * 4 + FILLER
    said = complaint(write(tmp_path, text), InputError, set_aside=True, header=True)
    assert "4 rows are not written as the first ones, the first in line 32" in said


def test_without_being_asked_for_damage_the_first_of_it_stops_the_reading(tmp_path: Path):
    assert "row 32 has 2 fields" in complaint(write(tmp_path, HEADER + FILLER + "1,dog\n" + FILLER), InputError)


few = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r#'"), max_size=6) | st.sampled_from(
    ["", "a,b", 'a"b', '"', "a\nb", " ", "NA"]
)


@few
@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8), st.integers(1, 60))
def test_a_sound_text_is_read_the_same_whether_damage_is_watched_or_not(tmp_path: Path, table, size: int):
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([["id", "label", "x"], *table])
    path = write(tmp_path, out.getvalue())
    with pytest.MonkeyPatch.context() as patch:
        small_blocks(patch, size, head=400)
        found, damaged = read(path, delimiter=",", quote='"')
    if not set(damaged.marks) & {"header-row", "header-like-row"}:
        assert found == rows(opened(path, header=True, delimiter=",", quote='"'))
        assert set(damaged.marks) <= {"swallowed"}
        assert damaged.rows == []


@few
@given(st.data(), st.integers(1, 90))
def test_every_line_of_a_damaged_text_is_read_or_told_of_whatever_the_blocks(tmp_path: Path, data, size: int):
    text = HEADER + FILLER + '1,"a, b",2\n2,"c ""d""",3\n'
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(len(HEADER + FILLER) // 2, len(text)))
        text = (
            text[:at]
            + data.draw(st.sampled_from(['"', ",", "\n", "", "x", ";"]))
            + text[at + data.draw(st.integers(0, 1)) :]
        )
    path = write(tmp_path, text)
    seen = []
    for blocks in (size, 8 << 20):
        with pytest.MonkeyPatch.context() as patch:
            small_blocks(patch, blocks, head=len(text))
            try:
                found, damaged = read(path, delimiter=",", quote='"')
            except DoctorError as error:
                seen.append(error.message)
                continue
        seen.append((found, damaged.rows, damaged.marks))
        lines = sum(1 + sum((cell or "").count("\n") for cell in row) for row in found) + len(damaged.rows)
        taken = {"blank", "comment", "header-row", "preamble"}
        assert lines + sum(n for kind, (n, _) in damaged.marks.items() if kind in taken) >= text.rstrip().count("\n")
    assert seen[0] == seen[1]


@pytest.mark.parametrize("size", range(20, 80, 7))
def test_where_a_block_ends_among_blank_lines_changes_nothing(tmp_path: Path, monkeypatch, size: int):
    small_blocks(monkeypatch, size, head=60)
    found, damaged = read(write(tmp_path, "id,label,x\n1,a,1\n2,b,2\n" + "\n" * 90 + "3,c,3\n\n4,d,4\n" + "\n" * 90))
    assert [row[0] for row in found] == ["1", "2", "3", "4"]
    assert damaged.marks["blank"] == (91, (4, 95))


def test_text_that_looks_like_the_header_inside_a_row_is_a_row(tmp_path: Path):
    found, damaged = read(write(tmp_path, "id,label,x\nid,a,b\ngrid,label,x\n1,cat,2\nid,label,x\n"))
    assert [row[0] for row in found] == ["id", "grid", "1"]
    assert [(row.line, row.kind) for row in damaged.rows] == [(5, "header")]


def test_a_block_with_damage_tells_of_all_kinds_of_it(tmp_path: Path):
    text = HEADER + FILLER + '1,ox\n# note,a,b\n1,"cat,1\n2,cat,2\n3,cat",3\n' + FILLER
    found, damaged = read(write(tmp_path, text))
    assert [(row.line, row.kind) for row in damaged.rows] == [(32, "ragged")]
    assert damaged.marks == {"comment-row": (1, (33,)), "swallowed": (1, (34,))}
    assert len(found) == 62


def test_a_cell_over_lines_is_one_value_where_a_line_is_a_value(tmp_path: Path):
    table = opened(write(tmp_path, 'label\n"a\nb"\nc\nc\n', "labels.txt"), set_aside=True, header=True)
    assert rows(table) == [("a\nb",), ("c",), ("c",)]


def test_a_last_line_cut_within_its_line_end_is_named(tmp_path: Path):
    found, damaged = read(write(tmp_path, (HEADER + FILLER).replace("\n", "\r\n") + "1,cat,1\r"))
    assert found[-1] == ("1", "cat", "1")
    assert damaged.marks == {"newline": (1, (32,))}


def test_a_quote_is_given_up_on_before_it_swallows_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    small_blocks(monkeypatch, 64, head=60)
    monkeypatch.setattr("imbalance_doctor.readers._rows.MAX_QUOTED", 200)
    found, damaged = read(write(tmp_path, HEADER + FILLER + '1,"ox,2\n' + FILLER * 4))
    assert [(row.line, row.kind) for row in damaged.rows] == [(32, "quoting")]
    assert len(found) == 30 * 5


def test_single_quotes_that_do_not_make_the_rows_regular_enclose_nothing(tmp_path: Path):
    found, damaged = read(write(tmp_path, "id,label,x\n" + "1,'a',1\n" * 9 + "2,'b'\n"))
    assert found == [("1", "'a'", "1")] * 9
    assert [(row.line, row.kind) for row in damaged.rows] == [(11, "ragged")]
