"""Several labels in a cell, whatever separates them, counted once each."""

from collections import Counter

import polars as pl
import pytest

from imbalance_doctor.errors import InputError
from imbalance_doctor.labels.counting.delimited import DelimitedCounting
from imbalance_doctor.labels.counting.names import Names
from imbalance_doctor.labels.separators import LITERAL
from imbalance_doctor.labels.tally import LabelTally

PLAIN = Names(missing=frozenset())


def tally_of(cells: object, separator: str | None, names: Names = PLAIN, typed: bool = False) -> LabelTally:
    tally = LabelTally(label_sets=Counter())
    DelimitedCounting("labels", separator, names, typed).update(pl.DataFrame({"labels": cells}), tally)
    return tally


def test_a_label_that_a_cell_names_twice_counts_once() -> None:
    tally = tally_of(["a|b|a", "b|b", "b|a"], "|")
    assert tally.counts == {"a": 2, "b": 3}
    assert tally.label_sets == {frozenset("ab"): 2, frozenset("b"): 1}


def test_spaces_around_a_label_and_empty_items_are_left_out() -> None:
    assert tally_of([" a ,b,, ", "b , a", ","], ",").label_sets == {frozenset("ab"): 2, frozenset(): 1}


def test_spaces_inside_a_label_stay() -> None:
    assert tally_of(["Bottle cap; Can", "Can"], ";").counts == {"Bottle cap": 1, "Can": 2}


def test_labels_separated_by_spaces_may_have_several_between_them() -> None:
    assert tally_of(["1  2", " 3 "], " ").counts == {"1": 1, "2": 1, "3": 1}


@pytest.mark.parametrize("cells", [["", None, "a"], [None, None, "a"]])
def test_an_empty_text_cell_is_a_sample_without_labels(cells: list) -> None:
    tally = tally_of(cells, "|")
    assert (tally.n_samples, tally.n_unlabelled, tally.n_missing) == (3, 2, 0)
    tally = tally_of(cells, "|", Names(missing=frozenset({""})))
    assert (tally.n_samples, tally.n_unlabelled, tally.n_missing) == (1, 0, 2)


def test_typed_formats_tell_a_null_from_an_empty_text() -> None:
    tally = tally_of(["", None, "a"], "|", typed=True)
    assert (tally.n_samples, tally.n_unlabelled, tally.n_missing) == (2, 1, 1)


def test_missing_is_a_whole_cell_not_one_label_of_it() -> None:
    tally = tally_of(["NA", "a|NA", "a"], "|", Names(missing=frozenset({"NA"})))
    assert (tally.counts, tally.n_missing) == ({"a": 2, "NA": 1}, 1)


def test_ignored_labels_leave_their_set_and_a_sample_of_only_such_labels_is_ignored() -> None:
    tally = tally_of(["a|x", "x", "x|y", "", "a"], "|", Names(missing=frozenset(), ignored=frozenset("xy")))
    assert tally.counts == {"a": 2}
    assert (tally.n_samples, tally.n_ignored, tally.n_unlabelled) == (3, 2, 1)
    assert tally.label_sets == {frozenset("a"): 2, frozenset(): 1}


def test_labels_are_exact_text_and_exact_integers() -> None:
    assert tally_of(["01|1|1.0", "NA|nan|None"], "|").counts == dict.fromkeys(
        ["01", "1", "1.0", "NA", "nan", "None"], 1
    )
    big = 2**53 + 1
    assert tally_of([[big, big - 1], [big]], None).counts == {str(big): 2, str(big - 1): 1}


def test_native_lists_may_hold_numbers_booleans_and_nulls() -> None:
    tally = tally_of([[1, None, 1], [], None, [2]], None, typed=True)
    assert tally.counts == {"1": 1, "2": 1}
    assert (tally.n_samples, tally.n_unlabelled, tally.n_missing) == (3, 1, 1)
    assert tally_of([[1.0, 0.5, float("nan")]], None).counts == {"1": 1, "0.5": 1}
    assert tally_of([[True], [False, True]], None).counts == {"true": 2, "false": 1}
    assert tally_of(pl.Series([["a", ""], [None]], dtype=pl.List(pl.String)), None).counts == {"a": 1}


def test_fixed_length_arrays_are_lists() -> None:
    assert tally_of(pl.Series([[1, 2], [2, 3]], dtype=pl.Array(pl.Int64, 2)), None).counts == {"1": 1, "2": 2, "3": 1}


def test_lists_written_as_text_are_read_item_by_item() -> None:
    tally = tally_of(["['it''s', 1]".replace("''", "\\'"), '["it\'s"]', "", "[None]"], LITERAL)
    assert tally.counts == {"it's": 2, "1": 1}
    assert tally.n_unlabelled == 2


@pytest.mark.parametrize("cell", ["a|b", "[[1]]", "[1, 2", "[1 2 ... 9]", '{"a": 1}', "[" * 5000])
def test_a_cell_that_is_no_flat_list_is_an_error(cell: str) -> None:
    with pytest.raises(InputError, match="is not a list of labels"):
        tally_of(["[1]", cell], LITERAL)


def test_a_label_by_index_or_outside_the_declared_classes() -> None:
    names = Names(frozenset(), frozenset(), ("cat", "dog"), ("cat", "dog"))
    assert tally_of(["0|1", "1"], "|", names).counts == {"cat": 1, "dog": 2}
    with pytest.raises(InputError, match="the label '2'"):
        tally_of(["0|2"], "|", names)


def test_a_batch_without_any_label_counts_its_samples() -> None:
    tally = tally_of(["", ""], "|")
    assert (tally.n_samples, tally.n_unlabelled, tally.counts) == (2, 2, {})
    assert tally.label_sets == {frozenset(): 2}
