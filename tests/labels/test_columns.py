"""What the head of a table says about its columns, before any of them is taken for the label."""

from typing import Any

import numpy as np
import polars as pl
import pytest

import imbalance_doctor
from imbalance_doctor.batches import Column, Table
from imbalance_doctor.errors import InputError
from imbalance_doctor.labels.columns import Facts, as_text, facts, named, words
from imbalance_doctor.readers.parquet import cell_type


def table(data: dict[str, Any], **about: Any) -> Table:
    frame = pl.DataFrame(data)
    columns = tuple(Column(name, cell_type(dtype)) for name, dtype in frame.schema.items())
    return Table(columns, frame, lambda names: iter([frame.select(names)]), **about)


def fact(values: Any, name: str = "x", missing: tuple[str, ...] = ()) -> Facts:
    return facts(table({name: values, "other": range(len(values))}), missing)[0]


def test_the_words_of_a_name() -> None:
    assert words("given_original_label") == {"given", "original", "label"}
    assert words("className") == {"class", "name"}
    assert words("Label ID (new)") == {"label", "id", "new"}
    assert words("") == set()


@pytest.mark.parametrize(
    ("values", "about"),
    [
        (["1", "2", ""], "integers"),
        (["-1", "+2", None], "integers"),
        ([1, 2, 3], "integers"),
        (["1.5", "2", ".5", "1e-3"], "fractions"),
        ([0.25, 1.0], "fractions"),
        (["1", "0", "-1", ""], "binary"),
        (["True", "False"], "binary"),
        ([True, False, None], "binary"),
        ([0.0, 1.0, float("nan")], "binary"),
        (["a/b", "c1", "x\\y"], "identifiers"),
        (["__label__a text", "x"], "fasttext"),
    ],
)
def test_what_the_values_of_a_column_are(values: list, about: str) -> None:
    assert getattr(fact(values), about)


@pytest.mark.parametrize(
    ("values", "about"),
    [
        (["1.0", "2"], "integers"),
        (["1", "x"], "integers"),
        (["١", "٢"], "integers"),
        (["1.0", "2"], "fractions"),
        (["1.5", "x"], "fractions"),
        (["1", "0", "2"], "binary"),
        ([], "binary"),
        (["", None], "integers"),
    ],
)
def test_what_they_are_not(values: list, about: str) -> None:
    assert not getattr(fact(pl.Series(values, dtype=pl.String)), about)


def test_empty_and_missing_cells_say_nothing() -> None:
    known = fact(["1", "0", "", None, "NA"], missing=("NA",))
    assert (known.n, known.distinct, known.binary, known.blanks) == (2, 2, True, True)
    assert not fact(["1", "0", "NA"]).binary
    assert not fact(["1", "0"]).blanks


@pytest.mark.parametrize(
    "values",
    [
        [f"id {i}" for i in range(20)],
        [str(i) for i in range(15)] + [str(i) for i in range(10)],
        ["a rather long sentence, longer than any name of a class"] * 3,
        [i / 7 for i in range(5)],
        [None, None],
    ],
    ids=["distinct", "measurements", "text", "fractions", "nothing"],
)
def test_ids_measurements_text_and_nothing_are_no_plausible_classes(values: list) -> None:
    assert not fact(values).plausible


@pytest.mark.parametrize("values", [["a", "b"], [str(i % 5) for i in range(30)], [["a"], ["a", "b"]]])
def test_few_values_that_recur_and_lists_are_plausible_classes(values: list) -> None:
    assert fact(values).plausible


def test_nested_cells_are_not() -> None:
    assert not fact([[["a"]], [["b"]]]).plausible
    assert "(nested)" in fact([[["a"]], [["b"]]]).described


def test_label_sets_are_plausible_where_the_name_speaks_for_labels() -> None:
    sets = ["|".join("abcde"[j] for j in range(5) if i >> j & 1) for i in range(1, 32)]
    assert fact(sets, "labels").several
    assert fact(sets, "labels").plausible
    assert not fact(sets, "notes").plausible


def test_cells_as_text_are_exact() -> None:
    texts = as_text(pl.Series([1.0, 0.1, None, float("nan"), float("inf"), -3.0, 2.0**62, 1e19])).to_list()
    assert texts == ["1", "0.1", None, None, "inf", "-3", str(2**62), "1e+19"]
    assert as_text(pl.Series([2**63 - 1, -(2**63), None])).to_list() == [str(2**63 - 1), str(-(2**63)), None]
    assert as_text(pl.Series(np.array([2**64 - 1], dtype=np.uint64))).to_list() == [str(2**64 - 1)]
    assert as_text(pl.Series([True, None])).to_list() == ["true", None]
    assert as_text(pl.Series([" a ", "", "01"])).to_list() == [" a ", "", "01"]


def test_a_column_is_named_by_its_name_first_and_by_its_number_from_1_second() -> None:
    both = table({"2": ["a"], "x": ["b"]})
    assert named(both, "2", "--label").name == "2"
    assert named(both, "1", "--label").name == "2"
    for wrong in ("0", "3", "y", "-1"):
        with pytest.raises(InputError, match="there is no column") as caught:
            named(both, wrong, "--label")
        assert "--label takes one of '2', 'x', or a number from 1" in caught.value.hint


def test_a_name_in_a_first_row_of_unknown_role_asks_about_the_header() -> None:
    with pytest.raises(InputError, match="stands in the first row"):
        named(table({"1": ["label"], "2": ["x"]}, header=None), "label", "--label")


def test_a_class_beside_its_count_without_a_header_is_asked_about_with_the_flag_that_reads_it(tmp_path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("".join(f"{i},{100 + 7 * i % 93}\n" for i in range(40)))
    with pytest.raises(InputError) as caught:
        imbalance_doctor.analyze(path)
    assert "--layout counts" in caught.value.hint
    assert imbalance_doctor.analyze(path, layout="counts").labels.n_present == 40
