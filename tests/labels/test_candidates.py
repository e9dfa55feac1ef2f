"""Which column holds the labels, told from the others without a guess (test_layout.py has whole files)."""

from typing import Any

import polars as pl
import pytest

from imbalance_doctor.batches import Column, Table
from imbalance_doctor.errors import InputError
from imbalance_doctor.labels.candidates import find
from imbalance_doctor.labels.columns import facts
from imbalance_doctor.readers.parquet import cell_type


def found(data: dict[str, Any]) -> str:
    frame = pl.DataFrame(data)
    columns = tuple(Column(name, cell_type(dtype)) for name, dtype in frame.schema.items())
    table = Table(columns, frame, lambda names: iter([frame.select(names)]))
    return find(table, facts(table))[0].name


def test_an_exact_name_comes_before_a_word_in_a_name() -> None:
    assert found({"coarse_label": ["a", "b"], "label": ["x", "y"]}) == "label"


def test_a_word_that_says_otherwise_outweighs_a_word_for_labels() -> None:
    assert found({"label_score": ["1", "2"], "my_label": ["x", "y"]}) == "my_label"
    assert found({"predicted_class": ["1", "2"], "class": ["x", "y"]}) == "class"


def test_a_list_of_candidates_stays_short() -> None:
    with pytest.raises(InputError, match="and 18 more") as caught:
        found({f"q{i}": ["a", "b"] for i in range(30)})
    assert len(caught.value.message) < 1000


def test_the_hint_quotes_a_column_name_for_the_shell() -> None:
    with pytest.raises(InputError) as caught:
        found({"it's $a": ["a", "b"], "b": ["a", "b"]})
    assert """--label 'it'"'"'s $a'""" in caught.value.hint
