"""ARFF: what WEKA's format page and ArffLoader say, worked out by hand; scipy is the oracle for what it reads."""

from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from scipy.io.arff import loadarff

from imbalance_doctor.readers import arff
from tests.readers.labelled import counted, examined, in_small_blocks, refused, remarks
from tests.readers.reading import chosen, write

WEATHER = """% the weather
@relation weather

@attribute outlook {sunny, overcast, rainy}
@attribute temperature real
@ATTRIBUTE play {yes, no, maybe}

@data
sunny, 85, no
% a comment
overcast,83,yes

rainy , 70 , yes
?,65,?
"""
LABELS = "@relation r\n@attribute x numeric\n@attribute class {a,b}\n@data\n"


def with_rows(*rows: str, header: str = LABELS) -> str:
    return header + "".join(f"{row}\n" for row in rows)


def test_the_last_attribute_is_the_class_and_declares_its_values_in_order(tmp_path: Path) -> None:
    labels = examined(tmp_path, WEATHER, "weather.arff")
    assert [(row.name, row.count) for row in labels.classes] == [("yes", 2), ("no", 1), ("maybe", 0)]
    assert (labels.n_rows, labels.n_missing, labels.declared) == (4, 1, True)
    assert "'play': the last one" in remarks(tmp_path, WEATHER, "weather.arff")


def test_an_attribute_is_named_by_name_or_number(tmp_path: Path) -> None:
    outlook = {"sunny": 1, "overcast": 1, "rainy": 1}
    assert counted(tmp_path, WEATHER, "a.arff", label="outlook") == outlook
    assert counted(tmp_path, WEATHER, "a.arff", label="1") == outlook
    assert "there is no attribute 'wind'" in refused(tmp_path, WEATHER, "a.arff", label="wind")


def test_an_attribute_named_for_a_class_is_the_class_wherever_it_stands(tmp_path: Path) -> None:
    text = "@relation r\n@attribute species {a,b}\n@attribute sex {m,f}\n@data\na,m\nb,m\nb,f\n"
    assert counted(tmp_path, text, "a.arff") == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    "attributes",
    [
        ["a {x,y}", "b {x,y}", "c real"],
        ["a {x,y}", "c real"],
        ["c real", "joy {0,1}", "fear {0,1}"],
        ["label {x,y}", "target {x,y}"],
    ],
    ids=["two nominal", "a nominal one above a number", "flags", "two names"],
)
def test_where_nothing_tells_which_attribute_is_the_class_it_is_asked(tmp_path: Path, attributes: list[str]) -> None:
    text = "@relation r\n" + "".join(f"@attribute {a}\n" for a in attributes) + "@data\n" + "0," * 9 + "\n"
    assert "can be the labels" in (said := refused(tmp_path, text, "a.arff")) or "may hold the labels" in said
    assert "--label" in said


def test_without_nominal_attributes_there_is_nothing_to_count(tmp_path: Path) -> None:
    text = "@relation r\n@attribute a real\n@attribute b date 'yyyy-MM-dd'\n@data\n1,2001-01-01\n"
    assert "no nominal attribute" in refused(tmp_path, text, "a.arff")


def test_a_text_attribute_can_hold_the_labels(tmp_path: Path) -> None:
    text = "@relation r\n@attribute x real\n@attribute label string\n@data\n1,'it\\'s'\n2,b\n3,b\n" + "4,'it\\'s'\n" * 9
    assert counted(tmp_path, text, "a.arff") == {"b": 2, "it's": 10}


def test_a_number_is_a_class_when_named_and_a_target_when_it_looks_like_one(tmp_path: Path) -> None:
    head = "@relation r\n@attribute x real\n@attribute y numeric\n@data\n"
    assert counted(tmp_path, with_rows(*["1,0", "2,1", "3,1"], header=head), "a.arff", label="y") == {"0": 1, "1": 2}
    target = with_rows(*(f"1,{i}.5" for i in range(30)), header=head)
    assert "the target of a regression" in refused(tmp_path, target, "a.arff", label="y")
    assert "the target of a regression" in refused(tmp_path, target.replace(" y ", " class "), "a.arff")
    assert examined(tmp_path, target, "a.arff", label="y", layout="column").n_rows == 30


