"""Real annotations of object detection: every class by instances and by images; and what is exotic is asked about."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(os.environ.get("IMBALANCE_DOCTOR_REALDATA", "/nonexistent"))
EXOTIC = {"jsonl-spans", "pecos-text-relevance", "via-regions"}
"""Label cases for which a clear question or refusal is as good as the numbers."""

pytestmark = [pytest.mark.realdata, pytest.mark.skipif(not ROOT.is_dir(), reason="no folder of real files")]


def _cases() -> list[dict]:
    if not ROOT.is_dir():
        return []
    return [c for c in json.loads((ROOT / "expected.json").read_text(encoding="utf-8")) if c["kind"] == "labels"]


def _run(path: str, *options: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "imbalance_doctor", "analyze", str(ROOT / path), *options]
    return subprocess.run(
        [*command, "--format", "json", "--fail-on", "never"], capture_output=True, text=True, timeout=60, check=False
    )


def _hash(present: dict[str, int]) -> str:
    return hashlib.sha256("\n".join(f"{n}\t{present[n]}" for n in sorted(present)).encode()).hexdigest()


@pytest.mark.parametrize("case", [c for c in _cases() if c["format"] == "coco"], ids=lambda c: c["id"])
def test_instances_and_images_are_counted_of_all_declared_categories(case: dict) -> None:
    found = {}
    for what in ("instances", "images"):
        done = _run(case["file"], "--count", what)
        assert done.returncode == 0, done.stderr
        found[what] = json.loads(done.stdout)["labels"]
        assert found[what]["n_classes"] == case["n_declared"]
        assert found[what]["n_present"] == case["n_classes"]
    counts = {w: {r["name"]: r["count"] for r in labels["classes"] if r["count"]} for w, labels in found.items()}
    assert _hash(counts["instances"]) == case["counts_sha256"]
    assert found["instances"]["n_assignments"] == case["n_assignments"]
    if "counts_images_sha256" in case:
        assert _hash(counts["images"]) == case["counts_images_sha256"]
    assert found["images"]["n_samples"] == case["n_samples"]
    assert found["images"]["n_unlabelled"] == case["n_unlabelled"]


@pytest.mark.parametrize("case", [c for c in _cases() if "records" in c["hints"]], ids=lambda c: c["id"])
def test_the_array_under_a_key_that_is_named_is_counted(case: dict) -> None:
    done = _run(case["file"], "--records", case["hints"]["records"], "--label", case["hints"]["column"])
    assert done.returncode == 0, done.stderr
    labels = json.loads(done.stdout)["labels"]
    assert {r["name"]: r["count"] for r in labels["classes"]} == case["counts"]
    for key in ("n_samples", "n_assignments", "n_unlabelled", "n_missing"):
        assert labels[key] == case[key]
    assert labels["measures"]["cardinality"] == pytest.approx(case["cardinality"], abs=1e-6)


@pytest.mark.parametrize("case", [c for c in _cases() if c["id"] in EXOTIC], ids=lambda c: c["id"])
def test_what_no_reader_understands_is_asked_about_and_not_counted(case: dict) -> None:
    done = _run(case["file"])
    assert done.returncode in (3, 4)
    assert done.stdout == ""
    assert "hint:" in done.stderr
    assert "Traceback" not in done.stderr


def test_every_case_of_labels_is_tried_somewhere() -> None:
    from tests.test_realdata import FORMATS, OWN_READER

    tried = {c["id"] for c in _cases() if (c["format"] in FORMATS and c["tier"] == 1) or c["format"] in OWN_READER}
    tried |= {c["id"] for c in _cases() if c["format"] == "coco"} | EXOTIC | {"taco-scenes"}
    assert {c["id"] for c in _cases()} == tried
