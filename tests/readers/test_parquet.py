import gzip
import json
from collections import Counter
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from imbalance_doctor.batches import Table
from imbalance_doctor.errors import InputError, RefusedError
from imbalance_doctor.readers import parquet as reader
from imbalance_doctor.readers._typed import class_names
from tests.readers.reading import cells, complaint, opened, rows, survives, write
from tests.readers.typed import COLUMNS, FEATURES


def saved(folder: Path, table: pa.Table, **said: object) -> Path:
    parquet.write_table(table, folder / "x.parquet", **said)
    return folder / "x.parquet"


@pytest.mark.parametrize(
    ("array", "kind", "values"), COLUMNS, ids=lambda v: str(v.type) if isinstance(v, pa.Array) else ""
)
def test_typed_columns_are_exact_and_tell_missing_from_empty(
    tmp_path: Path, array: pa.Array, kind: str, values: list | None
):
    found = opened(saved(tmp_path, pa.table({"other": ["x", "y", "z"], "label": array})))
    assert isinstance(found, Table)
    assert (found.column("label").type, found.typed) == (kind, True)
    expected = [("x",), ("y",), ("z",)] if values is None else list(zip("xyz", values, strict=True))
    assert rows(found) == expected
    assert ("label" in found.head.columns) == (values is not None)


@pytest.mark.parametrize(
    ("array", "kind", "values"), COLUMNS, ids=lambda v: str(v.type) if isinstance(v, pa.Array) else ""
)
def test_a_large_row_group_is_read_in_batches_to_the_same_cells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, array: pa.Array, kind: str, values: list | None
):
    def held(*_: object, **__: object) -> None:
        raise AssertionError("the row groups are held whole")

    path = saved(tmp_path, pa.table({"label": array, "label.x": ["x", "y", "z"]}))
    expected = rows(opened(path))
    monkeypatch.setattr(pl.LazyFrame, "collect_batches", held)
    monkeypatch.setattr(reader, "GROUP_ROWS", 2)
    assert rows(opened(path)) == expected
    monkeypatch.setattr(reader, "GROUP_ROWS", 3)
    monkeypatch.setattr(reader, "GROUP_BYTES", 1)
    assert rows(opened(path)) == expected


def test_what_the_columns_declare_is_checked_against_the_budget(tmp_path: Path):
    table = pa.table({"label": [str(i) for i in range(1000)], "text": ["x" * 100] * 1000})
    path = saved(tmp_path, table, use_dictionary=False, compression="zstd")
    of_labels = parquet.read_metadata(path).row_group(0).column(0).total_uncompressed_size
    found = opened(path, max_bytes=of_labels)
    assert sum(frame.height for frame in found.stream(["label"])) == 1000
    assert f"holds more than {of_labels:,} bytes" in complaint(path, RefusedError, max_bytes=of_labels)


@pytest.mark.parametrize("compression", ["none", "snappy", "gzip", "zstd", "lz4", "brotli"])
def test_compressed_pages_are_read(tmp_path: Path, compression: str):
    table = pa.table({"label": [i % 7 for i in range(1000)]})
    assert cells(opened(saved(tmp_path, table, compression=compression))) == [i % 7 for i in range(1000)]


def test_row_groups_and_batches_keep_the_order_of_the_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reader, "BATCH_ROWS", 100)
    path = saved(tmp_path, pa.table({"label": list(range(5000))}), row_group_size=333)
    assert cells(opened(path)) == list(range(5000))


def test_only_the_columns_that_are_asked_for_are_streamed(tmp_path: Path):
    found = opened(saved(tmp_path, pa.table({"a": [1, 2], "b": ["x", "y"], "c": [True, False]})))
    assert isinstance(found, Table)
    (frame,) = found.stream(["c", "a"])
    assert frame.select(["c", "a"]).rows() == [(True, 1), (False, 2)]
    assert set(frame.columns) == {"a", "c"}


def test_folder_names_and_brackets_in_the_path_mean_nothing(tmp_path: Path):
    folder = tmp_path / "label=7" / "[1]*"
    folder.mkdir(parents=True)
    found = opened(saved(folder, pa.table({"y": [1, 2]})))
    assert isinstance(found, Table)
    assert ([c.name for c in found.columns], cells(found)) == (["y"], [1, 2])


@pytest.mark.parametrize(("features", "names"), FEATURES)
def test_class_names_come_from_the_hugging_face_metadata(tmp_path: Path, features: dict, names: tuple[str, ...] | None):
    metadata = {"huggingface": json.dumps({"info": {"features": features}})}
    found = opened(saved(tmp_path, pa.table({"label": [0, 1, 1]}).replace_schema_metadata(metadata)))
    assert isinstance(found, Table)
    assert found.column("label").class_names == names


ODD = [
    "",
    "x",
    "{}",
    "[]",
    "3",
    '{"info": 3}',
    '{"info": {"features": [1]}}',
    '{"info": {"features": {"a": 1}}}',
    "[" * 10**5,
]


@pytest.mark.parametrize("metadata", ODD)
def test_other_metadata_is_no_obstacle(tmp_path: Path, metadata: str):
    assert class_names(metadata) == {}
    assert cells(opened(saved(tmp_path, pa.table({"a": [1]}).replace_schema_metadata({"huggingface": metadata})))) == [
        1
    ]


def test_metadata_nested_beyond_reason_is_no_obstacle():
    features = '{"a": ' + '{"feature": ' * 900 + "{}" + "}" * 900 + "}"
    assert class_names('{"info": {"features": ' + features + "}}") == {}


def test_an_empty_table_is_empty(tmp_path: Path):
    assert cells(opened(saved(tmp_path, pa.table({"label": pa.array([], pa.int64())})))) == []


@pytest.mark.parametrize("at", [0.0, 0.1, 0.5, 0.9, 0.99])
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, at: float):
    whole = saved(tmp_path, pa.table({"label": list(range(1000))})).read_bytes()
    said = complaint(write(tmp_path, whole[: max(8, int(at * len(whole)))], "x.parquet"), InputError)
    assert "cannot be read" in said


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=8))
def test_any_damage_ends_in_a_complaint_or_in_a_table(tmp_path: Path, at: int, damage: bytes):
    frame = pl.DataFrame({"label": ["a", "b", None] * 50, "n": range(150)})
    frame.write_parquet(tmp_path / "x.parquet", compression="uncompressed")
    whole = bytearray((tmp_path / "x.parquet").read_bytes())
    at = 8 + at % (len(whole) - 16)
    whole[at : at + len(damage)] = damage
    survives(write(tmp_path, bytes(whole), "x.parquet"))


def test_a_parquet_file_inside_a_compression_is_refused_with_what_to_do(tmp_path: Path):
    whole = saved(tmp_path, pa.table({"label": [1]})).read_bytes()
    said = complaint(write(tmp_path, gzip.compress(whole), "x.parquet.gz"), InputError)
    assert "a Parquet file inside gz" in said
    assert "decompress it" in said


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=4) | st.just("NA"), min_size=1))
def test_text_comes_back_as_pyarrow_wrote_it(tmp_path: Path, values: list[str | None]):
    path = saved(tmp_path, pa.table({"label": pa.array(values, pa.string())}))
    assert Counter(cells(opened(path))) == Counter(parquet.read_table(path)["label"].to_pylist()) == Counter(values)
