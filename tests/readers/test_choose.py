import os
import pickle
import struct
import sys
import tarfile
import time
from pathlib import Path

import numpy as np
import pytest

from imbalance_doctor.errors import DoctorError, InputError, RefusedError, UsageError
from imbalance_doctor.plugins import readers
from imbalance_doctor.readers._choose import Paths, open_batches, sources
from imbalance_doctor.readers._source import Options
from tests.readers.reading import StandardInput, chosen, complaint, opened, rows, write

CONTENT = {
    "csv": b"id,label\n1,a\n2,b\n3,a\n",
    "json": b'["a", "b", "a"]\n',
    "jsonl": b'{"label": "a"}\n{"label": "b"}\n',
    "numbers": b"656 122 380\n",
}


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A file of every format."""
    import polars as pl
    from scipy import sparse

    folder = tmp_path_factory.mktemp("formats")
    frame = pl.DataFrame({"label": ["a", "b", "a"]})
    frame.write_parquet(folder / "parquet")
    frame.write_ipc(folder / "arrow")
    frame.write_ipc_stream(folder / "arrow stream")
    np.save(folder / "npy.npy", np.array([1, 2, 1]))
    np.savez(folder / "npz.npz", y=np.array([1, 2, 1]))
    sparse.save_npz(folder / "sparse.npz", sparse.eye(3, format="csr"))
    return CONTENT | {path.stem: path.read_bytes() for path in folder.iterdir()}


FORMATS = ("csv", "json", "jsonl", "numbers", "parquet", "arrow", "arrow stream", "npy", "npz", "sparse")
READER = {"arrow stream": "arrow", "sparse": "npz"}
SUFFIXES = ("", ".csv", ".tsv", ".txt", ".json", ".jsonl", ".npy", ".npz", ".parquet", ".arrow", ".labels", ".xyz")


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_content_beats_suffix_and_a_mismatch_is_said_or_refused(tmp_path: Path, files, format_: str, suffix: str):
    path = write(tmp_path, files[format_], f"x{suffix}")
    right = READER.get(format_, format_)
    by_suffix = next((r for r in readers().values() if suffix in r.card.suffixes), None)
    if by_suffix is not None and by_suffix.card.magic and by_suffix.name != right:
        said = complaint(path, InputError)
        assert f"is not {by_suffix.name}: its content looks like" in said
        assert "--input-format" in said
    elif format_ == "csv" and suffix in (".json", ".jsonl"):
        assert "--input-format" in complaint(path, InputError), "any text can be broken JSON"
    else:
        if format_ == "json" and suffix == ".jsonl":
            right = "jsonl"  # one line of JSON is a record there
        if format_ == "csv" and by_suffix is not None:
            right = by_suffix.name  # any text can be CSV or lines
        silent = by_suffix is None or by_suffix.name == right or suffix == ".txt"
        said = [] if silent else [f"the suffix says {by_suffix.name}, the content is {right}: read as {right}"]
        assert chosen(path) == (right, said)


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_comes_through_standard_input(monkeypatch: pytest.MonkeyPatch, files, format_: str):
    monkeypatch.setattr(sys, "stdin", StandardInput(files[format_]))
    (source,) = sources(Paths(["-"]))
    if format_ == "parquet":
        with pytest.raises(InputError, match="Parquet needs a file"):
            open_batches(source, Options())
        return
    name, batches = open_batches(source, Options(header=True))
    assert name == READER.get(format_, format_)
    assert batches is not None


def test_a_format_can_be_named_and_has_other_names(tmp_path: Path):
    path = write(tmp_path, "a\tb,c\nd\te,f\n", "x.json")
    assert rows(opened(path, input_format="csv", header=False, delimiter=",")) == [("a\tb", "c"), ("d\te", "f")]
    assert rows(opened(path, input_format="tsv", header=False)) == [("a", "b,c"), ("d", "e,f")]
    assert rows(opened(path, input_format="text", header=False)) == [("a\tb,c",), ("d\te,f",)]
    assert "did you mean" in complaint(path, UsageError, input_format="cvs")


@pytest.mark.parametrize(
    "text",
    [
        "PK,x\nPK,x\nXK,y\n",
        "PAR1\nPAR1\nx\n",
        "ARROW1,a\nARROW2,b\n",
        "ORC\nORCA\nseal\n",
        "ORCA\nORCA\n",
        "Obj\nx\n",
        "7z\n7z\n",
    ],
)
def test_labels_that_look_like_a_magic_number_are_labels(tmp_path: Path, text: str):
    found = rows(opened(write(tmp_path, text, "x.txt"), header=False))
    assert [",".join(row) for row in found] == text.split()


@pytest.mark.parametrize(
    "text", ["[cat] sat\n[cat] sat\n[dog] ran\n", "[1] A\n[1] A\n[2] B\n", "[true crime] x\ny\ny\n"]
)
def test_lines_that_look_like_json_are_lines(tmp_path: Path, text: str):
    assert rows(opened(write(tmp_path, text, "x.txt"), header=False)) == [(line,) for line in text.splitlines()]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_content_is_seen_through_the_encoding(tmp_path: Path, encoding: str):
    for format_, content in CONTENT.items():
        assert chosen(write(tmp_path, content.decode().encode(encoding), "x.txt"))[0] == format_


BINARY = {
    "an HDF5 file": b"\x89HDF\r\n\x1a\n",
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\n",
    "a JPEG image": b"\xff\xd8\xff\xe0",
    "an SQLite database": b"SQLite format 3\0",
    "an Avro file": b"Obj\x01\x04",
    "an ORC file": b"ORC\x08\x03\x10",
    "a program": b"\x7fELF\x02",
    "a 7z archive": b"7z\xbc\xaf\x27\x1c",
}


@pytest.mark.parametrize("what", BINARY)
@pytest.mark.parametrize("name", ["x.csv", "x", "x.json"])
def test_files_of_other_formats_are_named(tmp_path: Path, what: str, name: str):
    assert f"is {what}, not a label file" in complaint(write(tmp_path, BINARY[what] + bytes(50), name), InputError)


@pytest.mark.parametrize(
    ("content", "said"), [(b"\x89PNG\r\n\x1a\n", "image"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file format")]
)
@pytest.mark.parametrize("name", ["x.csv", "x", "x.json"])
def test_the_head_of_an_image_or_a_workbook_alone_is_a_damaged_one_whatever_its_name(tmp_path, content, said, name):
    """They have readers of their own, which look further than the first bytes."""
    asked = complaint(write(tmp_path, content + bytes(50), name), InputError)
    assert "cannot be read" in asked
    assert said in asked


@pytest.mark.parametrize("start", ["", "[", "{", "1", "[1", '{"', '["a", ', "a,b"])
@pytest.mark.parametrize(
    "filler", [" ", "[", "{", "\\", '"', ",", "1,", "1 ", "[1", '"\\"', '{"', "\n[", "\t", "a\n", "1,000"]
)
def test_no_text_takes_long_to_recognise(tmp_path: Path, start: str, filler: str):
    path = write(tmp_path, start + filler * (50_000 // len(filler)) + "x", "x")
    began = time.perf_counter()
    try:
        opened(path)
    except DoctorError as error:
        assert error.hint  # noqa: PT017 - what is read does not matter here
    assert time.perf_counter() - began < 5


def test_archives_are_named(tmp_path: Path):
    write(tmp_path, "label\na\n", "labels.csv")
    with tarfile.open(tmp_path / "x.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "labels.csv")
    assert "is a tar archive" in complaint(tmp_path / "x.tar.gz", InputError)


PICKLE = pickle.dumps(["a", "b"], protocol=4)
TORCH = b"PK\x03\x04" + bytes(26) + b"archive/data.pkl" + b"\x80\x02}q\x00."


@pytest.mark.parametrize("content", [*(pickle.dumps([1], protocol=p) for p in (2, 3, 4, 5)), TORCH])
@pytest.mark.parametrize("name", ["x.csv", "x.npy", "x.json", "x.npz", "x"])
def test_pickles_are_refused_under_any_name(tmp_path: Path, content: bytes, name: str):
    assert "is a pickle, which can run code" in complaint(write(tmp_path, content, name), RefusedError)


@pytest.mark.parametrize("suffix", ["pkl", "pickle", "pt", "pth", "joblib", "dill", "sav", "pkl.gz", "PKL"])
def test_suffixes_of_pickles_are_refused(tmp_path: Path, suffix: str):
    assert "export it where it was made" in complaint(write(tmp_path, "a\nb\n", f"x.{suffix}"), RefusedError)


@pytest.mark.parametrize("content", [b"\x80", b"\x80\x81"])
def test_a_byte_that_also_starts_pickles_is_not_enough(tmp_path: Path, content: bytes):
    assert "not valid UTF-8" in complaint(write(tmp_path, content), InputError)


def test_an_empty_input_is_said_to_be_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("x.csv", "x.npy", "x.json", "x.parquet", "x"):
        assert "is empty" in complaint(write(tmp_path, b"", name), InputError)
    monkeypatch.setattr(sys, "stdin", StandardInput(b""))
    with pytest.raises(InputError, match="standard input is empty"):
        open_batches(sources(Paths(["-"]))[0], Options())


def test_a_binary_file_is_refused_with_the_place_of_its_first_nul(tmp_path: Path):
    said = complaint(write(tmp_path, struct.pack("<9i", *range(1000, 1009)), "x.bin"), InputError)
    assert "holds a NUL byte near byte 2" in said
    assert "--input-format" in said


def test_globs_folders_and_files_name_shards_in_order(tmp_path: Path):
    for name in ("b.csv", "a.csv", "c.csv.gz", ".hidden.csv", "_SUCCESS", "README.md", "notes.docx"):
        write(tmp_path, b"label\na\n", name)
    (tmp_path / "sub.csv").mkdir()

    def found(*names: str) -> list[str]:
        return [Path(source.name).name for source in sources(Paths(names))]

    assert found(str(tmp_path)) == ["a.csv", "b.csv", "c.csv.gz"]
    assert found(str(tmp_path / "*.csv")) == ["a.csv", "b.csv"]
    assert found(str(tmp_path / "b.csv"), str(tmp_path / "a.csv")) == ["b.csv", "a.csv"]
    write(tmp_path, b"label\na\n", "[1].csv")
    assert found(str(tmp_path / "[1].csv")) == ["[1].csv"]


def test_shards_without_suffix_are_shards(tmp_path: Path):
    for i in (1, 0):
        write(tmp_path, b"label\na\n", f"part-0000{i}")
    assert [Path(s.name).name for s in sources(Paths([str(tmp_path)]))] == ["part-00000", "part-00001"]


def test_folders_and_patterns_without_label_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(InputError, match="holds no label file"):
        sources(Paths([str(tmp_path)]))
    with pytest.raises(InputError, match="no file matches"):
        sources(Paths([str(tmp_path / "*.csv")]))
    for name in ("a.csv", "b.json"):
        write(tmp_path, b"x", name)
    with pytest.raises(InputError, match=r"several formats: \.csv, \.json") as caught:
        sources(Paths([str(tmp_path)]))
    assert "*.csv" in caught.value.hint
    with pytest.raises(UsageError, match="named twice"):
        sources(Paths(["-", "-"]))

    def denied(_: object) -> list[str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "listdir", denied)
    with pytest.raises(InputError, match="cannot list the folder"):
        sources(Paths([str(tmp_path)]))


def test_a_folder_that_two_formats_claim_is_asked_about(tmp_path: Path):
    image = pytest.importorskip("PIL.Image")
    folder = tmp_path / "masks"
    for name in ("cat", "dog"):
        (folder / name).mkdir(parents=True)
        image.new("L", (2, 2)).save(folder / name / "1.png")
    image.new("L", (2, 2)).save(folder / "0.png")
    with pytest.raises(InputError, match="can be read as") as caught:
        sources(Paths([str(folder)]))
    assert "--input-format image-folder or --input-format masks" in caught.value.hint
