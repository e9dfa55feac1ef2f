import bz2
import gzip
import lzma
import os
import sys
from pathlib import Path

import pytest

from imbalance_doctor.errors import InputError, RefusedError
from imbalance_doctor.readers._choose import Paths, open_batches, sources
from imbalance_doctor.readers._source import Options, Source
from tests.readers.reading import StandardInput, chosen, complaint, opened, rows, write

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


def zst(data: bytes) -> bytes:
    return zstd.compress(data, options={zstd.CompressionParameter.checksum_flag: 1})


COMPRESS = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": zst}
TEXT = "id,label\n" + "".join(f"{i},class {i % 3}\n" for i in range(500))
TABLE = [(str(i), f"class {i % 3}") for i in range(500)]


def source(path: Path) -> Source:
    return Source(str(path), path)


@pytest.mark.parametrize("kind", COMPRESS)
@pytest.mark.parametrize("name", ["x.csv.{}", "x.CSV.{}", "x.{}", "x.csv", "x"])
def test_compression_is_seen_in_the_content_whatever_the_name(tmp_path: Path, kind: str, name: str):
    path = write(tmp_path, COMPRESS[kind](TEXT.encode()), name.format(kind))
    found = source(path)
    assert rows(open_batches(found, Options())[1]) == TABLE
    assert found.compression == kind


@pytest.mark.parametrize("kind", COMPRESS)
def test_standard_input_may_be_compressed(monkeypatch: pytest.MonkeyPatch, kind: str):
    monkeypatch.setattr(sys, "stdin", StandardInput(COMPRESS[kind](TEXT.encode())))
    (found,) = sources(Paths(["-"]))
    assert rows(open_batches(found, Options())[1]) == TABLE
    assert (found.name, found.compression) == ("standard input", kind)


@pytest.mark.parametrize("content", [b"", b"a", b"label", TEXT.encode()])
def test_standard_input_of_any_length_is_read_from_its_first_byte(monkeypatch: pytest.MonkeyPatch, content: bytes):
    monkeypatch.setattr(sys, "stdin", StandardInput(content))
    found = Source("standard input", None)
    assert found.head() == content
    assert found.open().read(1 << 20) == content


def test_standard_input_is_read_once(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", StandardInput(b"label\n"))
    found = Source("standard input", None)
    found.open()
    with pytest.raises(InputError, match="only once"):
        found.open()


def test_a_closed_standard_input_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputError, match="standard input is closed"):
        Source("standard input", None).head()


def test_a_file_can_be_opened_again(tmp_path: Path):
    found = source(write(tmp_path, TEXT))
    assert found.head() == TEXT.encode()
    assert [found.open().read(1 << 20) for _ in range(2)] == [TEXT.encode()] * 2


@pytest.mark.parametrize("kind", COMPRESS)
def test_members_one_after_another_are_one_file(tmp_path: Path, kind: str):
    half = len(TEXT) // 2
    joined = COMPRESS[kind](TEXT[:half].encode()) + COMPRESS[kind](TEXT[half:].encode())
    assert rows(opened(write(tmp_path, joined, f"x.csv.{kind}"))) == TABLE


@pytest.mark.parametrize("kind", COMPRESS)
@pytest.mark.parametrize("at", [0.3, 0.9])
def test_a_compressed_file_that_is_cut_off_is_refused(tmp_path: Path, kind: str, at: float):
    whole = COMPRESS[kind](os.urandom(2000).hex().encode())
    said = complaint(write(tmp_path, whole[: int(at * len(whole))], "x.csv"), InputError, input_format="lines")
    assert "ends early, after decompressed byte" in said
    assert "cut off" in said


