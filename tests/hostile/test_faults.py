"""Every system call of writing fails once in turn: the old file or the whole new one, never a half, exit code 5."""

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from imbalance_doctor.cli import run

CALLS = ("open", "write", "chmod", "fsync", "close", "replace")
ERRORS = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EDQUOT)
COMMANDS = {
    "weights": ["weights", "{labels}", "--scheme", "balanced", "--to", "json", "-o", "{out}"],
    "report": ["analyze", "{labels}", "--format", "json", "--fail-on", "never", "-o", "{out}"],
}


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    path = tmp_path / "labels.csv"
    path.write_text("label\n" + "ok\n" * 90 + "fraud\n" * 10)
    return path


class Failing:
    """The `nth` use of one system call on the output fails; `used` counts them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path, call: str, nth: int, code: int) -> None:
        self.used, self.nth, self.code, self.folder = 0, nth, code, str(folder)
        self.handles: set[int] = set()
        real_open, real_close, real = os.open, os.close, getattr(os, call)

        def opened(path: object, flags: int, *rest: int) -> int:
            ours = str(path).startswith(self.folder) and (bool(flags & os.O_WRONLY) or os.path.isdir(str(path)))
            if ours and call == "open":
                self.fail()
            handle = real_open(path, flags, *rest)  # type: ignore[call-overload]
            if ours:
                self.handles.add(handle)
            return int(handle)

        def closed(handle: int) -> None:
            self.handles.discard(handle)
            real_close(handle)

        def called(*arguments: object) -> object:
            if arguments[0] in self.handles or str(arguments[0]).startswith(self.folder):
                if call == "close":
                    self.handles.discard(arguments[0])  # type: ignore[arg-type]
                try:
                    self.fail()
                except OSError:
                    if call == "close":  # the descriptor is gone all the same
                        real(*arguments)
                    raise
            return real(*arguments)

        monkeypatch.setattr(os, "open", opened)
        monkeypatch.setattr(os, "close", closed)
        if call != "open":
            monkeypatch.setattr(os, call, called)

    def fail(self) -> None:
        self.used += 1
        if self.used == self.nth:
            raise OSError(self.code, os.strerror(self.code))


@pytest.mark.parametrize("code", ERRORS, ids=errno.errorcode.get)
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("old", [None, "old"])
def test_a_system_call_that_fails_leaves_no_half_file(
    labels: Path, tmp_path: Path, capsys, command: str, call: str, code: int, old: str | None
) -> None:
    out = tmp_path / "out.json"
    asked = [part.format(labels=labels, out=out) for part in COMMANDS[command]]
    if old is not None:
        asked.append("--force")
    for nth in range(1, 50):
        out.unlink(missing_ok=True)
        if old is not None:
            out.write_text(old)
        with pytest.MonkeyPatch.context() as patch:
            failing = Failing(patch, tmp_path, call, nth, code)
            exit_code = run(asked)
        said = capsys.readouterr()
        assert {p.name for p in tmp_path.iterdir()} <= {"labels.csv", "out.json"}, "something was left behind"
        if failing.used < nth:
            # Every use of the call has failed once by now, and this run had none to fail.
            assert exit_code == 0
            assert json.loads(out.read_text())["format"] == 1
            assert nth > 1 or (call == "chmod" and old is None), f"{call} was never used"
            return
        assert exit_code == 5
        assert os.strerror(code) in said.err
        assert said.out == ""
        left = out.read_text() if out.exists() else None
        assert left == old or json.loads(left)["format"] == 1
    pytest.fail("it never came to an end")


def test_a_write_that_the_system_cuts_short_is_taken_up(labels: Path, tmp_path: Path, monkeypatch) -> None:
    whole, cut = tmp_path / "whole.json", tmp_path / "cut.json"
    asked = [part.format(labels=labels, out=whole) for part in COMMANDS["report"]]
    assert run(asked) == 0
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, bytes(data)[:7]))
    assert run([*asked[:-1], str(cut)]) == 0
    monkeypatch.undo()
    assert cut.read_bytes() == whole.read_bytes()


def test_a_process_that_is_killed_leaves_the_old_file_or_the_new_one(labels: Path, tmp_path: Path) -> None:
    """Killed at any moment, also between writing and renaming."""
    labels.write_text("label\n" + "".join(f"class {i % 5000}\n" for i in range(20_000)))
    out = tmp_path / "out.json"
    asked = [part.format(labels=labels, out=out) for part in COMMANDS["report"]]
    assert run(asked) == 0
    new = out.read_bytes()
    draw = random.Random(0)
    code = f"import sys; from imbalance_doctor.cli import run; sys.exit(run({[*asked, '--force']!r}))"
    outcomes = set()
    for _ in range(7):
        out.write_text("old")
        process = subprocess.Popen([sys.executable, "-c", code])
        time.sleep(draw.uniform(0, 1.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert out.read_bytes() in (b"old", new)
        outcomes.add(process.returncode)
    assert -signal.SIGKILL in outcomes


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_run_with_one_line_and_no_result(tmp_path: Path, sent: int, code: int) -> None:
    fifo_free = tmp_path / "labels.csv"
    fifo_free.write_text("label\n" + "ok\nfraud\n" * 4_000_000)
    out = tmp_path / "out.json"
    command = [sys.executable, "-m", "imbalance_doctor", "analyze", str(fifo_free), "-f", "json", "-o", str(out)]
    # From standard input the run cannot end before it is told to.
    process = subprocess.Popen(
        [*command[:4], "-", "--input-format", "csv", *command[5:]],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    process.stdin.write(b"label\n" + b"ok\nfraud\n" * 400_000)
    process.stdin.flush()
    process.send_signal(sent)
    stdout, stderr = process.communicate(timeout=20)
    assert process.returncode == code
    assert stdout == b""
    assert b"Traceback" not in stderr
    assert len(stderr.splitlines()) <= 1
    assert [p.name for p in tmp_path.iterdir()] == ["labels.csv"]


def test_a_folder_that_cannot_be_synced_is_no_error_and_one_that_fails_is(labels: Path, tmp_path: Path, capsys) -> None:
    asked = [part.format(labels=labels, out=tmp_path / "out.json") for part in COMMANDS["weights"]]
    for code, expected in ((errno.EINVAL, 0), (errno.EIO, 5)):
        (tmp_path / "out.json").unlink(missing_ok=True)
        with pytest.MonkeyPatch.context() as patch:
            real = os.open

            def opened(path, flags, *rest, code=code, real=real):
                if os.path.isdir(path):
                    raise OSError(code, os.strerror(code))
                return real(path, flags, *rest)

            patch.setattr(os, "open", opened)
            assert run(asked) == expected
        assert json.loads((tmp_path / "out.json").read_text())["format"] == 1


@pytest.mark.parametrize("kind", ["folder", "link"])
def test_a_folder_or_a_link_is_not_written_over(labels: Path, tmp_path: Path, capsys, kind: str) -> None:
    out = tmp_path / "out"
    out.mkdir() if kind == "folder" else out.symlink_to(tmp_path / "elsewhere")
    asked = [part.format(labels=labels, out=out) for part in COMMANDS["weights"]]
    assert run([*asked, "--force"]) == 5
    assert not (tmp_path / "elsewhere").exists()
