"""One label a row: cells are class names exactly as they are, and nothing but an empty cell or a null is missing."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from imbalance_doctor.errors import InputError, RefusedError
from imbalance_doctor.labels.counting.column import ColumnCounting
from imbalance_doctor.labels.counting.names import Names
from imbalance_doctor.labels.tally import LabelTally
from tests.label_files import counts, lines, question, read

SPELLINGS = [
    "01",
    "1",
    "1.0",
    "1e0",
    "+1",
    "١",
    " a",
    "a ",
    "a",
    "A",
    "NA",
    "N/A",
    "nan",
    "NaN",
    "None",
    "null",
    "-",
    "?",
]


def tally_of(*batches: pl.DataFrame, names: Names | None = None, **fields: int) -> LabelTally:
    tally, counting = LabelTally(**fields), ColumnCounting("label", names or Names())
    for batch in batches:
        counting.update(batch, tally)
    counting.finish(tally)
    return tally


def test_labels_are_exact_text(tmp_path: Path) -> None:
    labels = read(tmp_path, lines("id,label", *[f"{i},{s}" for i, s in enumerate(SPELLINGS)]), label="label")
    assert counts(labels) == dict.fromkeys(sorted(SPELLINGS), 1)
    assert labels.n_missing == 0


def test_only_an_empty_cell_or_a_null_is_missing(tmp_path: Path) -> None:
    labels = read(tmp_path, lines("id,label", "1,a", "2,", '3,""', "4, "), label="label")
    assert counts(labels) == {" ": 1, "a": 1}
    assert labels.n_missing == 2
    labels = read(tmp_path, '[{"label": null}, {"label": "null"}, {"label": ""}]', name="a.json")
    assert (counts(labels), labels.n_missing) == ({"null": 1}, 2)


def test_missing_names_further_texts(tmp_path: Path) -> None:
    labels = read(tmp_path, lines("id,label", "1,a", "2,NA", "3,?", "4,"), label="label", missing=("NA", "?"))
    assert (counts(labels), labels.n_missing) == ({"a": 1}, 3)


def test_ignored_labels_are_left_out_and_counted(tmp_path: Path) -> None:
    labels = read(tmp_path, lines("id,label", "1,0", "2,255", "3,255", "4,1"), ignore=("255",))
    assert (counts(labels), labels.n_ignored, labels.n_samples) == ({"0": 1, "1": 1}, 2, 2)


@pytest.mark.parametrize("value", [2**53 + 1, -(2**53) - 1, 2**63 - 1, -(2**63)])
def test_integers_are_exact_beyond_the_precision_of_floats(tmp_path: Path, value: int) -> None:
    near = value - 1 if value > 0 else value + 1
    as_text = read(tmp_path, lines("id,label", f"1,{value}", f"2,{near}", "3,"), label="label")
    array = tmp_path / "a.npy"
    np.save(array, np.array([value, near], dtype=np.int64))
    assert set(counts(as_text)) == {str(value), str(near)}
    assert set(counts(read(tmp_path, array.read_bytes(), name="a.npy"))) == {str(value), str(near)}


def test_numbers_of_typed_formats_are_shown_as_the_values_they_are() -> None:
    floats = pl.DataFrame({"label": [1.0, 0.5, None, float("nan"), 1e300, float("inf"), 2.0**53, -0.0]})
    assert tally_of(floats).counts == {
        "1": 1, "0.5": 1, "1e+300": 1, "inf": 1, "9007199254740992": 1, "0": 1,
    }  # fmt: skip
    assert tally_of(floats).n_missing == 2
    assert tally_of(pl.DataFrame({"label": [True, False, True]})).counts == {"true": 2, "false": 1}
    assert tally_of(pl.DataFrame({"label": pl.Series([3, None], dtype=pl.UInt8)})).counts == {"3": 1}
    assert tally_of(pl.DataFrame({"label": pl.Series(["x", "y"], dtype=pl.Categorical)})).counts == {"x": 1, "y": 1}


@pytest.mark.parametrize("name", ["n", "cell", "label", "__n", "count"])
def test_any_column_name_will_do(tmp_path: Path, name: str) -> None:
    assert counts(
        read(tmp_path, lines(f"{name},x", "a,1", "b,2", "a,3"), label=name, header=True, layout="column")
    ) == {
        "a": 2,
        "b": 1,
    }


def test_two_cells_that_name_one_class_are_counted_together() -> None:
    tally = tally_of(pl.DataFrame({"label": ["0", "1", "0"]}), names=Names(by_index=("a", "b"), declared=("a", "b")))
    assert tally.counts == {"a": 2, "b": 1}


def test_an_undeclared_label_is_an_error() -> None:
    with pytest.raises(InputError, match="declared"):
        tally_of(pl.DataFrame({"label": ["x"]}), names=Names(declared=("a",)))


def test_an_id_column_stops_early_and_names_better_candidates(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="more than 3 distinct labels"):
        tally_of(pl.DataFrame({"label": ["a", "b", "c", "d"]}), max_classes=3)
    text = lines("id,kind", *[f"{i},{'x' if i % 2 else 'y'}" for i in range(50)])
    asked = question(tmp_path, text, label="id", max_classes=10)
    assert "this looks like an id column" in asked
    assert "better candidates: 'kind' (2 distinct values in 50 rows)" in asked
