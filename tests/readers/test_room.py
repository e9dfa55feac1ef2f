"""A limit of address space ends in a result or in a clear refusal, never in an abort or a hang."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from imbalance_doctor.errors import RefusedError
from imbalance_doctor.readers import _room

resource = pytest.importorskip("resource")
MIB = 1 << 20


def limited(n_bytes: int, *arguments: str) -> subprocess.CompletedProcess:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (n_bytes, n_bytes))

    command = [sys.executable, "-m", "imbalance_doctor", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, preexec_fn=limit)


def test_half_a_gibibyte_is_enough_for_text(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_text("label\n" + "".join(f"class {i % 3}\n" for i in range(50_000)))
    done = limited(512 * MIB, "analyze", str(path))
    assert done.returncode == 0, done.stderr
    assert "50,000 = 50,000 counted" in done.stdout


def test_half_a_gibibyte_is_enough_for_200_megabytes_of_zeros_in_a_small_archive(tmp_path: Path) -> None:
    path = tmp_path / "zeros.npz"
    np.savez_compressed(path, y=np.zeros(25_000_000, np.int64))
    assert path.stat().st_size < 300_000
    done = limited(512 * MIB, "analyze", str(path), "--fail-on", "never")
    assert done.returncode == 0, done.stderr
    assert "25,000,000 = 25,000,000 counted" in done.stdout


@pytest.mark.parametrize(("limit", "code"), [(800 * MIB, 4), (1024 * MIB, 0)])
def test_parquet_wants_a_gigabyte(tmp_path: Path, limit: int, code: int) -> None:
    path = tmp_path / "labels.parquet"
    pl.DataFrame({"label": ["a", "b"] * 1000}).write_parquet(path)
    done = limited(limit, "analyze", str(path))
    assert done.returncode == code, done.stderr
    assert ("as Parquet, needs 1,000,000,000" in done.stderr) == (code == 4)


def test_too_little_is_refused_before_anything_is_read() -> None:
    done = limited(400 * MIB, "analyze", "nothing.csv")
    assert (done.returncode, done.stdout) == (4, "")
    assert "the address space of this process is limited to 419,430,400 bytes, the start needs" in done.stderr
    assert "hint: raise the limit" in done.stderr


def test_help_needs_no_room() -> None:
    assert limited(400 * MIB, "analyze", "--help").returncode == 0


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in _room.FRUGAL:
        monkeypatch.setenv(variable, "x")  # so that it is put back as it was
        monkeypatch.delenv(variable)
    monkeypatch.setattr(_room, "_one_arena", lambda: None)


@pytest.mark.parametrize(("limit", "frugal"), [(None, False), (1 << 40, False), (_room.ROOMY, False), (1 << 30, True)])
def test_only_a_tight_limit_takes_threads_away(environment, monkeypatch, limit: int | None, frugal: bool) -> None:
    monkeypatch.setattr(_room, "_limit", lambda: limit)
    _room.fit()
    assert {name: os.environ.get(name) for name in _room.FRUGAL} == (
        _room.FRUGAL if frugal else dict.fromkeys(_room.FRUGAL)
    )


def test_a_number_of_threads_that_the_user_chose_stays(environment, monkeypatch) -> None:
    monkeypatch.setenv("POLARS_MAX_THREADS", "7")
    monkeypatch.setattr(_room, "_limit", lambda: 1 << 30)
    _room.fit()
    assert os.environ["POLARS_MAX_THREADS"] == "7"


def test_a_limit_below_what_is_needed_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(_room, "_limit", lambda: 99)
    with pytest.raises(RefusedError, match="limited to 99 bytes, it needs 100"):
        _room.require(100, "it")
    _room.require(99, "it")
