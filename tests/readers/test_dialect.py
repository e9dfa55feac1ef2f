import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imbalance_doctor.errors import InputError, UsageError
from imbalance_doctor.readers._dialect import Dialect, quoting, sniff
from imbalance_doctor.readers._quotes import fields, rows, torn_rows, violation, without_quoted
from imbalance_doctor.readers._source import Options


def found(text: str, suffix: str = ".txt", **said: object) -> Dialect:
    return sniff(text.encode(), Options(**said), suffix, "x")


@pytest.mark.parametrize(
    ("text", "suffix", "delimiter"),
    [
        ("a,b\nc,d\n", ".csv", ","),
        ("a\tb\nc\td\n", ".csv", "\t"),
        ("a;b\nc;d\n", ".csv", ";"),
        ("a|b\nc|d\n", ".txt", "|"),
        ("a,b;c\nd,e;f\n", ".csv", ","),
        ("a,b\tc\nd\te,f,g\n", ".tsv", "\t"),
        ("a,b|c\nd,e|f\n", ".psv", "|"),
        ('"a,b"\tc\n"d"\te\n', ".csv", "\t"),
        ('id,text\n1,"a\nb, c, d"\n2,"e"\n', ".txt", ","),
        ("cat\ndog\n", ".csv", None),
        ("cat, grey\ndog\n", ".txt", None),
        ("a b\nc d\n", ".txt", None),
        ("\n\na,b\n\nc,d\n", ".txt", ","),
    ],
)
def test_the_delimiter_is_what_gives_every_row_as_many_fields(text: str, suffix: str, delimiter: str | None):
    assert found(text, suffix).delimiter == delimiter


def test_a_few_ragged_rows_of_a_csv_file_leave_it_a_table_so_that_they_are_named():
    assert found("a,b\n1,2\n3,4\n5\n6,7\n8,9\n", ".csv").delimiter == ","
    assert found("a,b\n1\n3,4,5\n6,7\n", ".csv").delimiter == ","
    assert found("labels\na,b\nc\nd,e\nf\n", ".csv").delimiter is None


HEADERS: list[tuple[str, bool | None]] = [
    ("label\ncat\ndog\n", True),
    ("Label\ncat\ndog\n", True),
    ("id,class\n1,a\n2,b\n", True),
    ("name,age\nx,3\ny,4\n", True),
    ("1,2\n3,4\n", False),
    ("x,1\ny,2\n", False),
    ("cat\ndog\ncat\n", False),
    ("a,b\nc,b\n", False),
    ("label\nlabel\ncat\n", False),
    ("a,a\nb,c\n", False),
    ("a,\nb,c\n", False),
    ("0,1,2\n1,0,0\n0,1,1\n", True),
    ("1,2,3\n1,0,0\n0,1,\n", True),
    ("0,1\n1,0\n", False),
    ("cat\ndog\n", None),
    ("a,b\nc,d\n", None),
    ("a,b\n", None),
    ("kind\n" + "ox\nass\n" * 20, True),
]


@pytest.mark.parametrize(("text", "header"), HEADERS)
def test_a_header_is_recognised_or_left_open(text: str, header: bool | None):
    assert found(text).header is header


@pytest.mark.parametrize("text", [text for text, _ in HEADERS if not text.startswith("a,a")])
def test_what_is_said_about_the_header_counts_more(text: str):
    assert found(text, header=True).names != found(text, header=False).names or "1,2" in text
    assert found(text, header=False).names == tuple(str(i + 1) for i in range(text.split("\n")[0].count(",") + 1))


def test_the_column_that_is_asked_for_tells_the_header():
    assert found("a,b\nc,d\n", label="b").header is True
    assert found("a,b\nc,d\n", label="c").header is None


def test_column_names_are_stripped_and_empty_ones_numbered():
    assert found(' id ,label,"x ",\n1,a,b,c\n', header=True).names == ("id", "label", "x", "4")


@pytest.mark.parametrize("text", ["label,label\na,b\n", "a,label, label\nx,y,z\n", "2,\nx,y\n"])
def test_two_columns_of_one_name_are_refused(text: str):
    with pytest.raises(InputError, match="two columns named") as caught:
        found(text, header=True)
    assert "--no-header" in caught.value.hint
    assert found(text, header=False).names[:2] == ("1", "2")


@pytest.mark.parametrize("text", [",,,\n,,,\n", ";\n;\n"])
def test_rows_of_empty_cells_hold_no_labels(text: str):
    with pytest.raises(InputError, match="every cell is empty"):
        found(text)


def test_quotes_are_undecided_while_there_are_none():
    assert found("a,b\n").quote is None
    assert found('a,"b"\nc,d\n').quote == '"'
    assert found('a\tb "c" d\ne\tf\n').quote == ""
    assert found('a,"b"\n', quote="none").quote == ""
    assert found("a,'b'\n", quote="'").quote == "'"


