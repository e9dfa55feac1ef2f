import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imbalance_doctor.batches import Table
from imbalance_doctor.errors import DoctorError, InputError, UsageError
from tests.readers.reading import complaint, names, opened, rows, small_blocks, write

TABLE = [("name", "label"), ("a", "cat"), ("b", "dog"), ("c", "cat")]


def joined(table: list[tuple[str, ...]], delimiter: str = ",", end: str = "\n") -> str:
    return "".join(delimiter.join(row) + end for row in table)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("final", [True, False], ids=["final newline", "none"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("quoted", [False, True], ids=["plain", "quoted"])
def test_the_way_a_table_is_written_changes_nothing(
    tmp_path: Path, end: str, final: bool, delimiter: str, quoted: bool
):
    table = [tuple(f'"{cell}"' for cell in row) for row in TABLE] if quoted else TABLE
    text = joined(table, delimiter, end)
    found = opened(write(tmp_path, text if final else text.removesuffix(end)))
    assert names(found) == ["name", "label"]
    assert rows(found) == TABLE[1:]


@pytest.mark.parametrize("delimiter", ["^", ":", " ", "~", "\x1f"])
def test_any_one_character_separates_columns_when_it_is_named(tmp_path: Path, delimiter: str):
    assert rows(opened(write(tmp_path, joined(TABLE, delimiter)), delimiter=delimiter)) == TABLE[1:]


@pytest.mark.parametrize("said", ["\\t", "tab", "\t"])
def test_a_tab_can_be_named_in_three_ways(tmp_path: Path, said: str):
    assert rows(opened(write(tmp_path, joined(TABLE, "\t")), delimiter=said)) == TABLE[1:]


@pytest.mark.parametrize("said", ["", "ab", '"', "\n", "§"])
def test_other_delimiters_are_wrong_usage(tmp_path: Path, said: str):
    assert "one character" in complaint(write(tmp_path, joined(TABLE)), UsageError, delimiter=said)


CELLS = [
    " spaced ", "01", "1.0", "+1", "1e3", "NA", "null", "None", "nan", "true", "-", "'", "=1+1", "#x", "\\N", "a\\b",
    "x\x85y", "x\u2028y", "x\x0by", "x\x0cy", "x\x1cy", "x\ry", "\ufeffx", "é", "e\u0301", "日本語", "😀", "[x]", "{x}",
]  # fmt: skip


def test_cells_are_text_exactly_as_in_the_file(tmp_path: Path):
    text = joined([("id", "label"), *((f"r{i}", cell) for i, cell in enumerate(CELLS))])
    assert [label for _, label in rows(opened(write(tmp_path, text)))] == CELLS


def test_an_empty_cell_is_missing_and_a_quoted_empty_one_is_empty_text(tmp_path: Path):
    assert rows(opened(write(tmp_path, 'id,label\n1,\n2,""\n,x\n'))) == [("1", None), ("2", ""), (None, "x")]


def test_quoted_cells_hold_delimiters_line_ends_and_doubled_quotes(tmp_path: Path):
    text = 'id,label\r\n1,"a,b"\r\n2,"a\nb"\r\n3,"a\r\nb"\r\n4,"say ""hi"""\r\n5,""""\r\n6,"\n\na\n\n"\r\n7,c\r\n'
    labels = ["a,b", "a\nb", "a\r\nb", 'say "hi"', '"', "\n\na\n\n", "c"]
    assert rows(opened(write(tmp_path, text))) == [(str(i), label) for i, label in enumerate(labels, 1)]


def test_another_quote_character_can_be_named(tmp_path: Path):
    text = "id,label\n1,'a,b'\n2,'it''s \"c\"'\n3,d\n"
    assert rows(opened(write(tmp_path, text), quote="'")) == [("1", "a,b"), ("2", 'it\'s "c"'), ("3", "d")]


@pytest.mark.parametrize("said", ["''", "", "§", "\n"])
def test_a_quote_is_one_character(tmp_path: Path, said: str):
    assert "a quote is one character" in complaint(write(tmp_path, joined(TABLE)), UsageError, quote=said)


LATE = "id\tlabel\n" + "".join(f"{i}\tplain text\n" for i in range(8))


@pytest.mark.parametrize("size", range(1, 90, 4))
def test_block_borders_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int):
    records = [("1", "a,b"), ("2", 'x"y"\n\nz'), ("3", None), ("4", "é😀" * 9), ("5", "\ufeffmark"), ("6", "\r\n")]
    written = [f'{i},"{(cell or "").replace(chr(34), chr(34) * 2)}"' if cell else f"{i}," for i, cell in records]
    small_blocks(monkeypatch, size)
    found = opened(write(tmp_path, "\n".join(["id,label", "0,plain", "9,\ufeffmark", *written])))
    assert rows(found) == [("0", "plain"), ("9", "\ufeffmark"), *records]


def test_quotes_that_first_appear_in_a_later_block_enclose_fields_when_well_formed(tmp_path: Path, monkeypatch):
    small_blocks(monkeypatch, 32)
    assert rows(opened(write(tmp_path, LATE + '8\t"tab\there"\n')))[-1] == ("8", "tab\there")


def test_quotes_that_first_appear_in_a_later_block_are_characters_when_they_are_not(tmp_path: Path, monkeypatch):
    small_blocks(monkeypatch, 32)
    found = rows(opened(write(tmp_path, LATE + '8\tsay "hi" to her\n9\tit is 5" long\n')))
    assert [label for _, label in found[-2:]] == ['say "hi" to her', 'it is 5" long']


def test_quotes_in_tab_separated_text_are_characters(tmp_path: Path):
    text = 'text\tlabel\n"Hello" he said\tpos\n"Yes."\tneg\nit is 5" long\tpos\n"never closed\tneg\n'
    assert rows(opened(write(tmp_path, text, "labels.tsv"))) == [
        ('"Hello" he said', "pos"), ('"Yes."', "neg"), ('it is 5" long', "pos"), ('"never closed', "neg"),
    ]  # fmt: skip


def test_quotes_within_fields_of_a_comma_separated_text_are_characters_while_none_starts_a_field(tmp_path: Path):
    assert rows(opened(write(tmp_path, 'size,label\n5" pipe,a\n6" pipe,b\n')))[0] == ('5" pipe', "a")


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_blank_lines_are_no_rows_of_a_table_of_several_columns(tmp_path: Path, end: str):
    text = end.join(["", "id,label", "", "1,a", "", "", '2,"b', "", 'c"', "", ""])
    assert rows(opened(write(tmp_path, text))) == [("1", "a"), ("2", f"b{end}{end}c")]


@pytest.mark.parametrize("delimiter", [None, ","])
def test_a_blank_line_is_a_missing_label_of_a_table_of_one_column(tmp_path: Path, delimiter: str | None):
    assert rows(opened(write(tmp_path, "label\na\n\nb\n"), delimiter=delimiter)) == [("a",), (None,), ("b",)]


def test_columns_are_streamed_in_the_order_that_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    small_blocks(monkeypatch, 32)
    table = opened(write(tmp_path, "a,b,c\n" + "".join(f"x{i},y{i},z{i}\n" for i in range(30))), header=True)
    assert isinstance(table, Table)
    found = [frame.select(["c", "a"]).row(i) for frame in table.stream(["c", "a"]) for i in range(frame.height)]
    assert found == [(f"z{i}", f"x{i}") for i in range(30)]


def test_a_cell_can_be_longer_than_a_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    small_blocks(monkeypatch, 1 << 12)
    long = "word, " * 40_000
    assert rows(opened(write(tmp_path, f'text,label\nx,y\n"{long}",a\nz,b\n'))) == [("x", "y"), (long, "a"), ("z", "b")]


def test_a_header_without_rows_is_refused(tmp_path: Path):
    assert "holds a header and no rows" in complaint(write(tmp_path, "id,label\n"), InputError)


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6) | st.sampled_from(
    ["", "a,b", 'a"b', '"', "a\nb", "a\r\nb", " ", "NA", "\ufeff"]
)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(2, 4))
    return draw(st.lists(st.lists(TEXT, min_size=width, max_size=width), min_size=1, max_size=8))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    tables(),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    st.sampled_from([",", "\t", ";", "|"]),
    st.sampled_from(["\n", "\r\n"]),
    st.integers(1, 60),
)
def test_what_the_csv_module_writes_is_read_as_it_reads_it(tmp_path, table, quoting, delimiter, end, size):
    out = io.StringIO()
    header = [f"column {i}" for i in range(len(table[0]))]
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows([header, *table])
    expected = list(csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=delimiter))
    with pytest.MonkeyPatch.context() as patch:
        small_blocks(patch, size)
        found = opened(write(tmp_path, out.getvalue()), header=True, quote='"', delimiter=delimiter)
        assert [[cell or "" for cell in row] for row in rows(found)] == expected[1:] == table


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10_000), st.sampled_from(['"', ",", "\n", "", "x"]), st.integers(0, 1), st.integers(1, 60))
def test_a_damaged_file_is_refused_or_read_as_the_csv_module_reads_it(tmp_path, at, inserted, removed, size):
    good = 'id,label,note\n1,cat,"a, b"\n2,dog,"say ""hi"""\n3,"cat","x\ny"\n' + "".join(
        f"{i},ox,z\n" for i in range(9)
    )
    at %= len(good)
    text = good[:at] + inserted + good[at + removed :]
    expected = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
    with pytest.MonkeyPatch.context() as patch:
        small_blocks(patch, size)
        try:
            found = rows(opened(write(tmp_path, text), delimiter=",", header=True))
        except DoctorError:
            return
    assert [[cell or "" for cell in row] for row in found] == expected[1:]
