import pytest

from imbalance_doctor.readers._align import Shapes
from imbalance_doctor.readers._sift import Sieve

SIEVE = Sieve(",", '"', 3, b"id,label,x")
REGULAR = b'1,cat,2\r\n2,"a\nb, ""c""",3\n9,cat,1'


def kinds(text: str, sieve: Sieve = SIEVE) -> list[tuple[int, str]]:
    found = sieve.sift(text.encode(), 0, last=True)
    return [(line, kind) for line, kind, _ in found.rows]


def test_regular_rows_pass_as_they_are():
    found = SIEVE.sift(REGULAR, 10, last=True)
    assert (found.text, found.n, found.rows, found.blank) == (REGULAR, 3, [], [])
    assert (found.first, found.last) == (11, 14)


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("1,cat", "ragged"), ("1,cat,2,3", "ragged"), ('1,"cat",2,3', "ragged"), ("1;cat;2", "delimiter"),
        ("1\tcat\t2", "delimiter"), ('1,c"at,2', "quoting"), ('1,"cat,2', "quoting"), ('1,"cat"" ,2', "quoting"),
        ("# note", "comment"), ('#"1",cat,2', "commented"),
        ('# "note', "comment"), ("id,label,x", "header"), ("1,cat,2\r2,dog,3", "newline"),
        ('1,cat,2\r2,"dog",3', "newline"), ('1,"a\n2,b",3,4', "quoting"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_row_is_told_with_its_line(row: str, kind: str):
    assert kinds(f"1,cat,1\n{row}\n2,dog,2\n")[0] == (2, kind)


def test_hashes_start_no_comment_where_ids_have_them():
    assert kinds("#1,cat\n", Sieve(",", "", 3, comments=False)) == [(1, "ragged")]


def test_a_row_that_is_damaged_ends_at_its_lines_end():
    found = SIEVE.sift(b'1,cat,1\n2,"dog,2\n3,cat,3\n4,"a",4\n', 0, last=True)
    assert found.text == b'1,cat,1\n3,cat,3\n4,"a",4\n'
    assert kinds('1,cat,1\n2,"dog,2\n3,cat,3\n4,"a",4\n') == [(2, "quoting")]


def test_a_quote_that_may_still_be_closed_is_left_for_the_next_block():
    found = SIEVE.sift(b'1,cat,1\n2,"do\ng', 0, last=False)
    assert (found.n, found.rest, found.rows) == (1, b'2,"do\ng', [])


def test_blank_lines_are_counted_in_runs():
    assert SIEVE.sift(b"\n\n1,cat,1\n\r\n2,cat,2\n \n\n", 0, last=True).blank == [(1, 2), (4, 1), (6, 2)]


SHAPES = Shapes([["1", "2", "13"], ["cat", "dog"], ["2.5", "3"]])


@pytest.mark.parametrize(
    ("kind", "row", "label"),
    [
        ("ragged", "6,cat,,5", ("cat",)), ("ragged", "6,,cat,5", ("cat",)), ("ragged", "6,cat,5,", ("cat",)),
        ("ragged", ",6,cat,5", ("cat",)), ("ragged", "6,x,dog,5", ("dog", "x")), ("ragged", "5,dog", ("dog",)),
        ("ragged", "5,dog2", ("dog2",)), ("ragged", "cat,2", ("cat",)), ("ragged", "6,5", (None,)),
        ("delimiter", "7;dog;1", ("dog",)), ("quoting", '3,do"g,4', ("dog",)), ("quoting", '"3,dog,4', ("dog",)),
        ("quoting", '3,"dog"",4', ("dog",)), ("quoting", '3,dog,"4,', ("dog",)),
        ("quoting", '3"dog"4', (None,)), ("quoting", '3,"d\\"g",4', ('d"g',)),
        ("header", "id,label,x", (None,)),
    ],
)  # fmt: skip
def test_what_the_label_can_be_in_a_damaged_row(kind: str, row: str, label: tuple[str | None, ...]):
    assert SIEVE.cells(kind, row, SHAPES)[1] == label


@pytest.mark.parametrize(
    ("row", "swallows"),
    [
        ('1,"a,2\n2,b,3"', True), ('1,"a,2\n2,b,3\n3,c",4\n', True), ('1,"a,2\n3,c,4","x, y"', False),
        ('1,"a,2\n3,c","b, d"\n', True), ('1,"a, 2\n2, b,3"', False),
        ('1,"a\nb",2', False), ('1,"a,2\nb\n3,c",4', False),
    ],
)  # fmt: skip
def test_lines_of_a_cell_that_could_be_rows(row: str, swallows: bool):
    assert SIEVE.swallows(row.encode()) is swallows
