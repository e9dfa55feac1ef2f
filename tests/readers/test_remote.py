"""Remote paths through fsspec, on a file system in memory."""

import builtins

import pytest

from imbalance_doctor.errors import DoctorError
from tests.readers.folders import asked, counted

fsspec = pytest.importorskip("fsspec")


@pytest.fixture
def memory():
    files = fsspec.filesystem("memory")
    for i, text in enumerate(("label\na\nb\n", "label\nb\nb\n")):
        files.pipe(f"/set/part-{i}.csv", text.encode())
    yield files
    files.rm("/set", recursive=True)


def test_a_file_a_folder_and_a_pattern_are_read(memory):
    assert counted("memory://set/part-0.csv") == {"a": 1, "b": 1}
    assert counted("memory://set") == {"a": 1, "b": 3}
    assert counted("memory://set/part-*.csv") == {"a": 1, "b": 3}


def test_what_is_not_there_is_said(memory):
    assert "part-9.csv" in asked("memory://set/part-9.csv")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "simplecache::memory://set/part-0.csv", "local://x", "nope://x"])
def test_schemes_that_open_local_files_or_chain_are_refused(url):
    with pytest.raises(DoctorError):
        counted(url)


def test_without_fsspec_it_is_said_what_to_install(monkeypatch):
    real = builtins.__import__

    def absent(name, *rest):
        if name.split(".")[0] == "fsspec":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", absent)
    assert "imbalance-doctor[remote]" in asked("memory://set/part-0.csv")


def test_hidden_files_are_no_shards_and_a_folder_without_files_is_said(memory):
    memory.pipe("/set/_SUCCESS", b"")
    memory.pipe("/set/.crc", b"x")
    assert counted("memory://set") == {"a": 1, "b": 3}
    memory.makedirs("/set/empty")
    assert "no file at" in asked("memory://set/empty")
    assert "no file at" in asked("memory://set/*.parquet")


def test_a_file_system_that_fails_is_said_in_one_line(memory, monkeypatch):
    def fails(*_, **__):
        raise RuntimeError("token expired\nat line 3 of a long story")

    for verb in ("open", "isdir"):
        with monkeypatch.context() as patched:
            patched.setattr(type(memory), verb, fails)
            said = asked("memory://set/part-0.csv")
        assert "token expired" in said
        assert "long story" not in said


def test_a_scheme_whose_package_is_not_installed_and_one_without_credentials_are_said(monkeypatch):
    for error in (ImportError("install s3fs to access S3"), RuntimeError("no credentials")):

        def refused(_scheme, error=error):
            raise error

        monkeypatch.setattr(fsspec, "filesystem", refused)
        assert str(error) in asked("s3://bucket/labels.csv")