def test_rows_that_are_regular_with_and_without_quoting_are_asked_about():
    with pytest.raises(InputError, match="two ways: 3 rows when quotes are ordinary characters, 2") as caught:
        found('a,"b\nc",d\ne,f\n', delimiter=",")
    assert "--quote none" in caught.value.hint


def test_a_delimiter_cannot_be_the_quote():
    with pytest.raises(UsageError):
        found("a'b\n", delimiter="'", quote="'")


def test_a_sample_that_ends_inside_a_quoted_field_is_cut_before_it():
    text = "id,text\n" + "".join(f"{i},x\n" for i in range(1997)) + '1997,"a\n' + "line\n" * 50 + '"\n'
    assert found(text, ".txt").delimiter == ","


@pytest.mark.parametrize(
    ("block", "at"),
    [
        ('a,"b"\n', None), ('"a","b ""c"""\r\n"d",\n', None), ('""', None), ('"a"', None), ('"', None), ('"a\n', None),
        ('"""a"""\n', None), ('"a"\r\n', None), ('"a"\r', None),
        ('a"\n', 1), ('"a"b\n', 2), ('"a" ,b\n', 2), ('a, "b"\n', 3), ('"a"\rb\n', 2), ('a,"b"\n"c" "d"\n', 8),
        ('"a"";"\n', None), ('"a"";"b"\n', 5), ("", None), ("a\n", None),
    ],
)  # fmt: skip
def test_a_violation_of_rfc_4180_is_found_where_it_is(block: str, at: int | None):
    assert violation(block.encode(), ",", '"') == at


def test_line_ends_are_line_feeds_only():
    text = "a\x0bb\x0c\x1c\x1d\x1e\x85\u2028\u2029\rc,d\ne,f\r\n\n"
    assert list(rows(text, ",", None)) == [(1, [text.split(",")[0], "d"]), (2, ["e", "f"]), (3, [""])]


def test_rows_know_the_line_they_start_at():
    assert list(rows('a,b\n"c\nd\n",e\n\nf,"g\n', ",", '"')) == [
        (1, ["a", "b"]), (2, ["c\nd\n", "e"]), (5, [""]), (6, ["f", '"g']),
    ]  # fmt: skip


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=5) | st.sampled_from(
    ['"', '""', ",", "\n", 'a"b', '"a"']
)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=6))
def test_rows_and_fields_are_those_of_the_csv_module(table: list[list[str]]):
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(table)
    text = out.getvalue()
    assert [row for _, row in rows(text, ",", '"')] == list(csv.reader(io.StringIO(text, newline=""))) == table
    assert list(torn_rows(text, ",", '"')) == list(rows(text, ",", '"'))
    assert violation(text.encode(), ",", '"') is None
    marks = bytes(byte for byte in text.encode() if byte in b'",\n')
    assert without_quoted(marks, b'"') == b"".join(b"," * (len(row) - 1) + b"\n" for row in table)


def test_a_field_keeps_quotes_that_do_not_enclose_it():
    assert fields('a"b"c,"d"e,"f"', ",", '"') == ['a"b"c', '"d"e', "f"]
    assert fields("a,b", None, '"') == ["a,b"]


def test_a_blank_cell_above_the_index_of_a_data_frame_is_part_of_a_header():
    rows = "".join(f"{i},{i % 2},{1 - i % 2}\n" for i in range(30))
    dialect = found(",cat,dog\n" + rows)
    assert dialect.header is True
    assert dialect.names == ("1", "cat", "dog")


def test_a_header_of_class_ids_is_told_by_the_column_it_names() -> None:
    text = b"id,10,2,1\na,1,0,0\nb,0,1,1\nc,0,0,1\n"
    assert sniff(text, Options(), ".csv", "x.csv").names == ("id", "10", "2", "1")


@pytest.mark.parametrize("broken", ['1,"5 ft,cat', '1,5" ft,cat', '1,5 ft",cat', '"1,5 ft,cat', '1,5 ft,cat"'])
def test_a_broken_quote_in_the_first_row_hides_neither_delimiter_nor_header(broken: str) -> None:
    rows = "".join(f'{i},"a {i}, b\n, ""c"" {i}",cat\n' for i in range(30))
    dialect = found(f"id,text,label\n{broken}\n{rows}", ".csv", set_aside=True)
    assert (dialect.delimiter, dialect.names, dialect.skip) == (",", ("id", "text", "label"), 1)


@pytest.mark.parametrize("size", [100, 20_000, 600_000])
def test_a_cell_of_many_lines_is_not_taken_for_the_rows(size: int) -> None:
    rows = "".join(f"{i},b,cat\n" for i in range(30))
    large = '1,"' + "x\n" * size + '",cat\n' + rows
    for text in (rows + large, large):
        assert found("id,text,label\n" + text, ".csv", set_aside=True).names == ("id", "text", "label")


def test_whether_a_column_is_quoted_throughout_is_told_by_its_filled_cells():
    block = b'a|"x"|"y"\n' + b'|"x"|"y"\n' * 5 + b'|x "z|"y"\n'
    with pytest.raises(InputError, match="line 7 holds a quote"):
        quoting(block, "|", "t", 0)
