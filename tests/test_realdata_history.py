"""Real training logs with independently computed answers: every metric, and whether it may be flagged.

The folder is named by IMBALANCE_DOCTOR_REALDATA; without it these tests are skipped.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(os.environ.get("IMBALANCE_DOCTOR_REALDATA", "/nonexistent"))
BROKEN = {"frozen-training", "frozen-metric", "frozen-validation", "not-finite", "divergence", "loss-fingerprint"}

pytestmark = [pytest.mark.realdata, pytest.mark.skipif(not ROOT.is_dir(), reason="no folder of real files")]


def _cases(*expected: str) -> list[dict]:
    if not ROOT.is_dir():
        return []
    cases = json.loads((ROOT / "expected.json").read_text(encoding="utf-8"))
    return [c for c in cases if c["kind"] == "history" and c["expect"] in expected]


def _run(case: dict) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "imbalance_doctor", "history", str(ROOT / case["file"]), "--format", "json"]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("case", _cases("read"), ids=lambda c: c["id"])
def test_the_metrics_of_a_real_log_are_exact_and_it_is_flagged_where_it_should_be(case: dict) -> None:
    from imbalance_doctor import doctor

    report = doctor.history(str(ROOT / case["file"]))
    history = report.history
    assert history is not None
    found = {s.name: s for s in history.series if s.role != "learning_rate"}
    assert set(found) == set(case["metrics"])
    for name, series in found.items():
        for key in ("n", "first", "last", "min", "max"):
            assert getattr(series, key) == case[key][name], (name, key)
        assert (series.not_finite is not None) <= case["nan"]
    assert set(case["aux"]) <= set(history.auxiliary)
    broken = {f.rule.name for f in report.findings if f.grade.value in ("error", "warning")} & BROKEN
    assert bool(broken) is case["should_flag"]


@pytest.mark.parametrize("case", _cases("read"), ids=lambda c: c["id"])
def test_the_exit_code_says_whether_a_real_log_is_broken(case: dict) -> None:
    done = _run(case)
    assert done.returncode == (1 if case["should_flag"] else 0), done.stderr
    assert {m["name"] for m in _metrics(json.loads(done.stdout)["history"])} >= set(case["metrics"])


def _metrics(history: dict) -> list[dict]:
    return history.get("metrics") or history["series"]


@pytest.mark.parametrize("case", _cases("not-history", "empty"), ids=lambda c: c["id"])
def test_a_file_without_a_history_is_said_to_be_none(case: dict) -> None:
    done = _run(case)
    assert done.returncode == 3
    assert ("no scalars" if case["expect"] == "empty" else "history") in done.stderr
    assert "hint:" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
