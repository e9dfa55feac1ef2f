import io
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imbalance_doctor.batches import Matrix, Table
from imbalance_doctor.errors import InputError, RefusedError
from imbalance_doctor.readers import npy
from tests.readers.reading import cells, complaint, dense, opened, rows, write

INTEGERS = ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"]


def saved(folder: Path, array: np.ndarray, version: tuple[int, int] | None = None) -> Path:
    out = io.BytesIO()
    np.lib.format.write_array(out, array, version, allow_pickle=True)
    return write(folder, out.getvalue(), "x.npy")


def raw(folder: Path, header: str, data: bytes = b"", version: bytes = b"\x01\x00") -> Path:
    """A file with this header, however wrong."""
    text = header.encode("latin-1")
    size = struct.pack("<H" if version == b"\x01\x00" else "<I", len(text))
    return write(folder, b"\x93NUMPY" + version + size + text + data, "x.npy")


def described(descr: str = "'<i4'", shape: str = "(3,)", order: str = "False") -> str:
    return f"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}"


@pytest.mark.parametrize("kind", INTEGERS)
@pytest.mark.parametrize("order", "<>")
def test_integers_of_every_size_and_byte_order_are_exact(tmp_path: Path, kind: str, order: str):
    limits = np.iinfo(kind)
    values = [limits.min, 0, 1, limits.max]
    found = opened(saved(tmp_path, np.array(values, f"{order}{kind}")))
    assert isinstance(found, Table)
    assert (found.column("value").type, cells(found)) == ("integer", values)


@pytest.mark.parametrize("kind", ["f2", "f4", "f8"])
@pytest.mark.parametrize("order", "<>")
def test_not_a_number_is_missing_among_floats(tmp_path: Path, kind: str, order: str):
    found = opened(saved(tmp_path, np.array([0, 1.5, np.nan, -2], f"{order}{kind}")))
    assert isinstance(found, Table)
    assert (found.column("value").type, cells(found)) == ("float", [0.0, 1.5, None, -2.0])


def test_booleans_are_booleans(tmp_path: Path):
    assert cells(opened(saved(tmp_path, np.array([True, False])))) == [True, False]


@pytest.mark.parametrize("order", "<>")
def test_text_is_exact(tmp_path: Path, order: str):
    values = ["cat", "", " 01 ", "日本", "😀"]
    assert cells(opened(saved(tmp_path, np.array(values, f"{order}U5")))) == values
    assert cells(opened(saved(tmp_path, np.array([v.encode() for v in values])))) == values


def test_bytes_and_code_points_that_are_no_text_are_refused_and_not_replaced(tmp_path: Path):
    assert "not Unicode" in complaint(saved(tmp_path, np.array([b"\xe9", b"\xe8"])), InputError)
    assert "not Unicode" in complaint(saved(tmp_path, np.array(["\ud800", "a"])), InputError)
    for code in (b"\xff\xff\xff\xff", b"\0\0\x11\0", b"\xff\xff\xff\0"):
        assert "not Unicode" in complaint(raw(tmp_path, described("'<U2'", "(1,)"), b"a\0\0\0" + code), InputError)


def test_one_column_of_a_matrix_is_a_vector(tmp_path: Path):
    assert cells(opened(saved(tmp_path, np.array([[1], [2], [1]])))) == [1, 2, 1]
    assert cells(opened(saved(tmp_path, np.asfortranarray([[1], [2]])))) == [1, 2]


@pytest.mark.parametrize("kind", ["?", *INTEGERS, "f2", "f8", ">i4"])
@pytest.mark.parametrize("order", "CF")
@pytest.mark.parametrize("block", [8 << 20, 5])
def test_a_matrix_is_read_row_by_row_in_either_order(tmp_path: Path, monkeypatch, kind: str, order: str, block: int):
    monkeypatch.setattr(npy, "BLOCK_BYTES", block)
    array = (np.arange(21).reshape(7, 3) % 2).astype(kind)
    found = opened(saved(tmp_path, np.asarray(array, order=order)))
    assert isinstance(found, Matrix)
    assert found.shape == (7, 3)
    assert dense(found) == array.tolist()
    assert all(b.dtype.isnative for b in opened(saved(tmp_path, array)).blocks())


def test_fields_of_a_structured_type_are_columns(tmp_path: Path):
    array = np.array([(1, "cat", 0.5), (2, "dog", np.nan)], [("id", ">i4"), ("label", "U3"), ("größe", "f4")])
    found = opened(saved(tmp_path, array))
    assert isinstance(found, Table)
    assert [(c.name, c.type) for c in found.columns] == [("id", "integer"), ("label", "text"), ("größe", "float")]
    assert rows(found) == [(1, "cat", 0.5), (2, "dog", None)]
    wide = np.array([("a",)], [("名", "U1")])
    assert rows(opened(saved(tmp_path, wide, (3, 0)))) == [("a",)]
    assert opened(saved(tmp_path, wide, (3, 0))).columns[0].name == "名"


@pytest.mark.parametrize("version", [(1, 0), (2, 0), (3, 0)])
def test_every_version_of_the_format_is_read(tmp_path: Path, version: tuple[int, int]):
    assert cells(opened(saved(tmp_path, np.array([3, 1]), version))) == [3, 1]


def test_headers_of_python_2_are_read_without_a_warning(tmp_path: Path):
    assert cells(opened(raw(tmp_path, described(shape="(2L,)"), struct.pack("<2i", 7, 8)))) == [7, 8]


@pytest.mark.parametrize(
    "array", [np.array([{}], object), np.array(["a", None], object), np.array([("a", {})], [("a", "U1"), ("b", "O")])]
)
def test_object_arrays_are_refused_with_a_way_to_export_them(tmp_path: Path, array: np.ndarray):
    said = complaint(saved(tmp_path, array), RefusedError)
    assert "a pickle, which can run code" in said
    assert "numpy.save('labels.npy'" in said


