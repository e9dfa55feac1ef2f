"""The test files of scikit-learn and SciPy for svmlight and ARFF, and data sets of OpenML, with known answers.

The folder is named by IMBALANCE_DOCTOR_REALDATA; without it these tests are skipped.
"""

import hashlib
import json
import math
import os
from pathlib import Path
from typing import Any

import pytest

import imbalance_doctor
from imbalance_doctor.api import Analysis
from imbalance_doctor.errors import InputError

ROOT = Path(os.environ.get("IMBALANCE_DOCTOR_REALDATA", "/nonexistent")) / "corpora"
CORPORA = ("sklearn-svmlight", "scipy-arff", "sklearn-openml-arff")
FORMATS = {".txt": "svmlight", ".arff": "arff", ".gz": "arff"}

pytestmark = [pytest.mark.realdata, pytest.mark.skipif(not ROOT.is_dir(), reason="no folder of real files")]


def _cases(*expected: str) -> list[tuple[str, dict[str, Any]]]:
    if not ROOT.is_dir():
        return []
    found = []
    for corpus in CORPORA:
        files = json.loads((ROOT / corpus / "expected.json").read_text(encoding="utf-8"))["files"]
        found += [(f"{corpus}/{name}", case) for name, case in files.items() if case["expect"] in expected]
    return found


def _analyze(file: str, case: dict[str, Any]) -> Analysis:
    hints = case.get("hints", {})
    said: dict[str, Any] = {"label": hints["column"]} if "column" in hints else {}
    if "columns" in hints:
        said = {"layout": "indicator", "classes": hints["columns"]}
    return imbalance_doctor.analyze(str(ROOT / file), input_format=FORMATS[Path(file).suffix], **said)


@pytest.mark.parametrize(("file", "case"), _cases("read"), ids=lambda x: x if isinstance(x, str) else "")
def test_every_class_and_every_count_of_a_file_is_exact(file: str, case: dict[str, Any]) -> None:
    labels = _analyze(file, case).labels
    present = {row.name: row.count for row in labels.classes if row.count}
    assert present == case["counts"]
    lines = "\n".join(f"{name}\t{present[name]}" for name in sorted(present))
    assert hashlib.sha256(lines.encode()).hexdigest() == case["counts_sha256"]
    assert labels.counts.n_samples == case["n_samples"]
    assert sum(present.values()) == case["n_assignments"]
    assert (labels.n_unlabelled, labels.n_missing) == (case["n_unlabelled"], case["n_missing"])
    assert len(labels.classes) == case.get("n_declared", case["n_classes"])
    assert sorted(row.name for row in labels.classes if not row.count) == sorted(case.get("zero_classes", []))
    assert (labels.task == "multilabel") == (case["task"] == "multilabel")


@pytest.mark.parametrize(
    ("file", "case"),
    [(f, c) for f, c in _cases("read") if "ClassEntropy" in c.get("published", {}) and c.get("agrees_with_published")],
    ids=lambda x: x if isinstance(x, str) else "",
)
def test_the_figures_that_openml_publishes_are_met(file: str, case: dict[str, Any]) -> None:
    labels = _analyze(file, case).labels
    published = case["published"]
    counts = [row.count for row in labels.classes]
    assert (max(counts), min(counts)) == (published["MajorityClassSize"], published["MinorityClassSize"])
    bits = labels.measures["entropy"] / math.log(2)
    assert bits == pytest.approx(published["ClassEntropy"], rel=1e-12)


@pytest.mark.parametrize(
    ("file", "case"), _cases("malformed", "empty", "not-labels"), ids=lambda x: x if isinstance(x, str) else ""
)
def test_a_file_without_labels_is_an_error_with_a_hint(file: str, case: dict[str, Any]) -> None:
    with pytest.raises(InputError) as caught:
        _analyze(file, case)
    assert Path(file).name in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(("file", "case"), _cases("either"), ids=lambda x: x if isinstance(x, str) else "")
def test_what_a_strict_reader_refuses_is_said_where_it_does_not_matter(file: str, case: dict[str, Any]) -> None:
    found = _analyze(file, case)
    assert "the order of the features is not checked" in found.report.sources[0].note
    assert found.labels.n_rows == 1
