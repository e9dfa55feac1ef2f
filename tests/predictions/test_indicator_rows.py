"""The truth as 0 and 1 per class: columns, a vector in each cell, a matrix, dense or sparse, with blanks."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy import sparse

from imbalance_doctor.errors import InputError
from imbalance_doctor.labels.counting.indicator import IndicatorCounting
from imbalance_doctor.predictions.indicator_rows import IndicatorHolder
from tests.dumps import examined, table

NAMES = ("a", "b", "c")
TRUTH = np.array([[1, 0, 1], [0, 0, 0], [0, 1, 1], [1, 1, 0]], dtype=np.int8)


def holder(*ignored: str) -> IndicatorHolder:
    return IndicatorHolder(IndicatorCounting(names=NAMES, columns=NAMES, ignored=frozenset(ignored)), "here")


def support(found) -> dict[str, int]:
    assert found.profile.truth is not None
    return {row.name: row.support for row in found.profile.truth.classes}


SCORES = table(*[(f"prob_{n}", [0.9, 0.1, 0.8, 0.2] * 5) for n in NAMES])


@pytest.mark.parametrize("wrong", [7, 0.5, -3])
def test_a_matrix_holds_ones_and_zeros_or_names_the_row_that_does_not(wrong: float) -> None:
    held = holder()
    held.update(TRUTH)
    held.update(TRUTH.astype(float))
    assert len(held.sets) == 8
    assert not held.any_unknown
    bad = TRUTH.astype(float)
    bad[2, 1] = wrong
    with pytest.raises(InputError, match=r"row 11\b") as caught:
        held.update(bad)
    assert "b" in caught.value.message


def test_a_sparse_matrix_is_held_as_a_dense_one_and_only_ones_are_taken() -> None:
    held = holder()
    doubled = sparse.csr_matrix(([1, 1, 0], ([0, 2, 1], [0, 1, 2])), shape=(4, 3))
    held.update(doubled)
    assert len(held.sets) == 4
    with pytest.raises(InputError, match=r"row 6\b"):
        held.update(sparse.csr_matrix(([1, 2], ([0, 1], [0, 2])), shape=(2, 3)))


def test_unknown_cells_are_kept_apart_from_zeros() -> None:
    held = holder()
    held.update(np.array([[1, np.nan, 0], [0, -1, 1]]))
    assert held.any_unknown
    rows = held.finish()
    assert rows.unknown is not None
    assert len(rows.unknown) == 2


def test_an_ignored_class_is_left_out_of_the_rows() -> None:
    held = holder("b")
    held.update(TRUTH)
    assert held.finish().names == ("a", "c")


def test_columns_and_vectors_in_a_cell_are_the_same_truth(tmp_path: Path) -> None:
    rows = np.tile(TRUTH, (5, 1))
    expected = dict(zip(NAMES, rows.sum(axis=0).tolist(), strict=True))
    columns = table(*zip(NAMES, rows.T, strict=True))
    assert support(examined(tmp_path, SCORES, columns, truth_layout="indicator", task="sigmoid")) == expected
    vectors = table(("labels", [f'"{json.dumps(row)}"' for row in rows.tolist()]))
    found = examined(tmp_path, SCORES, vectors, truth_layout="indicator", task="sigmoid", classes=NAMES)
    assert list(support(found).values()) == list(expected.values())


@pytest.mark.parametrize("cells", [[[1, 0, 1], None, [0, 1]], ["[1, 0, 1]", "", "[0, 1]"]])
def test_a_vector_of_another_length_is_named_and_an_empty_cell_is_unknown(cells: list) -> None:
    held = IndicatorHolder(IndicatorCounting(names=NAMES), "here", "labels")
    held.update(pl.DataFrame({"labels": cells[:2]}))
    assert (len(held.sets), held.any_unknown) == (2, True)
    with pytest.raises(InputError, match="a cell of 'labels' holds no 3 values"):
        held.update(pl.DataFrame({"labels": cells}))
