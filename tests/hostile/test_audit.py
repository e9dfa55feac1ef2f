"""No network, no other process, no code from data: an audit hook listens while every command runs on every specimen."""

import json
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np

from tests.hostile.specimens import archive, corpus

LISTENER = """
import contextlib, io, json, sys

FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "pickle.find_class",
             "urllib.", "ftplib.", "smtplib.", "http.", "webbrowser.", "code.__new__", "pty.spawn")
heard, writes = [], []
arguments = json.loads(sys.stdin.read())

def listen(event, details):
    if event.startswith(FORBIDDEN):
        heard.append([event, repr(details)[:200]])
    if event == "open" and isinstance(details[1], str) and set(details[1]) & set("wax+"):
        writes.append(str(details[0]))

# The engines start their own machinery when they are first imported; what is heard is what the commands do.
import numpy, pandas, polars, pyarrow, rich, sklearn.metrics, typer
from imbalance_doctor.cli import run
run(["--version"])
sys.addaudithook(listen)
codes = []
for command in arguments:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        codes.append(run(command))
print(json.dumps([codes, heard, writes]))
"""


class Armed:
    """A pickle that would write a file."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple:
        return (open, (self.path, "w"))


def listened(commands: list[list[str]]) -> tuple[list[int], list, list[str]]:
    """Exit codes, forbidden events, and the files that were opened for writing."""
    done = subprocess.run(
        [sys.executable, "-c", LISTENER],
        input=json.dumps(commands),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    codes, heard, writes = json.loads(done.stdout.splitlines()[-1])
    return codes, heard, writes


def test_no_command_opens_a_socket_starts_a_process_or_writes_a_file_it_was_not_told_to(tmp_path: Path) -> None:
    truth = tmp_path / "truth.csv"
    truth.write_text("label\n" + "ok\nspam\nham\n" * 20)
    commands = [["list", "targets"], ["explain", "boundary"], ["demo"]]
    for command, name, content in corpus():
        path = tmp_path / name
        path.write_bytes(content)
        commands.append([command, str(path), *(["--labels", str(truth)] if command == "lint" else [])])
    out = tmp_path / "weights.py"
    commands.append(["weights", str(tmp_path / "column.csv"), "--to", "pytorch", "-o", str(out)])
    codes, heard, writes = listened(commands)
    assert heard == []
    assert set(codes) <= {0, 1, 2, 3}
    assert [path for path in writes if not path.startswith(str(out.parent / ".weights.py"))] == []


def test_a_pickle_in_any_disguise_is_refused_and_never_run(tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    armed = pickle.dumps(Armed(str(marker)))
    objects = np.array([{"a": 1}], dtype=object)
    np.save(tmp_path / "objects.npy", objects, allow_pickle=True)
    np.savez(tmp_path / "objects.npz", labels=objects, allow_pickle=True)
    files = {
        **{f"labels{suffix}": armed for suffix in (".pkl", ".pickle", ".pt", ".joblib", ".csv", ".npy", ".json", "")},
        "protocol0.pkl": pickle.dumps(Armed(str(marker)), protocol=0),
        "model.pth": archive({"archive/data.pkl": armed, "archive/version": b"3"}),
        "zipped.npz": archive({"labels.npy": armed}),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    paths = sorted(path for path in tmp_path.iterdir())
    commands = [[command, str(path)] for command in ("analyze", "predictions", "history") for path in paths]
    codes, heard, _ = listened(commands)
    assert heard == []
    assert not marker.exists()
    refused = {(c[0], Path(c[1]).name): code for c, code in zip(commands, codes, strict=True)}
    assert set(codes) <= {3, 4}
    for name in ("labels.pkl", "labels.pt", "labels.joblib", "labels.csv", "labels", "model.pth", "objects.npy"):
        assert refused["analyze", name] == 4, name
