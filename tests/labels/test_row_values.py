"""The number of each row, by the classes it carries, agrees with how the rows were counted."""

import polars as pl
import pytest

from imbalance_doctor.batches import Column, Table
from imbalance_doctor.errors import InputError, UsageError
from imbalance_doctor.labels.layout import Wishes, decide
from imbalance_doctor.labels.row_values import RowValues

NUMBERS = {"a": 1.0, "b": 2.5, "c": 7.0}


def table(frame: pl.DataFrame, kinds: dict[str, str] | None = None, *, typed: bool = False) -> Table:
    columns = tuple(Column(name, (kinds or {}).get(name, "text")) for name in frame.columns)  # type: ignore[arg-type]
    return Table(columns, frame, lambda names: iter([frame.select(names)]), typed=typed)


def values(frame, wishes=None, *, kinds=None, several=True, without=1.0, numbers=NUMBERS, typed=False, parts=1):
    """The numbers of all rows, in `parts` batches."""
    reading = decide(table(frame, kinds, typed=typed), wishes or Wishes())
    rows = RowValues(reading, numbers, without=without, several=several)
    height = -(-frame.height // parts)
    found = [rows.of(frame[at : at + height]) for at in range(0, frame.height, height)]
    assert rows.n_rows == frame.height
    return pl.concat(found).to_list()


@pytest.mark.parametrize("parts", [1, 3])
def test_a_label_column_gives_each_row_the_number_of_its_class(parts):
    frame = pl.DataFrame({"label": ["b", "a", None, "", "c", "skip"]})
    wishes = Wishes(label="label", ignore=("skip",))
    assert values(frame, wishes, several=False, parts=parts) == [2.5, 1.0, None, None, 7.0, None]


def test_a_text_that_means_missing_gives_none():
    frame = pl.DataFrame({"label": ["b", "NA", "a"]})
    assert values(frame, Wishes(label="label", missing=("NA",))) == [2.5, None, 1.0]


def test_indexes_are_read_by_the_declared_classes():
    frame = pl.DataFrame({"label": [0, 2, 1, None]})
    wishes = Wishes(label="label", classes=("a", "b", "c"))
    assert values(frame, wishes, kinds={"label": "integer"}, typed=True) == [1.0, 7.0, 2.5, None]


@pytest.mark.parametrize("parts", [1, 2])
def test_of_several_labels_the_largest_counts_and_none_at_all_gives_the_number_without(parts):
    frame = pl.DataFrame({"tags": ["a|b", " c | a ", "", "a", "skip", "skip|b"]})
    wishes = Wishes(separator="|", label="tags", ignore=("skip",))
    assert values(frame, wishes, parts=parts) == [2.5, 7.0, 1.0, 1.0, None, 2.5]


def test_an_empty_cell_is_missing_where_the_user_says_so():
    frame = pl.DataFrame({"tags": ["a|b", "", "a"]})
    assert values(frame, Wishes(separator="|", label="tags", missing=("",))) == [2.5, None, 1.0]


def test_lists_written_as_text_and_native_lists_are_read_alike():
    text = pl.DataFrame({"tags": ['["a","b"]', '["c"]', "[]", '["a"]']})
    native = pl.DataFrame({"tags": [["a", "b"], ["c"], [], ["a"]]})
    assert values(text, Wishes(label="tags")) == [2.5, 7.0, 1.0, 1.0]
    assert values(native, Wishes(label="tags"), kinds={"tags": "list"}, typed=True) == [2.5, 7.0, 1.0, 1.0]


def test_a_null_list_is_missing():
    frame = pl.DataFrame({"tags": [["a"], None, ["b", None]]})
    assert values(frame, Wishes(label="tags"), kinds={"tags": "list"}, typed=True) == [1.0, None, 2.5]


@pytest.mark.parametrize("parts", [1, 2])
def test_indicator_columns_give_the_largest_of_their_ones(parts):
    frame = pl.DataFrame(
        {"a": ["1", "0", "0", "", "1"], "b": ["1", "0", "", "-1", "0"], "c": ["0", "0", "0", "", "true"]}
    )
    assert values(frame, Wishes(layout="indicator"), parts=parts) == [2.5, 1.0, 1.0, None, 7.0]


def test_a_row_of_ignored_ones_alone_has_no_number():
    frame = pl.DataFrame({"a": ["1", "1", "0"], "b": ["0", "1", "0"]})
    assert values(frame, Wishes(layout="indicator", ignore=("a",))) == [None, 2.5, 1.0]


def test_vectors_of_zeros_and_ones_are_rows_of_an_indicator():
    frame = pl.DataFrame({"y": ["[0, 1, 0]", "[1, 0, 1]", "[0, 0, 0]", ""]})
    wishes = Wishes(label="y", layout="indicator", classes=("a", "b", "c"))
    assert values(frame, wishes) == [2.5, 7.0, 1.0, None]


def test_a_row_of_two_classes_has_no_weight_where_classes_exclude_each_other():
    delimited = pl.DataFrame({"tags": ["a", "a|b"]})
    with pytest.raises(UsageError, match="2 classes") as caught:
        values(delimited, Wishes(separator="|", label="tags"), several=False)
    assert "--scheme repeat-factor" in caught.value.hint
    indicator = pl.DataFrame({"a": ["1", "1"], "b": ["0", "1"]})
    with pytest.raises(UsageError, match=r"row 2 .*2 classes"):
        values(indicator, Wishes(layout="indicator"), several=False)


def test_a_class_that_was_not_counted_is_an_error():
    with pytest.raises(InputError, match="'d' is a new class"):
        values(pl.DataFrame({"label": ["a", "d"]}), Wishes(label="label"))


@pytest.mark.parametrize(
    ("frame", "wishes"),
    [
        (pl.DataFrame({"id": ["1", "1"], "label": ["a", "b"]}), Wishes(layout="long", id="id", label="label")),
        (pl.DataFrame({"class": ["a", "b"], "count": ["5", "7"]}), Wishes(layout="counts")),
    ],
)
def test_a_layout_whose_rows_are_not_samples_is_refused(frame, wishes):
    with pytest.raises(UsageError, match="a row is not a sample") as caught:
        values(frame, wishes)
    assert "--to csv" in caught.value.hint
