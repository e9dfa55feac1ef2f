"""The Python API: the same labels in every form give the same answer, and results can be asked."""

import ast
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from sklearn.utils.class_weight import compute_class_weight

import imbalance_doctor
from imbalance_doctor import analyze
from imbalance_doctor.api import Analysis
from imbalance_doctor.errors import DoctorError, InputError, UsageError
from tests.readers.reading import StandardInput, write
from tests.readers.tensor import Tensor

NAMES = ["ok"] * 950 + ["fraud"] * 50
IDS = [0] * 950 + [1] * 50
ROWS = [["a", "b"], ["a"], [], ["b", "c"], ["a", "c"]] * 8
ONES = [[int(name in row) for name in "abc"] for row in ROWS]


def counts(found: Analysis) -> dict[str, int]:
    return {row.name: row.count for row in found.labels.classes}


SINGLE = {
    "list": NAMES, "tuple": tuple(NAMES), "array": np.array(NAMES), "object array": np.array(NAMES, object),
    "bytes": np.array(NAMES, "S5"), "Series": pd.Series(NAMES), "string Series": pd.Series(NAMES, dtype="string"),
    "category": pd.Series(NAMES, dtype="category"), "Index": pd.Index(NAMES), "polars": pl.Series(NAMES),
    "Categorical": pl.Series(NAMES, dtype=pl.Categorical), "frame": pd.DataFrame({"id": range(1000), "label": NAMES}),
    "polars frame": pl.DataFrame({"label": NAMES}), "lazy": pl.LazyFrame({"label": NAMES}), "counts": Counter(NAMES),
    "mapping": {"fraud": 50, "ok": 950}, "value_counts": pd.Series(NAMES).value_counts(), "columns": {"label": NAMES},
}  # fmt: skip


@pytest.mark.parametrize("form", SINGLE)
def test_labels_in_every_form_give_the_same_counts(form: str):
    found = analyze(SINGLE[form])
    assert counts(found) == {"fraud": 50, "ok": 950}
    assert (found.labels.n_samples, found.labels.task) == (1000, "binary")


NUMBERS = {
    **{kind: np.array(IDS, kind) for kind in ("i1", "u1", ">i4", "i8", "u8", "f2", "f8")},
    "list": IDS, "column": np.array(IDS)[:, None], "tensor": Tensor(IDS), "Series": pd.Series(IDS),
    "nullable": pd.Series(IDS, dtype="Int64"), "arrow": pd.Series(IDS, dtype="int64[pyarrow]"),
    "polars": pl.Series(IDS),
    "float Series": pd.Series(IDS, dtype=float), "range": [np.int64(i) for i in IDS],
}  # fmt: skip


@pytest.mark.parametrize("form", NUMBERS)
def test_class_ids_of_every_type_give_the_same_counts(form: str):
    assert counts(analyze(NUMBERS[form])) == {"0": 950, "1": 50}


MULTIPLE = {
    "lists": ROWS, "tuples": tuple(map(tuple, ROWS)), "sets": list(map(set, ROWS)), "Series": pd.Series(ROWS),
    "polars": pl.Series(ROWS), "frame": pd.DataFrame({"tags": ROWS}), "arrays": [np.array(row, "U1") for row in ROWS],
    "indicator frame": pd.DataFrame(ONES, columns=list("abc")), "polars frame": pl.DataFrame(ONES, "abc", orient="row"),
}  # fmt: skip
MATRICES = {
    "lists": ONES, "array": np.array(ONES), "bool": np.array(ONES, bool), "float": np.array(ONES, float),
    "Fortran": np.asfortranarray(ONES), "csr": sparse.csr_matrix(ONES), "csc": sparse.csc_array(ONES),
    "coo": sparse.coo_matrix(ONES), "tensor": Tensor(ONES),
}  # fmt: skip


@pytest.mark.parametrize("form", MULTIPLE)
def test_label_sets_in_every_form_give_the_same_counts(form: str):
    found = analyze(MULTIPLE[form])
    assert counts(found) == Counter(name for row in ROWS for name in row) == {"a": 24, "b": 16, "c": 16}
    assert (found.labels.n_samples, found.labels.n_unlabelled, found.labels.task) == (40, 8, "multilabel")


@pytest.mark.parametrize("form", MATRICES)
def test_a_matrix_in_every_form_gives_the_same_counts(form: str):
    found = analyze(MATRICES[form])
    assert counts(found) == {"0": 24, "1": 16, "2": 16}
    assert counts(analyze(MATRICES[form], classes=["a", "b", "c"])) == {"a": 24, "b": 16, "c": 16}
    assert (found.labels.n_samples, found.labels.n_unlabelled) == (40, 8)


