"""A class and its count a row."""

from collections import Counter

import polars as pl
import pytest

from imbalance_doctor.errors import InputError, RefusedError
from imbalance_doctor.labels.counting.counts import CountsCounting
from imbalance_doctor.labels.counting.names import Names
from imbalance_doctor.labels.tally import LabelTally

PLAIN = Names(missing=frozenset())


def tally_of(*batches: dict, names: Names = PLAIN, column: str | None = "class", **fields: int) -> LabelTally:
    tally, counting = LabelTally(**fields), CountsCounting(column, "count", names)
    for batch in batches:
        counting.update(pl.DataFrame(batch), tally)
    counting.finish(tally)
    return tally


def test_classes_keep_their_counts_and_those_of_zero_stay() -> None:
    tally = tally_of({"class": ["a", "b"], "count": ["5", "0"]})
    assert tally.counts == Counter({"a": 5, "b": 0})
    assert "b" in tally.counts
    assert (tally.n_rows, tally.n_samples) == (2, 5)


def test_bare_counts_number_the_classes_from_0_over_all_batches() -> None:
    tally = tally_of({"count": ["5", "3"]}, {"count": ["7"]}, column=None)
    assert tally.counts == {"0": 5, "1": 3, "2": 7}


@pytest.mark.parametrize("count", ["5", " 5 ", "+5", "005", 5, 5.0])
def test_a_count_is_a_whole_number_however_it_is_written(count: object) -> None:
    assert tally_of({"class": ["a"], "count": [count]}).counts == {"a": 5}


@pytest.mark.parametrize("count", ["-1", "5.5", "1,000", "1e3", "", None, "five", "٥", "9" * 30])
def test_anything_else_is_an_error_with_its_row(count: object) -> None:
    with pytest.raises(InputError, match=r"row 2: .* is not a count"):
        tally_of({"class": ["a", "b"], "count": pl.Series(["1", count], dtype=pl.String)})


def test_counts_are_exact_beyond_the_precision_of_floats() -> None:
    assert tally_of({"class": ["a"], "count": [str(2**53 + 1)]}).n_samples == 2**53 + 1


def test_a_class_given_twice_is_an_error_also_across_batches_and_under_its_index() -> None:
    with pytest.raises(InputError, match="row 2: the class 'a' has two counts"):
        tally_of({"class": ["a", "a"], "count": ["1", "2"]})
    with pytest.raises(InputError, match="row 2: the class 'a' has two counts"):
        tally_of({"class": ["a"], "count": ["1"]}, {"class": ["a"], "count": ["0"]})


@pytest.mark.parametrize("nothing", ["", None])
def test_a_count_without_the_name_of_its_class_is_an_error_until_missing_leaves_it_out(nothing: str | None) -> None:
    batch = {"class": ["a", nothing], "count": ["5", "3"]}
    with pytest.raises(InputError, match="row 2: a count without the name of its class"):
        tally_of(batch)
    tally = tally_of(batch, names=Names(missing=frozenset({""})))
    assert (tally.counts, tally.n_samples, tally.n_ignored) == ({"a": 5}, 5, 3)


def test_missing_and_ignored_classes_go_to_the_ignored_samples() -> None:
    names = Names(missing=frozenset({"NA"}), ignored=frozenset({"void"}))
    tally = tally_of({"class": ["a", "NA", "void"], "count": ["5", "3", "2"]}, names=names)
    assert (tally.counts, tally.n_samples, tally.n_ignored) == ({"a": 5}, 5, 5)


def test_more_classes_than_allowed_are_refused() -> None:
    with pytest.raises(RefusedError, match="more than 1 distinct labels"):
        tally_of({"class": ["a", "b"], "count": ["1", "1"]}, max_classes=1)
