"""`lint` on the command line and from Python: what it prints and the exit code it ends in."""

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import numpy as np
import pytest

import imbalance_doctor
from imbalance_doctor.cli import run
from imbalance_doctor.errors import DoctorError
from imbalance_doctor.reports.json import schema
from tests.awkward import NAMES
from tests.rules.weights.given import CORRECTED, MELD, PUBLISHED


@pytest.fixture
def meld(tmp_path: Path) -> Path:
    path = tmp_path / "train.json"
    path.write_text(json.dumps(MELD))
    return path


def write(tmp_path: Path, text: str, name: str = "weights.txt") -> str:
    (tmp_path / name).write_text(text)
    return str(tmp_path / name)


ORDER = ",".join(MELD)


def lint(weights: str, labels: Path, *options: str) -> int:
    return run(["lint", weights, "--labels", str(labels), *options])


def test_the_published_weights_of_meld_end_in_exit_code_1(tmp_path: Path, meld: Path, capsys) -> None:
    code = lint(write(tmp_path, str(list(PUBLISHED))), meld, "--classes", ORDER)
    printed = capsys.readouterr().out
    assert code == 1
    assert "permuted-order" in printed
    assert "[1, 3, 15, 6, 3, 15, 4]" in printed


def test_the_corrected_ones_end_in_exit_code_0_unless_one_fails_on_less(tmp_path: Path, meld: Path, capsys) -> None:
    weights = write(tmp_path, str(list(CORRECTED)))
    assert lint(weights, meld, "--classes", ORDER) == 0
    assert "implied-boundary" in capsys.readouterr().out
    assert lint(weights, meld, "--classes", ORDER, "--fail-on", "info") == 1
    assert lint(weights, meld, "--classes", ORDER, "--fail-on", "info", "--ignore", "IMB412", "--ignore", "IMB413") == 0


@pytest.mark.parametrize("text", [str(list(PUBLISHED)), "[1, NaN, 3, 4, 5, 6, 7]", "[1, 2]", '{"joy": 1, "x": 2}'])
def test_json_keeps_the_contract(tmp_path: Path, meld: Path, capsys, text: str) -> None:
    lint(write(tmp_path, text), meld, "--classes", ORDER, "--format", "json")
    report = json.loads(capsys.readouterr().out)
    jsonschema.validate(report, schema())
    assert (report["command"], report["weights"]["classes"]) == ("lint", list(MELD))
    assert report["skipped"] == []
    assert {f["code"][:4] for f in report["findings"]} == {"IMB4"}


def test_weights_and_labels_are_read_by_what_the_options_say(tmp_path: Path, capsys) -> None:
    labels = tmp_path / "labels.csv"
    labels.write_text("x,y\n" + "1,ok\n" * 99 + "2,fraud\n")
    text = (
        "a = nn.CrossEntropyLoss(weight=torch.tensor([99.0, 1.0]))\nb = nn.NLLLoss(weight=torch.tensor([1.0, 99.0]))\n"
    )
    weights = write(tmp_path, text, "train.py")
    options = ("--label", "y", "--framework", "keras", "--dtype", "float16", "--sampler", "--format", "json")
    assert lint(weights, labels, *options) == 3
    assert lint(weights, labels, *options, "--key", "CrossEntropyLoss.weight") == 0
    given = json.loads(capsys.readouterr().out)["weights"]["given"]
    assert (given["framework"], given["dtype"], given["sampler"], given["line"]) == ("keras", "float16", True, 1)


def test_weights_come_by_standard_input(meld: Path) -> None:
    command = [sys.executable, "-m", "imbalance_doctor", "lint", "-", "--labels", str(meld), "--classes", ORDER]
    done = subprocess.run(command, input=str(list(PUBLISHED)), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1, done.stderr
    assert "permuted-order" in done.stdout


@pytest.mark.parametrize(
    ("weights", "options", "code", "words"),
    [
        ("[1, 2]", ("--loss", "bce"), 2, "bce-pos-weight"),
        ("[1, 2]", ("--loss", "crossentropy"), 2, "cross-entropy"),
        ("[1, 2]", ("--framework", "torch"), 2, "framework"),
        ("class_weight = 'balanced'", (), 3, "nothing to lint"),
        ("a: &x [1, 2]", (), 4, "anchors"),
        ("", (), 3, "empty"),
    ],
)
def test_the_other_exit_codes(tmp_path: Path, meld: Path, capsys, weights, options, code, words) -> None:
    suffix = ".yaml" if weights.startswith("a:") else ".txt"
    assert lint(write(tmp_path, weights, f"w{suffix}"), meld, *options) == code
    said = capsys.readouterr()
    assert words in said.err
    assert said.out == ""


def test_pickles_and_large_files_are_refused(tmp_path: Path, meld: Path) -> None:
    (tmp_path / "w.pt").write_bytes(b"\x80\x04.")
    assert lint(str(tmp_path / "w.pt"), meld) == 4
    (tmp_path / "w.txt").write_bytes(b"1 " * 5_000_001)
    assert lint(str(tmp_path / "w.txt"), meld) == 4
    (tmp_path / "w.bytes").write_bytes(b"\xff\xfe1")
    assert lint(str(tmp_path / "w.bytes"), meld) == 3
    assert lint(str(tmp_path / "nothing"), meld) == 3


def test_standard_input_is_not_both(capsys) -> None:
    assert run(["lint", "-", "--labels", "-"]) == 2
    assert "only once" in capsys.readouterr().err


@pytest.mark.parametrize("format_", ["text", "markdown", "html"])
def test_hostile_names_stay_in_their_place(tmp_path: Path, capsys, format_: str) -> None:
    labels = tmp_path / "labels.json"
    labels.write_text(json.dumps({name: 10 + i for i, name in enumerate(NAMES) if name}))
    weights = write(
        tmp_path, json.dumps({name: float("inf") for name in (*NAMES[::-1], "x\x1b[0m\u202e") if name}), "w.json"
    )
    assert lint(weights, labels, "--format", format_, "--all") == 1
    printed = capsys.readouterr().out
    assert not re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e]", printed)
    assert "</script>" not in printed or format_ == "text"


def test_from_python_weights_are_numbers_or_a_path(tmp_path: Path, meld: Path) -> None:
    labels = ["ok"] * 990 + ["fraud"] * 10  # index order: fraud, ok
    for weights in ([1.0, 99.0], np.array([1.0, 99.0]), (1, 99), {"fraud": 1, "ok": 99}):
        found = imbalance_doctor.lint(weights, labels)
        assert "IMB404" in {f.rule.code for f in found.findings}
        assert found.weights.values == (1.0, 99.0)
        assert found.to_dict()["weights"]["role"] == "class-weight"
    assert imbalance_doctor.lint(np.array([99.0, 1.0], dtype=np.float16), labels).weights.given.dtype == "float16"
    found = imbalance_doctor.lint(write(tmp_path, str(list(PUBLISHED))), str(meld), classes=list(MELD))
    assert "IMB403" in {f.rule.code for f in found.findings}
    with pytest.raises(DoctorError):
        imbalance_doctor.lint(["a", "b"], labels)
    with pytest.raises(DoctorError):
        imbalance_doctor.lint(object(), labels)
