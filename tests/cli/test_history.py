"""`history` on the command line: what it prints and the exit code it ends in."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.readers.events import START, event, record, simple

FROZEN = "epoch,loss,accuracy,val_loss,val_accuracy,\n" + "".join(
    f"{epoch},7.7364,0.4985,7.6168,0.5062,\n" for epoch in range(1, 6)
)
LEARNS = "epoch,loss,accuracy\n" + "".join(f"{e},{0.7 - e / 20:.4f},{0.5 + e / 25:.4f}\n" for e in range(10))


def run(*arguments: str, text: str | None = None) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "imbalance_doctor", "history", *arguments]
    return subprocess.run(command, input=text, capture_output=True, text=True, timeout=60, check=False)


def test_a_frozen_log_ends_in_exit_code_1_and_names_the_fault(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(FROZEN)
    done = run(str(tmp_path / "log.csv"), "--train-samples", "20000", "--val-samples", "5000", "--format", "json")
    assert done.returncode == 1, done.stderr
    history = json.loads(done.stdout)["history"]
    assert history["verdict"] == "frozen"
    assert sorted(hit["errors"] for hit in history["fingerprints"]) == [2469, 10031]


def test_a_log_that_learns_ends_in_exit_code_0(tmp_path: Path) -> None:
    done = run("-", "--format", "json", text=LEARNS)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["command"], report["history"]["verdict"]) == ("history", "learning")


def test_the_training_labels_are_read_beside_the_log(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(LEARNS)
    (tmp_path / "train.csv").write_text("label\n" + "a\n" * 90 + "b\n" * 10)
    done = run(str(tmp_path / "log.csv"), "--labels", str(tmp_path / "train.csv"), "--format", "json")
    report = json.loads(done.stdout)
    assert report["labels"]["n_samples"] == 100
    assert report["history"]["sample_sizes"] == {"train": 100}


@pytest.mark.parametrize("content", ["", "no log at all\n", '{"accuracy": 0.5}', "epoch,lr\n1,0.1\n"])
def test_what_is_no_log_ends_in_exit_code_3_with_a_hint(content: str) -> None:
    done = run("-", text=content)
    assert done.returncode == 3
    assert "hint:" in done.stderr
    assert done.stdout == ""


def test_a_folder_of_event_files_is_one_run_with_its_splits(tmp_path: Path) -> None:
    for split, loss in (("train", 0.5), ("validation", 0.75)):
        (tmp_path / split).mkdir()
        events = b"".join(record(event(step, simple("epoch_loss", loss - step / 64))) for step in range(6))
        (tmp_path / split / "events.out.tfevents.1.host").write_bytes(START + events)
    done = run(str(tmp_path), "--format", "json", "--fail-on", "never")
    assert done.returncode == 0, done.stderr
    metrics = json.loads(done.stdout)["history"]["metrics"]
    assert [(m["split"], m["first"], m["run"]) for m in metrics] == [("train", 0.5, ""), ("validation", 0.75, "")]


def test_an_unknown_run_is_wrong_usage() -> None:
    done = run("-", "--run", "nine", text=LEARNS)
    assert done.returncode == 2
    assert "no run named 'nine'" in done.stderr