@pytest.mark.parametrize(
    ("declared", "row", "name"),
    [
        ("{'a b', c}", "'a b'", "a b"),
        ("{ 'a b' , c }", '"a b"', "a b"),
        ("{'  a', c}", "'  a'", "  a"),
        ("{'it\\'s', c}", "'it\\'s'", "it's"),
        ("{'it\\'s', c}", '"it\'s"', "it's"),
        ('{"a,b", c}', "'a,b'", "a,b"),
        ("{'a}', c}", "'a}'", "a}"),
        ("{'50\\%', c}", "'50\\%'", "50%"),
        ("{'\\u00e9', c}", "é", "é"),
        ("{'a\\\\b', c}", "a\\b", "a\\b"),
        ("{'?', c}", "'?'", "?"),
        ("{a b c}", "b", "b"),
        ("{a\tb,c}", "a\tb", "a\tb"),
        ("{New York, c}", "New York", "New York"),
        ("{<=50K, >50K}", "<=50K", "<=50K"),
        ("{'%', c}", "'%'", "%"),
        ("{''''}", "'\\''", None),
    ],
)
def test_quotes_and_escapes(tmp_path: Path, declared: str, row: str, name: str | None) -> None:
    text = f"@relation 'a \\'b'\n@attribute 'x y' real\n@attribute \"class\" {declared}\n@data\n1,{row}\n 2 , {row} \n"
    if name is None:
        assert "line 3 has values that cannot be read" in refused(tmp_path, text, "a.arff")
    else:
        assert counted(tmp_path, text, "a.arff")[name] == 2


def test_sparse_rows_name_their_values_and_leave_out_zeros(tmp_path: Path) -> None:
    head = "@relation r\n@attribute x numeric\n@attribute w string\n@attribute class {a,'b c'}\n@data\n"
    rows = ["{0 1, 2 'b c'}", "{ 1 'x, }' , 2 a }", "{}", "{0 3,2 ?}", "{2 'b c',0 1}"]
    labels = examined(tmp_path, with_rows(*rows, header=head), "a.arff")
    assert {row.name: row.count for row in labels.classes} == {"a": 2, "b c": 2}
    assert labels.n_missing == 1


def test_rows_may_be_apart_by_tabs_or_spaces(tmp_path: Path) -> None:
    assert counted(tmp_path, with_rows("1\ta", "2 \t b", "'3'  b"), "a.arff") == {"a": 1, "b": 2}


def test_weights_of_rows_are_left_out_and_said(tmp_path: Path) -> None:
    text = with_rows("1,a,{2.5}", "2,b", "1 b {3}", "{0 1, 1 b}, {4}")
    assert counted(tmp_path, text, "a.arff") == {"a": 1, "b": 3}
    assert "3 rows have a weight" in remarks(tmp_path, text, "a.arff")


def test_a_relational_attribute_counts_as_one(tmp_path: Path) -> None:
    head = "@relation r\n@attribute bag relational\n @attribute z {u,v}\n@end bag\n@attribute class {a,b}\n@data\n"
    assert counted(tmp_path, with_rows('"u\\nv",a', "'v',b", header=head), "a.arff") == {"a": 1, "b": 1}


def test_the_counts_are_those_of_scipy(tmp_path: Path) -> None:
    rows = [f"{i}.5, {('a', 'b', 'a')[i % 3]}" for i in range(50)]
    text = with_rows(*rows)
    data, _ = loadarff(StringIO(text))
    assert counted(tmp_path, text, "a.arff") == Counter(value.decode() for value in data["class"])


@pytest.mark.parametrize("size", [1, 17, 60])
def test_the_size_of_the_blocks_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    in_small_blocks(monkeypatch, size)
    assert counted(tmp_path, WEATHER, "a.arff") == {"yes": 2, "no": 1, "maybe": 0}


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("1", "has 1 values for 2 attributes"),
        ("1,a,3", "has 3 values for 2 attributes"),
        ("1,c", "has 'c', which the attribute 'class' does not declare"),
        ("1,A", "has 'A', which"),
        ("1" + ",a" * 2000, "has more than 1,002 values for 2 attributes"),
        ("1,'a", "a quote that is never closed"),
        ("1,'a'b", "text behind a closing quote"),
        ("1,", "a place without a value"),
        ("1,a % why", "has 'a % why', which"),
        ("{5 a}", "the index 5 of 2 attributes"),
        ("{1 a, 1 b}", "the index 1 twice"),
        ("{1 a", "is not {index value"),
        ("{1}", "is not {index value"),
        ("{1 'a}", "a quote that is never closed"),
        ("{1 a} 2", "text behind its closing brace"),
        ("{1 a} 2 {3}", "text behind its closing brace"),
        ("1,a,{2}3", "has 3 values"),
    ],
)
@pytest.mark.parametrize("before", ["", "3,'b'\n"], ids=["plain", "quoted"])
def test_a_row_that_does_not_fit_the_header_is_named(tmp_path: Path, row: str, why: str, before: str) -> None:
    said = refused(tmp_path, with_rows(before + row), "a.arff")
    assert f"a.arff: line {6 if before else 5} (" in said
    assert why in said


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("@relation r\n@attribute class crap\n@data\n", "line 2 is not an attribute"),
        ("@relation r\n@attribute\n@data\n", "line 2 is not an attribute"),
        ("@relation r\n@attribute class {a,a}\n@data\n", "line 2 declares the value 'a' twice"),
        ("@relation r\n@attribute class {a,\n@data\n", "line 2 has values that cannot be read after 'a'"),
        ("@relation r\n@attribute class {a,,b}\n@data\n", "line 2 has values that cannot be read after 'a'"),
        ("@relation r\n@attribute class {}\n@data\n", "line 2 has values that cannot be read after {"),
        ("@relation r\n@attribute class {'a}\n@data\n", "line 2 has values that cannot be read"),
        ("@relation r\n@attribute x real\n@attribute x {a}\n@data\n", "two attributes named 'x'"),
        ("@relation r\n@attribute x real\n1,2\n", "line 3 ('1,2') is no line of an ARFF header"),
        ("@relation r\n@attribute x real\n%", "no line @data"),
        ("@relation r\n@data\n", "no @attribute above @data"),
        ("@relation r\n@kind x\n", "line 2 has @kind"),
        ("@relation r\n@attribute x relational\n@data\n", "line 3 has @data"),
    ],
)
def test_a_header_that_cannot_be_read_is_named_with_its_line(tmp_path: Path, header: str, why: str) -> None:
    assert why in refused(tmp_path, header + "1\n", "a.arff")


