import gzip
import io
import json
import os
import sys
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imbalance_doctor.batches import HEAD_ROWS, Table
from imbalance_doctor.errors import InputError
from imbalance_doctor.readers._choose import open_batches
from imbalance_doctor.readers._source import Options, Source
from tests.readers.reading import StandardInput, cells, chosen, complaint, opened, rows, survives, write
from tests.readers.typed import COLUMNS, FEATURES

FORMS = ("file", "stream")


def encoded(table: pa.Table, form: str, *, chunk: int | None = None, **said: object) -> bytes:
    out = io.BytesIO()
    made = {"file": pa.ipc.new_file, "stream": pa.ipc.new_stream}[form]
    with made(out, table.schema, options=pa.ipc.IpcWriteOptions(**said)) as writer:
        writer.write_table(table, max_chunksize=chunk)
    return out.getvalue()


def saved(folder: Path, table: pa.Table, form: str, **said: object) -> Path:
    return write(folder, encoded(table, form, **said), "x.arrow")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("array", "kind", "values"), COLUMNS, ids=lambda v: str(v.type) if isinstance(v, pa.Array) else ""
)
def test_typed_columns_are_exact_and_tell_missing_from_empty(tmp_path: Path, form, array, kind, values):
    found = opened(saved(tmp_path, pa.table({"other": ["x", "y", "z"], "label": array}), form))
    assert isinstance(found, Table)
    assert (found.column("label").type, found.typed) == (kind, True)
    assert rows(found) == ([("x",), ("y",), ("z",)] if values is None else list(zip("xyz", values, strict=True)))


