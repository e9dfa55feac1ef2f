"""Real label files with independently computed answers: every class and every count, or the documented refusal.

The folder is named by IMBALANCE_DOCTOR_REALDATA; without it these tests are skipped.
"""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(os.environ.get("IMBALANCE_DOCTOR_REALDATA", "/nonexistent"))
FORMATS = {"csv", "tsv", "lines", "json", "jsonl", "parquet", "arrow", "npy", "npz", "npz-sparse"}
OWN_READER = {"svmlight", "fasttext", "conll", "conllu"}
"""Formats of the further tiers that have a reader."""
TASKS = {"token": "single-label"}
FLAGS = {
    "format": "--input-format",
    "column": "--label",
    "separator": "--separator",
    "names": "--classes",
    "encoding": "--encoding",
}

pytestmark = [pytest.mark.realdata, pytest.mark.skipif(not ROOT.is_dir(), reason="no folder of real files")]


def _cases() -> list[dict]:
    if not ROOT.is_dir():
        return []
    cases = json.loads((ROOT / "expected.json").read_text(encoding="utf-8"))
    return [
        c
        for c in cases
        if c["kind"] == "labels" and ((c["format"] in FORMATS and c["tier"] == 1) or c["format"] in OWN_READER)
    ]


def _run(case: dict) -> subprocess.CompletedProcess:
    arguments = [str(ROOT / case["file"]), "--format", "json", "--fail-on", "never"]
    for hint, value in case["hints"].items():
        if hint == "header":
            arguments.append("--header" if value else "--no-header")
        else:
            arguments += [FLAGS[hint], str(ROOT / value) if hint == "names" else str(value)]
    command = [sys.executable, "-m", "imbalance_doctor", "analyze", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("case", [c for c in _cases() if c["expect"] == "read"], ids=lambda c: c["id"])
def test_the_counts_of_a_real_file_are_exact(case: dict) -> None:
    done = _run(case)
    assert done.returncode == 0, done.stderr
    labels = json.loads(done.stdout)["labels"]
    counts = {row["name"]: row["count"] for row in labels["classes"]}
    present = {name: n for name, n in counts.items() if n}
    assert labels["n_samples"] == case["n_samples"]
    assert labels["n_assignments"] == case["n_assignments"]
    assert labels["n_unlabelled"] == case["n_unlabelled"]
    assert labels["n_missing"] == case["n_missing"]
    assert labels["n_present"] == case["n_classes"]
    assert labels["n_classes"] == case.get("n_declared", case["n_classes"])
    if "counts" in case:
        assert present == case["counts"]
    lines = "\n".join(f"{name}\t{present[name]}" for name in sorted(present))
    assert hashlib.sha256(lines.encode()).hexdigest() == case["counts_sha256"]
    assert max(present.values()) / min(present.values()) == pytest.approx(case["max_min_ratio"], rel=1e-6)
    task = "single-label" if labels["task"] in ("binary", "multiclass") else "multilabel"
    assert task in (TASKS.get(case["task"], case["task"]), case.get("task_also"))
    if case.get("all_distinct"):
        assert "looks-like-ids" in {f["name"] for f in json.loads(done.stdout)["findings"]}


@pytest.mark.parametrize(
    "case", [c for c in _cases() if c["expect"] in ("ask", "not-labels", "refuse")], ids=lambda c: c["id"]
)
def test_a_file_that_cannot_be_read_in_one_way_is_a_question_or_a_refusal(case: dict) -> None:
    done = _run(case)
    if not case["firm"] and done.returncode == 0:
        assert json.loads(done.stdout)["labels"]["layout"]["reason"]
        return
    assert done.returncode in case.get("exit", [4] if case["expect"] == "refuse" else [3])
    assert "hint:" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    for candidate in case.get("candidates", []):
        assert candidate in done.stderr


@pytest.mark.parametrize(
    "case", [c for c in _cases() if c["expect"] == "read" and c["max_min_ratio"] < 1.3 and c["n_samples"] > 100]
)
def test_a_balanced_real_file_raises_no_alarm_about_its_shape(case: dict) -> None:
    found = json.loads(_run(case).stdout)["findings"]
    assert not {f["name"] for f in found} & {"imbalanced-shape", "imbalanced-labels", "accuracy-trap"}
