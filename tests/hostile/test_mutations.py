"""Files with up to eight random edits: every run ends in a documented exit code, soon, small and without a trace.

The specimens are honest files of every format, and the real ones where their folder is named. By default some hundreds
of damaged files are tried; IMBALANCE_DOCTOR_FUZZ=5000 tries as many, IMBALANCE_DOCTOR_FUZZ_SEED=7 others.
"""

import contextlib
import io
import os
import random
import resource
import signal
import sys
import zlib
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from imbalance_doctor.cli import ORDER, run
from tests.hostile.specimens import corpus, real

RUNS = int(os.environ.get("IMBALANCE_DOCTOR_FUZZ", "250"))
SEED = int(os.environ.get("IMBALANCE_DOCTOR_FUZZ_SEED", "0"))
ROOT = Path(os.environ.get("IMBALANCE_DOCTOR_REALDATA", "/nonexistent"))
DOCUMENTED = {0, 1, 2, 3, 4, 5}
SECONDS, KIBIBYTES = 20, 1024 * 1024
LABELS = b"label\n" + b"ok\n" * 90 + b"spam\n" * 9 + b"ham\n"

INSERTED = (
    *(b'"', b"'", b",", b";", b"\t", b"\n", b"\r", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"{", b"]", b"\\", b"[" * 300),
    *(
        b"NaN",
        b"1e400",
        b"-1",
        b"9" * 400,
        b"\x1b[31m",
        b"\xe2\x80\xae",
        b"\x80\x04",
        b"PK\x03\x04",
        b"\x93NUMPY",
        b"#",
    ),
)


def damaged(content: bytes, draw: random.Random) -> bytes:
    """The content after one to eight edits."""
    data = bytearray(content)
    for _ in range(draw.choice((1, 1, 2, 3, 5, 8))):
        at = draw.randrange(len(data) + 1)
        end = min(len(data), at + draw.choice((1, 1, 4, 40)))
        kind = draw.randrange(7)
        if kind == 0 and data:
            data[min(at, len(data) - 1)] ^= 1 << draw.randrange(8)
        elif kind == 1:
            data[at:at] = draw.choice(INSERTED)
        elif kind == 2:
            del data[at:end]
        elif kind == 3:
            data[at:at] = data[at:end] * draw.choice((1, 2, 30))
        elif kind == 4:
            data[at:end] = draw.randbytes(end - at)
        elif kind == 5 and draw.random() < 0.3:
            del data[at:]
        else:
            start = draw.randrange(len(data) + 1)
            data[at:at] = data[start : start + draw.choice((3, 20, 200))]
    return bytes(data)


def tried(case: tuple[str, str, bytes, int, str]) -> str | None:
    """Run one command on one damaged file in a folder of its own; what is wrong with how it ended, if anything."""
    command, name, content, seed, folder = case
    draw = random.Random(seed)
    home = Path(folder) / f"{os.getpid()}"
    home.mkdir(exist_ok=True)
    path = home / f"{seed}-{name}"
    path.write_bytes(damaged(content, draw))
    truth = home / "truth.csv"
    truth.write_bytes(LABELS)
    extra = {"lint": ["--labels", str(truth)], "analyze": draw.choice([[], ["--label", "label"]])}.get(command, [])
    out, err = io.StringIO(), io.StringIO()
    signal.signal(signal.SIGALRM, lambda *_: sys.exit("too slow"))
    signal.alarm(SECONDS)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run([command, str(path), *extra, "--format", "json"])
    except BaseException as error:
        code, problem = -1, f"{type(error).__name__}: {error}"
    else:
        problem = err.getvalue()[-400:]
    finally:
        signal.alarm(0)
    left = {p.name for p in home.iterdir()} - {path.name, truth.name}
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    wrong = code not in DOCUMENTED or "Traceback" in err.getvalue() or left or grown > KIBIBYTES
    wrong = wrong or (code in (2, 3, 4, 5) and (out.getvalue() or "error: " not in err.getvalue()))
    if wrong:
        return f"{command} {name} seed {seed}: exit {code}, left {left}, {grown} KiB, {problem}"
    path.unlink()
    return None


def cases(folder: Path) -> list[tuple[str, str, bytes, int, str]]:
    files = [*corpus(), *(real(ROOT) if ROOT.is_dir() else [])]
    files = [file for file in files if file[0] in ORDER]
    return [(*files[i % len(files)], SEED * 1_000_003 + i, str(folder)) for i in range(RUNS)]


def test_every_damaged_file_ends_in_a_documented_exit_code(tmp_path: Path) -> None:
    work = cases(tmp_path)
    workers = 1 if os.environ.get("PYTEST_XDIST_WORKER") else 2
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), max_tasks_per_child=2_000) as pool:
        wrong = [found for found in pool.map(tried, work, chunksize=20) if found]
    assert wrong == []


def test_the_specimens_as_they_are_are_read(tmp_path: Path, capsys) -> None:
    for command, name, content in corpus():
        if command in ORDER and command != "lint":
            path = tmp_path / name
            path.write_bytes(content)
            assert run([command, str(path), "--format", "json", "--fail-on", "never"]) == 0, (
                name,
                capsys.readouterr().err,
            )


@pytest.mark.parametrize("seed", range(3))
def test_the_edits_of_a_seed_are_always_the_same(seed: int) -> None:
    content = corpus()[0][2]
    assert zlib.crc32(damaged(content, random.Random(seed))) == zlib.crc32(damaged(content, random.Random(seed)))