UNREADABLE = [
    pa.UnionArray.from_sparse(pa.array([0, 0, 0], pa.int8()), [pa.array([1, 2, 3])]),
    pa.RunEndEncodedArray.from_arrays(pa.array([2, 3], pa.int32()), pa.array(["a", "b"])),
    pa.array([pa.MonthDayNano([1, 2, 3])] * 3),
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("array", UNREADABLE, ids=lambda array: str(array.type))
def test_a_column_of_a_type_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path, form: str, array: pa.Array):
    found = opened(saved(tmp_path, pa.table({"other": array, "label": ["a", "b", "a"]}), form))
    assert isinstance(found, Table)
    assert found.column("other").type == "nested"
    assert rows(found) == [("a",), ("b",), ("a",)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("compression", [None, "lz4", "zstd"])
@pytest.mark.parametrize("chunk", [None, 7])
def test_record_batches_keep_the_order_of_the_rows(
    tmp_path: Path, form: str, compression: str | None, chunk: int | None
):
    n = 2 * HEAD_ROWS if chunk is None else 500
    table = pa.table({"label": list(range(n)), "text": [str(i) for i in range(n)]})
    found = opened(saved(tmp_path, table, form, compression=compression, chunk=chunk))
    assert isinstance(found, Table)
    assert found.head.height == min(n, HEAD_ROWS)
    assert rows(found) == [(i, str(i)) for i in range(n)]


@pytest.mark.parametrize("form", FORMS)
def test_rows_behind_the_head_are_streamed(tmp_path: Path, form: str):
    n = 3 * HEAD_ROWS
    path = saved(tmp_path, pa.table({"label": [i % 5 for i in range(n)], "x": ["y"] * n}), form, chunk=1000)
    found = opened(path)
    assert isinstance(found, Table)
    read = [cell for frame in found.stream(["label"]) for cell in frame["label"].to_list()]
    assert read == [i % 5 for i in range(n)]


@pytest.mark.parametrize("form", FORMS)
def test_dictionaries_may_differ_from_batch_to_batch(tmp_path: Path, form: str):
    out = io.BytesIO()
    schema = pa.schema({"label": pa.dictionary(pa.int8(), pa.string())})
    made = {"file": pa.ipc.new_file, "stream": pa.ipc.new_stream}[form]
    with made(out, schema, options=pa.ipc.IpcWriteOptions(unify_dictionaries=form == "file")) as writer:
        chunks = [
            pa.array(values).dictionary_encode().cast(schema[0].type) for values in (["a", "b"], ["c", "a"], ["b"])
        ]
        writer.write_table(pa.table({"label": pa.chunked_array(chunks)}))
    assert cells(opened(write(tmp_path, out.getvalue(), "x.arrow"))) == ["a", "b", "c", "a", "b"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("written", ["pyarrow", "polars"])
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gz"])
@pytest.mark.parametrize("piped", [False, True], ids=["file", "standard input"])
def test_both_forms_come_from_files_and_pipes_compressed_or_not(tmp_path, monkeypatch, form, written, packed, piped):
    out = io.BytesIO()
    frame = pl.DataFrame({"label": ["a", "b", "a"]})
    frame.write_ipc(out) if form == "file" else frame.write_ipc_stream(out)
    content = out.getvalue() if written == "polars" else encoded(frame.to_arrow(), form)
    content = gzip.compress(content) if packed else content
    path = write(tmp_path, content, "x")
    monkeypatch.setattr(sys, "stdin", StandardInput(content))
    source = Source("standard input", None) if piped else Source(str(path), path)
    name, found = open_batches(source, Options())
    assert (name, cells(found)) == ("arrow", ["a", "b", "a"])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("features", "names"), FEATURES)
def test_class_names_come_from_the_hugging_face_metadata(tmp_path: Path, form: str, features, names):
    metadata = {"huggingface": json.dumps({"info": {"features": features}})}
    found = opened(saved(tmp_path, pa.table({"label": [0, 1, 1]}).replace_schema_metadata(metadata), form))
    assert isinstance(found, Table)
    assert found.column("label").class_names == names


@pytest.mark.parametrize("suffix", [".arrow", ".ipc", ".feather", ""])
def test_the_suffix_plays_no_part(tmp_path: Path, suffix: str):
    for form in FORMS:
        assert chosen(write(tmp_path, encoded(pa.table({"a": [1]}), form), f"x{suffix}")) == ("arrow", [])


@pytest.mark.parametrize("form", FORMS)
def test_a_table_without_rows_is_empty(tmp_path: Path, form: str):
    table = pa.table({"label": pa.array([], pa.string()), "box": pa.array([], pa.struct({"x": pa.int8()}))})
    assert rows(opened(saved(tmp_path, table, form))) == []
    assert rows(opened(saved(tmp_path, table, form, chunk=1))) == []


@pytest.mark.parametrize("form", FORMS)
def test_two_columns_of_one_name_are_refused(tmp_path: Path, form: str):
    table = pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["label", "label"])
    assert "two columns named 'label'" in complaint(saved(tmp_path, table, form), InputError)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("at", [0.05, 0.3, 0.6, 0.8])
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, form: str, at: float):
    whole = encoded(pa.table({"label": list(range(5000))}), form, chunk=1000)
    assert "cannot be read" in complaint(write(tmp_path, whole[: int(at * len(whole))], "x.arrow"), InputError)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=8))
def test_any_damage_ends_in_a_complaint_or_in_a_table(tmp_path: Path, form: str, at: int, damage: bytes):
    table = pa.table({"label": ["a", "b", None] * 20, "tags": [["x"], [], None] * 20, "n": range(60)})
    whole = bytearray(encoded(table, form, chunk=30))
    at = 8 + at % (len(whole) - 16)
    whole[at : at + len(damage)] = damage
    survives(write(tmp_path, bytes(whole), "x.arrow"))


def test_bytes_that_are_not_utf_8_are_refused(tmp_path: Path):
    whole = encoded(pa.table({"label": ["aaaaaaaa", "bbbbbbbb"]}), "stream")
    damaged = whole.replace(b"aaaaaaaa", b"aaa\xffaaaa")
    assert "cannot be read" in complaint(write(tmp_path, damaged, "x.arrow"), InputError)


def test_what_only_starts_as_a_stream_does_is_refused(tmp_path: Path):
    for content in (
        b"\xff\xff\xff\xff" + os.urandom(50),
        b"\xff\xff\xff\xff\xff\xff\xff\x7f" + bytes(50),
        b"ARROW1\0\0" + bytes(50),
    ):
        assert "cannot be read" in complaint(write(tmp_path, content, "x"), InputError)
