import io
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from imbalance_doctor.batches import Matrix
from imbalance_doctor.errors import InputError, RefusedError
from imbalance_doctor.readers import npz
from tests.readers.reading import cells, complaint, dense, opened, write

Y = np.array([1, 2, 1])
ONES = np.array([[1, 0, 0, 1], [0, 0, 0, 0], [0, 1, 0, 1]])


def saved(folder: Path, **arrays: object) -> Path:
    np.savez_compressed(folder / "x.npz", **arrays)
    return folder / "x.npz"


def zipped(folder: Path, members: dict[str, bytes], **said: object) -> Path:
    with zipfile.ZipFile(folder / "x.npz", "w", **said) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return folder / "x.npz"


def npy_bytes(array: np.ndarray) -> bytes:
    out = io.BytesIO()
    np.save(out, array)
    return out.getvalue()


def test_the_only_array_is_read_whatever_its_name(tmp_path: Path):
    assert cells(opened(saved(tmp_path, whatever=Y))) == [1, 2, 1]


@pytest.mark.parametrize("key", ["labels", "label", "y", "targets", "target", "classes", "y_true", "label_ids"])
def test_an_array_named_for_labels_is_read_among_others(tmp_path: Path, key: str):
    assert cells(opened(saved(tmp_path, x=np.zeros((3, 2)), **{key: Y}))) == [1, 2, 1]


def test_several_arrays_are_asked_about(tmp_path: Path):
    said = complaint(saved(tmp_path, train=Y, test=Y), InputError)
    assert "holds 2 arrays: train, test" in said
    assert "--label" in said
    assert "holds 2 arrays: y, labels" in complaint(saved(tmp_path, y=Y, labels=Y), InputError)
    assert cells(opened(saved(tmp_path, train=Y, test=Y[:2]), label="test")) == [1, 2]
    assert "its arrays: train, test" in complaint(saved(tmp_path, train=Y, test=Y), InputError, label="dev")


def test_object_arrays_are_refused_and_do_not_stop_the_others(tmp_path: Path):
    path = saved(tmp_path, names=np.array(["a", {}], object), y=Y)
    assert "a pickle, which can run code" in complaint(path, RefusedError, label="names")
    assert cells(opened(path)) == [1, 2, 1]


@pytest.mark.parametrize("form", ["csr", "csc", "coo"])
@pytest.mark.parametrize("kind", [int, bool, np.float32, np.uint8])
@pytest.mark.parametrize("made", ["matrix", "array"])
@pytest.mark.parametrize("rows", [100_000, 2])
def test_a_sparse_matrix_is_read_in_blocks_of_rows(
    tmp_path: Path, monkeypatch, form: str, kind: type, made: str, rows: int
):
    monkeypatch.setattr(npz, "BLOCK_ROWS", rows)
    sparse.save_npz(tmp_path / "x.npz", getattr(sparse, f"{form}_{made}")(ONES.astype(kind)))
    found = opened(tmp_path / "x.npz")
    assert isinstance(found, Matrix)
    assert (found.shape, found.sparse, dense(found)) == ((3, 4), True, ONES.tolist())


@pytest.mark.parametrize("form", ["bsr", "dia"])
def test_other_sparse_forms_are_refused_with_what_to_save(tmp_path: Path, form: str):
    sparse.save_npz(tmp_path / "x.npz", getattr(sparse, f"{form}_matrix")(ONES))
    said = complaint(tmp_path / "x.npz", InputError)
    assert f"format {form}" in said or "damaged sparse matrix" in said
    assert "tocsr()" in said or "save_npz" in said


def parts(form: str, **changed: object) -> dict[str, object]:
    matrix = getattr(sparse, f"{form}_matrix")(ONES)
    keys = ("row", "col", "data") if form == "coo" else ("indices", "indptr", "data")
    made = {key: getattr(matrix, key) for key in keys}
    return made | {"format": np.array(form.encode()), "shape": np.array(matrix.shape)} | changed


@pytest.mark.parametrize("form", ["csr", "csc"])
@pytest.mark.parametrize(
    "changed",
    [
        {"indices": np.array([0, 3, 1, 50_000_000], np.int32)},
        {"indices": np.array([0, 3, 1, -1], np.int32)},
        {"indices": np.array([0.0, 3, 1, 3])},
        {"indices": np.array([0, 3])},
        {"indptr": np.array([0, 9, 9, 9], np.int32)},
        {"indptr": np.array([0, 3, 1, 4, 4], np.int32)},
        {"indptr": np.array([0], np.int32)},
        {"data": np.array([1, 1])},
        {"data": np.array(["a", "b", "c", "d"])},
        {"shape": np.array([3])},
        {"shape": np.array([-3, 4])},
        {"shape": np.array([3, 4, 5])},
        {"shape": np.array([2**70], object).astype(float)},
        {"format": np.array("no-such")},
        {"format": np.array(7)},
        {"format": np.zeros(0, "S3")},
    ],
)
def test_a_damaged_sparse_matrix_is_refused_before_scipy_follows_its_indices(tmp_path: Path, form: str, changed: dict):
    complaint(saved(tmp_path, **parts(form, **changed)), InputError)