@pytest.mark.parametrize(
    "array",
    [
        np.array(3),
        np.zeros((2, 2, 2)),
        np.array(["2020"], "M8[D]"),
        np.array([1j]),
        np.zeros(2, "V3"),
        np.zeros(1, [("a", "2i4")]),
        np.zeros((2, 2), [("a", "i4")]),
    ],
)
def test_arrays_that_are_no_labels_are_refused(tmp_path: Path, array: np.ndarray):
    said = complaint(saved(tmp_path, array), InputError)
    assert "is an array of shape" in said or "holds values of type" in said


@pytest.mark.parametrize(
    ("shape", "descr"),
    [
        ("(10000000000000,)", "'<i4'"), ("(4294967296, 4294967296)", "'<i4'"), ("(1, 1000000000000)", "'|b1'"),
        ("(1000000000000, 1)", "'<f8'"), ("(3,)", "'<U100000000'"), ("(4,)", "'<i4'"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("order", ["True", "False"])
def test_a_shape_that_promises_more_than_the_file_holds_is_refused_before_it_is_read(
    tmp_path: Path, shape, descr, order
):
    said = complaint(raw(tmp_path, described(descr, shape, order), bytes(12)), InputError)
    assert "ends early: its header promises the shape" in said


@pytest.mark.parametrize("shape", ["(1, 1000000000000)", "(3, 1000001)"])
def test_more_columns_than_classes_can_be_are_refused_before_anything_is_allocated(tmp_path: Path, shape: str):
    import gzip

    path = raw(tmp_path, described("'|b1'", shape), bytes(12))
    path.write_bytes(gzip.compress(path.read_bytes()))
    assert "more than 1,000,000 classes" in complaint(path, RefusedError)


def test_a_file_that_ends_early_behind_a_compression_is_refused_too(tmp_path: Path):
    import gzip

    for shape, order in (("(4,)", "False"), ("(2, 2)", "True"), ("(10000000000000,)", "False")):
        path = raw(tmp_path, described(shape=shape, order=order), bytes(12))
        path.write_bytes(gzip.compress(path.read_bytes()))
        assert "ends early" in complaint(path, InputError)


def test_a_matrix_stored_by_columns_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(npy, "MAX_COLUMN_MAJOR", 50)
    said = complaint(saved(tmp_path, np.asfortranarray(np.zeros((5, 3)))), RefusedError)
    assert "stored column by column" in said
    assert "ascontiguousarray" in said


def test_a_second_array_behind_the_first_is_not_overlooked(tmp_path: Path):
    for array in (np.array([1, 2]), np.asfortranarray(np.zeros((2, 2)))):
        path = saved(tmp_path, array)
        path.write_bytes(path.read_bytes() * 2)
        assert "goes on after the array" in complaint(path, InputError)


@pytest.mark.parametrize(
    "header",
    [
        "", "x", "(" * 9000, "{'descr':" + "-" * 9000 + "1}", "{}", "[]", described("'nope'"), described("'<i4'", "3"),
        described("'<i4'", "(3.0,)"), described("'<i4'", "(-1,)"), described("('<i4', (2,))"), described("'|S0'"),
        described("'|V0'"), described(order="2"), described("'<i4\0'"), described() + "; import os",
        described("[('a', '<i4'), ('a', '<i4')]"), described("__import__('os')"),
    ],
)  # fmt: skip
def test_a_damaged_header_is_refused(tmp_path: Path, header: str):
    said = complaint(raw(tmp_path, header, bytes(12)), InputError)
    assert "has a damaged header" in said or "claims the shape" in said or "holds values of type" in said


def test_headers_that_are_too_long_cut_off_or_of_the_future_are_refused(tmp_path: Path):
    assert "its header is 10,001 bytes long" in complaint(raw(tmp_path, " " * 10_001), InputError)
    assert "version (9, 0)" in complaint(raw(tmp_path, described(), bytes(12), b"\x09\x00"), InputError)
    for length in range(6, 20):
        assert "damaged header" in complaint(
            write(tmp_path, raw(tmp_path, described()).read_bytes()[:length], "x.npy"), InputError
        )


def test_an_array_without_rows_is_an_empty_table_or_matrix(tmp_path: Path):
    assert cells(opened(saved(tmp_path, np.zeros(0, int)))) == []
    assert dense(opened(saved(tmp_path, np.zeros((0, 3))))) == []
    assert "has no columns" in complaint(saved(tmp_path, np.zeros((3, 0))), InputError)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60), st.integers(0, 200))
def test_any_damage_ends_in_a_complaint_or_in_as_many_rows_as_the_header_says(tmp_path, damage: bytes, at: int):
    whole = bytearray(saved(tmp_path, np.arange(12, dtype="<i4")).read_bytes())
    whole[at : at + len(damage)] = damage
    path = write(tmp_path, bytes(whole[: max(at, 150)]), "x.npy")
    found: Any = None
    try:
        found = opened(path)
        read = dense(found) if isinstance(found, Matrix) else rows(found)
    except (InputError, RefusedError):
        return
    expected = np.load(path) if path.read_bytes().startswith(b"\x93NUMPY") else None
    assert expected is None or len(read) == len(expected)


def test_a_vector_is_read_in_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("imbalance_doctor.readers.npy.BLOCK_BYTES", 16)
    np.save(tmp_path / "y.npy", np.array([5, 6, 7, 8, 9], np.int64))
    assert cells(opened(tmp_path / "y.npy")) == [5, 6, 7, 8, 9]