@pytest.mark.parametrize("kind", COMPRESS)
def test_a_damaged_compressed_file_is_refused(tmp_path: Path, kind: str):
    whole = bytearray(COMPRESS[kind](os.urandom(2000).hex().encode()))
    for i in range(len(whole) // 2, len(whole) // 2 + 40):
        whole[i] ^= 0x55
    said = complaint(write(tmp_path, bytes(whole), "x.csv"), InputError, input_format="lines")
    assert "cannot be read after byte" in said or "ends early" in said


def test_what_follows_a_compressed_file_is_refused(tmp_path: Path):
    path = write(tmp_path, gzip.compress(TEXT.encode()) + b"more", "x.csv.gz")
    assert "cannot be read after byte" in complaint(path, InputError)


def test_an_absolute_number_of_bytes_is_the_limit_and_not_a_ratio(tmp_path: Path):
    zeros = write(tmp_path, gzip.compress(b"0\n" * 4_000_000), "x.csv.gz")
    assert zeros.stat().st_size < 10_000
    assert len(rows(opened(zeros, header=False))) == 4_000_000
    said = complaint(zeros, RefusedError, header=False, max_bytes=1 << 22)
    assert "holds more than 4,194,304 bytes" in said
    assert "raise --max-bytes" in said


def test_text_that_starts_like_an_archive_is_text(tmp_path: Path):
    assert rows(opened(write(tmp_path, "BZh9\nBZhou\nBZh9\n"), header=False)) == [("BZh9",), ("BZhou",), ("BZh9",)]


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("x.csv", ".csv"), ("x.CSV.GZ", ".csv"), ("x.tar.gz", ".tar"), ("x.gz", ""), ("x", ""), ("a.b.tsv.zst", ".tsv"),
        (".hidden", ""), ("x.csv.zstd", ".csv"), ("x.gzip", ""), ("v1.2", ".2"), ("x.gz.csv", ".csv"),
    ],
)  # fmt: skip
def test_the_suffix_is_that_of_the_format(name: str, suffix: str):
    assert Source(name, Path(name)).suffix == suffix


def test_a_compression_that_the_name_promises_and_the_content_breaks_is_said(tmp_path: Path):
    plain = write(tmp_path, TEXT, "x.csv.gz")
    assert chosen(plain) == ("csv", ["the suffix says gz, the content is not compressed: read as it is"])
    other = write(tmp_path, bz2.compress(TEXT.encode()), "y.csv.gz")
    assert chosen(other) == ("csv", ["the suffix says gz, the content is bz2: read as it is"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_is_refused_without_waiting_for_it(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.csv")
    said = complaint(tmp_path / "pipe.csv", InputError)
    assert "is not a regular file" in said
    assert "'-'" in said


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices here")
def test_a_device_is_refused():
    assert "is not a regular file" in complaint(Path("/dev/zero"), InputError)


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path):
    assert "is a folder" in complaint(tmp_path, InputError)


def test_an_absent_file_is_refused_with_names_like_it(tmp_path: Path):
    write(tmp_path, TEXT, "labels.csv")
    assert f"did you mean {tmp_path / 'labels.csv'}?" in complaint(tmp_path / "label.csv", InputError)
    assert "check the path" in complaint(tmp_path / "quite" / "other", InputError)
    assert "cannot look at" in complaint(tmp_path / ("x" * 300), InputError)
    assert "cannot look at" in complaint(tmp_path / "nul\0byte", InputError)


def test_a_file_that_cannot_be_opened_or_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = write(tmp_path, TEXT)

    def denied(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", denied)
        assert "cannot open" in complaint(path, InputError)
    monkeypatch.setattr(os, "read", denied)
    assert "cannot be read: Permission denied" in complaint(path, InputError)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="no /proc here")
def test_no_file_stays_open_when_a_reading_is_given_up(tmp_path: Path):
    path = write(tmp_path, "id,label\n1,a\n2\n")
    before = os.listdir("/proc/self/fd")
    for _ in range(5):
        with pytest.raises(InputError):
            opened(path)
    for _ in range(5):
        opened(write(tmp_path, TEXT, "good.csv"))
    assert len(os.listdir("/proc/self/fd")) <= len(before) + 2


def test_what_has_to_be_held_in_memory_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("imbalance_doctor.readers._source.MAX_HELD", 100)
    path = tmp_path / "y.bin.gz"
    path.write_bytes(gzip.compress(bytes(101)))
    with pytest.raises(RefusedError, match="more than 100 bytes"):
        Source(str(path), path).seekable()
