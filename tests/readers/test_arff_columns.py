"""ARFF rows split as a block say what they say one by one: either path is the oracle of the other."""

import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st

from imbalance_doctor.readers import _arff_columns, _arff_values
from imbalance_doctor.readers._arff_header import Attribute

MARKS = st.text("a1,, '\"{}?%\\\t", min_size=1, max_size=14).map(lambda text: text.strip(" \t")).filter(bool)
VALUES = st.sampled_from(["a", "'b c'", "?", "'?'", '"x, y"', "1.5", "", "it's", "'{'", "d e", "'", "'\\''"])
ROWS = MARKS | st.lists(VALUES, min_size=1, max_size=4).map(",".join).filter(lambda t: t == t.strip(" \t") and t != "")
ENTRIES = st.tuples(st.integers(0, 4), st.sampled_from(["", " ", "  "]), VALUES).map(lambda e: f"{e[0]}{e[1]}{e[2]}")
SPARSE = st.lists(ENTRIES, max_size=3).map(lambda entries: "{" + ", ".join(entries) + "}")
ATTRIBUTES = [Attribute("x", "numeric"), Attribute("y", "nominal", ("first", "a")), Attribute("z", "numeric")]


@given(st.lists(ROWS, min_size=10, max_size=10))
@example(["'a'b',,c", "'a b'", "a\tb", "1,'?',?"])
def test_a_dense_row_split_by_patterns_is_the_row_read_by_itself(rows: list[str]) -> None:
    for row in (row for row in rows if row[0] != "{"):
        for n in range(1, 5):
            columns = _arff_columns.dense(pl.Series([row]), n, range(n))
            if columns is not None:
                assert [column[0] for column in columns] == _arff_values.dense(row, 20)


@given(st.lists(SPARSE, min_size=10, max_size=10))
@example(["{1 'a, 2 b', 2 c}", "{01 a}", "{}", "{1 ?}", "{1 '?'}"])
def test_a_sparse_row_split_by_patterns_is_the_row_read_by_itself(rows: list[str]) -> None:
    left_out = ["0", "first", "0"]
    for row in rows:
        columns = _arff_columns.sparse(pl.Series([row]), 3, range(3), ATTRIBUTES)
        if columns is not None:
            values = _arff_values.sparse(row, 3)
            assert [column[0] for column in columns] == [values.get(i, left_out[i]) for i in range(3)]


def test_regular_rows_are_split_as_a_block() -> None:
    dense = _arff_columns.dense(pl.Series(["1, 'a b',?", "2 ,\"c, d\", '?'"]), 3, [1, 2])
    assert [column.to_list() for column in dense or []] == [["a b", "c, d"], [None, "?"]]
    sparse = _arff_columns.sparse(pl.Series(["{0 1,2 'x'}", "{1 ?}"]), 3, [0, 1, 2], ATTRIBUTES)
    assert [column.to_list() for column in sparse or []] == [["1", "0"], ["first", None], ["x", "0"]]
