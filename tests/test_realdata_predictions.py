"""Real dumps of predictions with independently computed answers: counts, verdicts, or the documented refusal.

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
FLAGS = {"column": "--label", "key": "--label", "truth_key": "--truth", "truth_column": "--truth", "names": "--classes"}
TRUTHS = (".npy", ".npz", ".csv", ".tsv")
"""Truths that are label files; the one of a detector is an annotation of images."""

pytestmark = [pytest.mark.realdata, pytest.mark.skipif(not ROOT.is_dir(), reason="no folder of real files")]


def _cases(*expect: str) -> list[dict]:
    if not ROOT.is_dir():
        return []
    cases = json.loads((ROOT / "expected.json").read_text(encoding="utf-8"))
    return [c for c in cases if c["kind"] == "predictions" and c["expect"] in expect]


def _run(case: dict) -> subprocess.CompletedProcess:
    arguments = [str(ROOT / case["file"]), "--format", "json"]
    if str(case.get("truth", "")).endswith(TRUTHS):
        arguments += ["--labels", str(ROOT / case["truth"])]
    for hint, value in case["hints"].items():
        if hint == "header":
            arguments.append("--header" if value else "--no-header")
        else:
            arguments += [FLAGS[hint], str(ROOT / value) if hint == "names" else str(value)]
    command = [sys.executable, "-m", "imbalance_doctor", "predictions", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def _named(case: dict, row: dict, columns: list[str]) -> str:
    """The class as the case names it: by the whole name of its column."""
    return columns[row["index"]] if row["name"] not in case.get("argmax_counts", {row["name"]: 0}) else row["name"]


@pytest.mark.parametrize("case", _cases("read"), ids=lambda c: c["id"])
def test_the_counts_of_a_real_dump_are_exact_and_its_verdict_is_right(case: dict) -> None:
    done = _run(case)
    assert done.returncode in (0, 1), done.stderr
    found = json.loads(done.stdout)["predictions"]
    columns = found["layout"]["columns"]
    counts = {_named(case, row, columns): row["predicted"] for row in found["classes"]}
    assert found["n_rows"] == case.get("n_predictions", case["n_samples"])
    assert found["n_classes"] == case["n_classes"]
    assert found["score_kind"] == case["score_kind"]
    assert found["nan_rows"] == 0
    if case["task"] != "multilabel":
        _check_counts(case, counts)
    elif found["task"] == "sigmoid":
        assert counts == case["positives_at_0.5"]
        assert found["all_zero_rows"] == case["all_zero_rows_at_0.5"]
    if "score_min" in case and case["score_kind"] != "labels":
        assert found["score_range"] == pytest.approx([case["score_min"], case["score_max"]], rel=1e-6)
    if "row_sum_min" in case and found["row_sum"] is not None:
        sums = [found["row_sum"]["min"], found["row_sum"]["max"]]
        assert sums == pytest.approx([case["row_sum_min"], case["row_sum_max"]], rel=1e-6)
    assert found["verdict"] in case.get("verdict_any_of", [found["verdict"]])
    assert found["verdict"] not in case.get("verdict_none_of", [])
    if case["firm"]:
        assert done.returncode == (1 if case["collapsed"] is True else 0)


def _check_counts(case: dict, counts: dict[str, int]) -> None:
    assert [name for name, n in counts.items() if not n] == case["never_predicted"]
    if "argmax_counts" in case:
        assert {name: n for name, n in counts.items() if n} == case["argmax_counts"]
    if "argmax_counts_sha256" in case:
        lines = "\n".join(f"{name}\t{counts[name]}" for name in sorted(counts))
        assert hashlib.sha256(lines.encode()).hexdigest() == case["argmax_counts_sha256"]


@pytest.mark.parametrize("case", [c for c in _cases("read") if "accuracy" in c], ids=lambda c: c["id"])
def test_the_accuracy_against_a_real_truth_is_exact(case: dict) -> None:
    truth = json.loads(_run(case).stdout)["predictions"]["truth"]
    assert truth["n_joined"] == case["n_samples"]
    assert truth["accuracy"] == pytest.approx(case["accuracy"], abs=5e-7)
    if "truth_positives" in case:
        positive = truth["classes"][1]
        assert positive["support"] == case["truth_positives"]
        assert positive["recall"] == pytest.approx(case["recall_of_positives"], abs=5e-7)


@pytest.mark.parametrize("case", _cases("refuse", "not-predictions"), ids=lambda c: c["id"])
def test_what_holds_no_predictions_is_a_question_or_a_refusal(case: dict) -> None:
    done = _run(case)
    assert done.returncode in case.get("exit", [3])
    assert "hint:" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