def test_a_file_without_rows_is_an_error_that_names_the_classes(tmp_path: Path) -> None:
    assert "holds no row, its classes are a, b" in refused(tmp_path, LABELS + "% nothing\n", "a.arff")


def test_the_content_is_recognised_whatever_the_name(tmp_path: Path) -> None:
    assert chosen(write(tmp_path, WEATHER, "weather.txt"))[0] == "arff"


@pytest.mark.parametrize("text", ["relation,label\n", "@relations\n", "% @relation\na\n", "@user hello\n", ""])
def test_other_text_is_not_taken_for_it(text: str) -> None:
    assert not arff.claims(text)


DATED = "@relation r\n@attribute x numeric\n@attribute year date yyyy\n@data\n"


@pytest.mark.parametrize("last", ["{0 3, 1 2001}", "{0 3, 1 2001}, {2}"], ids=["as a block", "line by line"])
def test_a_sparse_row_that_leaves_a_date_out_is_refused_however_it_is_read(tmp_path: Path, last: str) -> None:
    text = with_rows("{0 1, 1 1999}", "{0 2}", last, header=DATED)
    said = refused(tmp_path, text, "a.arff", label="year", layout="column")
    assert "line 6 ('{0 2}') leaves out 'year', a date, which can have no 0" in said


def test_what_sparse_rows_leave_out_is_0_beside_rows_with_a_weight_too(tmp_path: Path) -> None:
    header = "@relation r\n@attribute n numeric\n@attribute class {no,yes}\n@data\n"
    text = with_rows("{0 1, 1 yes}, {3}", "", "% a comment", "{0 2}", "{1 yes}", header=header)
    assert counted(tmp_path, text, "a.arff", label="class") == {"no": 1, "yes": 2}
    assert counted(tmp_path, text, "a.arff", label="n", layout="column") == {"0": 1, "1": 1, "2": 1}


def test_rows_read_line_by_line_are_handed_on_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imbalance_doctor.readers._arff_rows.MAX_CELLS", 2)
    rows = ["1, 'a', {2}", "2, b, {1}", "3, b, {1}", "4, a, {1}"]
    assert counted(tmp_path, with_rows(*rows), "a.arff") == {"a": 2, "b": 2}


def test_text_behind_a_closing_quote_is_refused_where_spaces_part_the_values(tmp_path: Path) -> None:
    said = refused(tmp_path, with_rows("1 b", "'1'x a"), "a.arff")
    assert "line 6" in said
    assert "text behind a closing quote" in said


def test_texts_alone_are_asked_about_or_named(tmp_path: Path) -> None:
    header = "@relation r\n@attribute place string\n@attribute kind string\n@data\n"
    text = with_rows(*(f"p{i % 5},k{i % 3}" for i in range(30)), header=header)
    assert "--label" in refused(tmp_path, text, "a.arff")
    assert counted(tmp_path, text, "a.arff", label="kind") == {"k0": 10, "k1": 10, "k2": 10}


def test_a_layout_of_the_whole_table_takes_every_attribute(tmp_path: Path) -> None:
    header = "@relation r\n@attribute a {0,1}\n@attribute b {0,1}\n@data\n"
    text = with_rows("1,0", "1,1", header=header)
    assert counted(tmp_path, text, "a.arff", layout="indicator") == {"a": 2, "b": 1}
    counts = "@relation r\n@attribute class {a,b}\n@attribute count numeric\n@data\na,7\nb,2\n"
    assert counted(tmp_path, counts, "a.arff", layout="counts", label="class") == {"a": 7, "b": 2}