def test_a_sparse_matrix_whose_indices_lie_outside_is_refused_as_coo_too(tmp_path: Path):
    for changed in ({"row": np.array([0, 0, 2, 9])}, {"col": np.array([0, 3, 1, -4])}, {"row": np.array([0])}):
        assert "damaged sparse matrix" in complaint(saved(tmp_path, **parts("coo", **changed)), InputError)
    without = parts("coo")
    del without["row"]
    assert "damaged sparse matrix" in complaint(saved(tmp_path, **without), InputError)


@pytest.mark.parametrize("form", ["coo", "csr", "csc"])
def test_a_sparse_shape_far_beyond_its_entries_is_refused_before_it_is_allocated(tmp_path: Path, form: str):
    path = saved(tmp_path, **parts(form, shape=np.array([10**12, 4])))
    assert "claims a matrix of 1,000,000,000,000 rows" in complaint(path, RefusedError)
    wide = saved(tmp_path, **parts("coo", shape=np.array([3, 10**7])))
    assert "more than 1,000,000 classes" in complaint(wide, RefusedError)


def test_parts_of_a_sparse_matrix_have_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(npz, "MAX_HELD", 100)
    path = saved(tmp_path, **parts("csr", data=np.zeros(1000)))
    assert "data is longer than 100 bytes" in complaint(path, RefusedError)


@pytest.mark.parametrize("kind", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_damage_to_a_member_is_found_at_the_latest_by_its_checksum(tmp_path: Path, kind: int):
    labels = np.arange(2000) % 7
    path = zipped(tmp_path, {"y.npy": npy_bytes(labels)}, compression=kind)
    assert cells(opened(path)) == labels.tolist()
    whole = bytearray(path.read_bytes())
    for i in range(len(whole) // 2, len(whole) // 2 + 3):
        whole[i] ^= 0xFF
    complaint(write(tmp_path, bytes(whole), "x.npz"), InputError)


@pytest.mark.parametrize("cut", [10, 60, 200, -100, -30, -1])
def test_an_archive_that_is_cut_off_is_refused(tmp_path: Path, cut: int):
    path = saved(tmp_path, y=np.arange(200))
    assert "x.npz" in complaint(write(tmp_path, path.read_bytes()[:cut], "x.npz"), InputError)


def test_a_member_that_ends_before_its_shape_is_refused_by_the_length_the_archive_states(tmp_path: Path):
    path = zipped(tmp_path, {"y.npy": npy_bytes(np.arange(100))[:-8]})
    assert "ends early" in complaint(path, InputError)


def test_archives_of_other_things_are_refused(tmp_path: Path):
    assert "without .npy arrays" in complaint(zipped(tmp_path, {"doc/content.xml": b"<x/>"}), InputError)
    assert "looks like excel" in complaint(zipped(tmp_path, {"xl/workbook.xml": b"<x/>"}), InputError)
    assert "without .npy arrays" in complaint(zipped(tmp_path, {}), InputError)


def test_an_archive_with_a_member_twice_or_very_many_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with zipfile.ZipFile(tmp_path / "x.npz", "w") as archive:
        archive.writestr("y.npy", npy_bytes(Y))
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("y.npy", npy_bytes(Y[:1]))
    assert "or one twice" in complaint(tmp_path / "x.npz", RefusedError)
    monkeypatch.setattr(npz, "MAX_MEMBERS", 2)
    assert "holds 3 members" in complaint(saved(tmp_path, a=Y, b=Y, c=Y), RefusedError)


def test_an_encrypted_member_is_refused(tmp_path: Path):
    path = saved(tmp_path, y=Y)
    whole = bytearray(path.read_bytes())
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        whole[whole.find(magic) + at] |= 1
    assert "cannot be opened" in complaint(write(tmp_path, bytes(whole), "x.npz"), InputError)


PEAK = """
import sys
from pathlib import Path
from imbalance_doctor.readers._choose import open_batches
from imbalance_doctor.readers._source import Options, Source
_, table = open_batches(Source("x", Path(sys.argv[1])), Options())
n = sum(frame.height for frame in table.stream(["value"]))
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
print(n, peak.split()[1])
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc here")
def test_a_file_that_unpacks_to_two_hundred_megabytes_of_zeros_is_read_in_little_memory(tmp_path: Path):
    def measured(n: int) -> tuple[int, int]:
        path = saved(tmp_path, y=np.concatenate([np.zeros(n, np.int64), [1]]))
        done = subprocess.run([sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=True)
        samples, peak = map(int, done.stdout.split())
        return samples, peak * 1024

    (few, base), (many, peak) = measured(100), measured(25_000_000)
    assert (few, many) == (101, 25_000_001)
    assert peak - base < 80 << 20