@pytest.mark.parametrize(
    "x",
    [
        [1.0, float("nan"), 1.0, 0.0, None], np.array([1, np.nan, 1, 0, np.nan]), pd.Series([1, None, 1, 0, None]),
        pd.Series([1, None, 1, 0, None], dtype="Int64"), pl.Series([1, None, 1, 0, None]), [1, None, 1, 0, pd.NA],
        pl.Series([1.0, float("nan"), 1.0, 0.0, None]), np.ma.array([1, 1, 1, 0, 1], mask=[0, 1, 0, 0, 1]),
        np.array([1, None, 1, 0, None], object),
    ],
)  # fmt: skip
def test_what_is_missing_is_no_class(x: Any):
    found = analyze(x)
    assert (counts(found), found.labels.n_missing) == ({"0": 1, "1": 2}, 2)


def test_large_ids_keep_every_digit_beside_a_missing_one():
    ids = [2**53 + 1, 2**53, 2**53 + 1]
    for x in (ids, np.array(ids), pd.Series([*ids, None], dtype="Int64"), pl.Series([*ids, None]), [*ids, None]):
        assert counts(analyze(x)) == {"9007199254740992": 1, "9007199254740993": 2}


def test_texts_that_look_missing_or_alike_are_classes():
    labels = ["NA", "None", "nan", "", "1", "01", "1.0", " 1"]
    found = analyze([*labels, *labels])
    assert set(counts(found)) == set(labels) - {""}
    assert found.labels.n_missing == 2


@pytest.mark.parametrize("suffix", ["csv", "json", "jsonl", "parquet", "arrow", "npy"])
def test_a_path_is_read_in_any_format(tmp_path: Path, suffix: str):
    frame = pl.DataFrame({"label": NAMES})
    path = tmp_path / f"x.{suffix}"
    if suffix == "npy":
        np.save(path, np.array(NAMES))
    elif suffix == "json":
        path.write_text(json.dumps(NAMES))
    else:
        {"csv": frame.write_csv, "jsonl": frame.write_ndjson, "parquet": frame.write_parquet, "arrow": frame.write_ipc}[
            suffix
        ](path)
    for x in (path, str(path), [path, path]):
        k = 1 + isinstance(x, list)
        assert counts(analyze(x)) == {"fraud": 50 * k, "ok": 950 * k}


def test_shards_globs_and_standard_input_are_named_by_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for i, label in enumerate(["a", "b", "a"]):
        write(tmp_path, f"label\n{label}\n{label}\n", f"{i}.csv")
    assert counts(analyze(str(tmp_path))) == counts(analyze(str(tmp_path / "*.csv"))) == {"a": 4, "b": 2}
    monkeypatch.setattr(sys, "stdin", StandardInput(b"label\na\nb\na\n"))
    assert counts(analyze("-")) == {"a": 2, "b": 1}


def test_the_options_of_the_command_line_are_keywords(tmp_path: Path):
    path = write(tmp_path, "1;caf\xe9|x\n2;x\n3;?\n4;y\n".encode("latin-1"), "x.dat")
    found = analyze(
        path,
        encoding="latin-1",
        delimiter=";",
        header=False,
        label="2",
        separator="|",
        missing=["?"],
        ignore_label=["y"],
    )
    assert counts(found) == {"café": 1, "x": 2}
    assert (found.labels.n_missing, found.labels.n_ignored) == (1, 1)
    long = pd.DataFrame({"image": [1, 1, 2], "label": ["a", "b", "a"]})
    assert analyze(long, id="image").labels.n_samples == 2
    assert analyze({"a": 3, "b": 1}, n_samples=10).labels.n_samples == 10
    with pytest.raises(TypeError, match="unexpected keyword argument 'labell'"):
        analyze(NAMES, labell="x")


@pytest.mark.parametrize(
    "x", [[], {}, np.zeros((0, 3)), [None, None], None, 3, {"a"}, iter("ab"), "no/such.csv", [{"a": 1}]]
)
def test_what_holds_no_labels_is_refused_with_a_hint(x: Any):
    with pytest.raises(DoctorError) as caught:
        analyze(x)
    assert caught.value.message
    assert caught.value.hint


def test_labels_that_are_examined_are_not_changed():
    matrix = sparse.csr_matrix(([1, 0, 1], [0, 1, 1], [0, 2, 3]), shape=(2, 2))
    array, frame = np.array(IDS), pd.DataFrame({"label": NAMES})
    analyze(matrix)
    analyze(array)
    analyze(frame)
    assert (matrix.nnz, matrix.data.tolist(), array.tolist()) == (3, [1, 0, 1], IDS)
    assert frame.equals(pd.DataFrame({"label": NAMES}))


