"""What row-weights makes of weights alone, and how it writes rows; their weights are tested on the command line."""

import json

import polars as pl
import pytest

from imbalance_doctor import emitters
from imbalance_doctor.emitters import emit
from imbalance_doctor.errors import InputError, UsageError
from tests.emitters.parsing import table
from tests.emitters.refusals import refusal
from tests.emitters.samples import binary, sample


class Rows:
    """Two batches of rows, weighed by their label."""

    header = True

    def __init__(self, **columns: list) -> None:
        self.frame = pl.DataFrame(columns)

    def weighed(self, numbers, without):
        weights = pl.Series("weight", [numbers.get(label, without) for label in self.frame["label"]], pl.Float64)
        frame = self.frame.with_columns(weights)
        yield frame[:2]
        yield frame[2:]


def written(rows, suffix="", weights=None):
    return b"".join(emitters.emit_rows("row-weights", weights or sample(), rows, suffix))


def test_without_rows_it_is_the_table_of_the_classes():
    lines = emit("row-weights", binary("pos-weight", values=(0.25, 4.0))).splitlines()
    assert lines[0] == "class_json,weight,count,value,scheme,kind,normalisation"
    assert lines[1:] == [
        '"""no""",1.0,90,0.25,pos-weight,pos-weight,none',
        '"""yes""",4.0,45,4.0,pos-weight,pos-weight,none',
    ]


def test_both_factors_of_a_pair_are_in_the_table():
    found = table(emit("row-weights", binary("pair", values=(9.0, 4.0), values_negative=(7.0, 0.5))))
    assert (found.values, found.negative) == ([9.0, 4.0], [7.0, 0.5])


def test_rows_come_in_pieces_under_one_header():
    rows = Rows(label=["cat", "dog", "bird", "cat"])
    pieces = list(emitters.emit_rows("row-weights", sample(values=(0.5, 2.0, 3.0)), rows))
    assert pieces == [b"label,weight\ncat,0.5\ndog,2.0\n", b"bird,3.0\ncat,0.5\n"]


def test_a_missing_cell_and_an_empty_one_stay_apart():
    assert written(
        Rows(x=["", None, ' "q" '], label=["cat", "dog", "cat"]), weights=sample(values=(1.0, 2.0, 3.0))
    ) == (b'x,label,weight\n"",cat,1.0\n,dog,2.0\n" ""q"" ",cat,1.0\n')


def test_parquet_is_one_file_whatever_the_number_of_batches(tmp_path):
    path = tmp_path / "rows.parquet"
    rows = Rows(day=pl.Series([1, 2, 3], dtype=pl.Date), tags=[["a"], [], None], label=["cat", "dog", "bird"])
    path.write_bytes(written(rows, ".parquet"))
    frame = pl.read_parquet(path)
    assert frame.drop("weight").equals(rows.frame)
    assert frame["weight"].to_list() == [1 / 3, 3.0, 30.0]


@pytest.mark.parametrize("column", [[[1], [2], [3]], [b"x", b"y", b"z"], [{"a": 1}, {"a": 2}, {"a": 3}]])
def test_csv_refuses_cells_it_cannot_hold(column):
    with pytest.raises(InputError, match="values that CSV cannot"):
        written(Rows(x=column, label=["cat", "dog", "bird"]))


def test_another_suffix_is_refused():
    with pytest.raises(UsageError, match=r"cannot be written as \.xlsx") as caught:
        written(Rows(label=["cat"]), ".xlsx")
    assert caught.value.hint == "name a file in .csv, .tsv, .parquet"


def test_names_in_the_table_are_json():
    text = emit("row-weights", sample(classes=("two\nlines", "=1+1", "\u202eleft")))
    assert text.isascii()
    assert [json.loads(name) for name in map(json.dumps, table(text).names)] == ["two\nlines", "=1+1", "\u202eleft"]


@pytest.mark.parametrize(
    ("task", "kind", "why", "instead"),
    [
        ("multilabel", "class-weight", "a factor each", "--scheme repeat-factor"),
        ("multilabel", "pos-weight", "a factor each", "--to pytorch"),
        ("multilabel", "pair", "a factor each", "--to pytorch"),
        ("multilabel", "offset", "a factor each", "--scheme repeat-factor"),
        ("multilabel", "margin", "a factor each", "--scheme repeat-factor"),
        ("multiclass", "offset", "not a weight of a row", "--scheme balanced"),
        ("multiclass", "margin", "not a weight of a row", "--scheme balanced"),
        ("multiclass", "pair", "a softmax has one term", "--scheme balanced"),
    ],
)
def test_a_refusal_gives_the_reason_and_what_works(task, kind, why, instead):
    error = refusal("row-weights", task, kind)
    assert why in error.message
    assert instead in error.hint