def test_a_result_is_a_frame_with_a_row_per_class_in_index_order():
    frame = analyze(NAMES).to_frame()
    assert frame["name"].tolist() == ["fraud", "ok"]
    assert frame["count"].tolist() == [50, 950]
    assert frame["prevalence"].tolist() == frame["boundary"].tolist() == [0.05, 0.95]
    assert frame.index.tolist() == [0, 1]


def test_a_result_is_plain_python_that_is_json():
    found = analyze(NAMES).to_dict()
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert found["command"] == "analyze"
    assert [row["count"] for row in found["labels"]["classes"]] == [50, 950]


def test_a_result_can_be_asked_for_findings_and_a_prescription():
    found = analyze(NAMES, metric="ranking", model="trees")
    assert found.findings == found.report.findings
    assert any("fraud" in finding.classes or "fraud" in finding.message for finding in found.findings)
    assert (found.prescription.metric, found.prescription.model) == ("ranking", "trees")
    with pytest.raises(UsageError):
        analyze(NAMES, metric="no-such")


def test_weights_equal_scikit_learns_and_are_emitted_for_a_framework():
    weights = analyze(IDS).weights("balanced")
    theirs = compute_class_weight("balanced", classes=np.array([0, 1]), y=np.array(IDS))
    assert weights.values == tuple(theirs)
    assert weights.to_dict() == {"0": theirs[0], "1": theirs[1]}
    assert (weights.classes, weights.values_negative) == (("0", "1"), None)
    assert "torch" in weights.to("pytorch")
    ast.parse(weights.to("pytorch"))
    assert json.loads(weights.to("json"))["values"] == list(theirs)


def test_weights_take_the_options_of_the_command_line():
    found = analyze(NAMES)
    assert found.weights("balanced", cap=2.0).values == pytest.approx((2, 18 / 19))
    assert found.weights("balanced", normalize="max").values == pytest.approx((1, 1 / 19))
    assert sum(found.weights("inverse", normalize="sum").values) == pytest.approx(2)
    assert found.weights("effective-number", beta=0.99).values != found.weights("effective-number", beta=0.9).values
    assert found.weights("auto").classes == ("fraud", "ok")
    for bad in ({"scheme": "no-such"}, {"scheme": "balanced", "beta": 0.5}):
        with pytest.raises(UsageError):
            found.weights(**bad)


def test_classes_without_samples_need_a_decision():
    found = analyze(["a", "b", "a"], classes=["a", "b", "c"])
    assert counts(found) == {"a": 2, "b": 1, "c": 0}
    with pytest.raises(InputError):
        found.weights("balanced")
    assert found.weights("balanced", zero_count="exclude").classes[:2] == ("a", "b")


def test_class_names_of_hugging_face_files_are_the_classes(tmp_path: Path):
    features = {"label": {"names": ["neg", "pos", "never"], "_type": "ClassLabel"}}
    metadata = {"huggingface": json.dumps({"info": {"features": features}})}
    table = pa.table({"label": [1, 0, 1, -1]}).replace_schema_metadata(metadata)
    with pa.ipc.new_stream(tmp_path / "x.arrow", table.schema) as writer:
        writer.write_table(table)
    found = analyze(tmp_path / "x.arrow")
    assert (counts(found), found.labels.n_missing) == ({"neg": 1, "pos": 2, "never": 0}, 1)


def test_the_package_says_what_it_offers():
    assert set(imbalance_doctor.__all__) >= {"__version__", "analyze"}
    assert all(hasattr(imbalance_doctor, name) for name in imbalance_doctor.__all__)


LABELS = st.lists(st.sampled_from(["a", "b", "NA", "01", "1", " "]), min_size=1, max_size=15)


@settings(max_examples=50, deadline=None)
@given(LABELS)
def test_a_list_is_counted_as_the_standard_library_counts_it(labels: list[str]):
    assert counts(analyze(labels, layout="column")) == dict(sorted(Counter(labels).items()))


def test_one_text_is_one_value_not_its_characters() -> None:
    found = imbalance_doctor.analyze(["a"] * 5 + ["NA"] * 5 + ["b"] * 5, missing="NA", ignore_label="b", classes="a,c")
    assert (found.labels.n_missing, found.labels.n_ignored) == (5, 5)
    assert found.labels.counts.names == ("a", "c")


def test_a_single_row_of_numbers_is_one_sample_only_where_that_is_said():
    row = np.array([[0, 1, 1, 0, 1]])
    with pytest.raises(InputError, match="can be one sample, or a row of labels"):
        analyze(row)
    assert analyze(row, layout="indicator").labels.n_samples == 1
    assert analyze(row, classes=list("abcde")).labels.n_samples == 1
    assert analyze(row.T).labels.n_samples == 5
