"""`predictions` as a script uses it: exit codes, streams, and what a wrong request is told."""

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from imbalance_doctor.cli import run

N, K = 400, 6
RNG = np.random.default_rng(8)
TRUTH = RNG.uniform(size=(N, K)) < 0.1
EVIDENCE = np.where(TRUTH, 2.5, 0.0) + RNG.normal(size=(N, K))
HEALTHY = 1 / (1 + np.exp(-(2.5 * EVIDENCE - 4.5)))
SHY = 1 / (1 + np.exp(-(EVIDENCE / 2 - 3)))
DEAD = 1 / (1 + np.exp(-(RNG.normal(size=(N, K)) / 10 - 2.2)))
NAMES = [f"tag{i}" for i in range(K)]


def csv(matrix: np.ndarray, prefix: str = "prob_") -> str:
    lines = [",".join(f"{value:.6g}" for value in row) for row in matrix.tolist()]
    return "\n".join([",".join(prefix + name for name in NAMES), *lines]) + "\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "healthy.csv").write_text(csv(HEALTHY))
    (tmp_path / "shy.csv").write_text(csv(SHY))
    (tmp_path / "dead.csv").write_text(csv(DEAD))
    (tmp_path / "truth.csv").write_text(csv(TRUTH.astype(int), ""))
    both = [a + "," + b for a, b in zip(csv(SHY).split(), csv(TRUTH.astype(int), "true_").split(), strict=True)]
    (tmp_path / "both.csv").write_text("\n".join(both) + "\n")
    np.save(tmp_path / "scores.npy", HEALTHY.astype(np.float32))
    return tmp_path


def report(capsys, *arguments: str) -> dict:
    code = run(["predictions", *arguments, "--format", "json", "--fail-on", "never"])
    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    return json.loads(out)["predictions"]


def test_a_collapsed_dump_is_exit_code_1_and_a_healthy_one_0(files: Path, capsys) -> None:
    truth = ["--labels", str(files / "truth.csv")]
    for dump in ("dead.csv", "shy.csv"):
        assert run(["predictions", str(files / dump)]) == 1
    assert "all-zero-collapse" in capsys.readouterr().out
    assert run(["predictions", str(files / "dead.csv"), *truth]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("collapsed")
    assert err == ""
    assert run(["predictions", str(files / "dead.csv"), *truth, "--fail-on", "never"]) == 0
    assert run(["predictions", str(files / "healthy.csv")]) == 0
    capsys.readouterr()
    assert run(["predictions", str(files / "healthy.csv"), *truth]) == 0
    assert capsys.readouterr().out.startswith("healthy")


def test_an_intact_ranking_turns_the_diagnosis_from_the_model_to_the_cut(files: Path, capsys) -> None:
    found = report(capsys, str(files / "shy.csv"), "--labels", str(files / "truth.csv"))
    assert found["verdict"] == "threshold"
    assert found["all_zero_rows"] == N
    assert max(remedy["score"] for remedy in found["remedies"]) > 0.5


def test_the_json_is_the_contract(files: Path, capsys) -> None:
    found = report(capsys, str(files / "shy.csv"), "--labels", str(files / "truth.csv"))
    assert (found["score_kind"], found["task"], found["threshold"]) == ("probabilities", "sigmoid", 0.5)
    assert found["n_samples"] == N
    assert [c["name"] for c in found["classes"]] == NAMES
    assert [c["predicted"] for c in found["classes"]] == (SHY >= 0.5).sum(axis=0).tolist()
    assert found["truth"]["n_joined"] == N
    assert [c["support"] for c in found["truth"]["classes"]] == TRUTH.sum(axis=0).tolist()


def test_text_markdown_and_html_are_written_to_a_file(files: Path, capsys) -> None:
    for form in ("text", "markdown", "html"):
        target = files / f"report.{form}"
        assert run(["predictions", str(files / "healthy.csv"), "-f", form, "-o", str(target)]) == 0
        assert "tag0" in target.read_text()
    assert capsys.readouterr().out == ""


def test_standard_input_tells_the_same_as_a_file_even_where_it_is_read_twice(files: Path, capsys) -> None:
    from_file = report(capsys, str(files / "both.csv"))
    assert from_file["truth"]["n_joined"] == N
    command = [sys.executable, "-m", "imbalance_doctor", "predictions", "-", "--input-format", "csv", "-f", "json"]
    done = subprocess.run(
        [*command, "--fail-on", "never"], input=(files / "both.csv").read_bytes(), capture_output=True, check=True
    )
    assert json.loads(done.stdout)["predictions"] == from_file


def test_shards_are_one_dump(files: Path, capsys) -> None:
    whole = report(capsys, str(files / "scores.npy"))
    parts = files / "parts"
    parts.mkdir()
    for i, rows in enumerate((slice(0, 150), slice(150, 151), slice(151, N))):
        np.save(parts / f"{i}.npy", HEALTHY[rows].astype(np.float32))
    shards = report(capsys, str(parts))
    for found in (whole, shards):
        found["layout"] = None
    assert shards == whole
    np.save(parts / "9.npy", HEALTHY[:, :2].astype(np.float32))
    assert run(["predictions", str(parts)]) == 3
    assert "laid out otherwise" in capsys.readouterr().err


def test_thresholds_are_emitted_instead_of_the_report(files: Path, capsys) -> None:
    asked = ["predictions", str(files / "shy.csv"), "--labels", str(files / "truth.csv"), "--emit-thresholds"]
    for form in ("json", "yaml", "csv", "python"):
        assert run([*asked, form]) == 0
        out = capsys.readouterr().out
        assert "Findings" not in out
        if form == "json":
            assert json.loads(out)["classes"] == NAMES
        if form == "python":
            compile(out, "thresholds.py", "exec")
    assert run([*asked, "yml"]) == 2
    assert "yaml" in capsys.readouterr().err


def test_thresholds_that_cannot_help_are_not_emitted(files: Path, capsys) -> None:
    truth = ["--labels", str(files / "truth.csv")]
    assert run(["predictions", str(files / "dead.csv"), *truth, "--emit-thresholds", "json"]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "no correction" in err


def test_priors_alone_are_enough_for_thresholds(files: Path, capsys) -> None:
    assert (
        run(["predictions", str(files / "shy.csv"), "--prior", ",".join(["0.1"] * K), "--emit-thresholds", "json"]) == 0
    )
    assert json.loads(capsys.readouterr().out)["classes"] == NAMES
    counts = files / "counts.csv"
    counts.write_text("class,count\n" + "".join(f"{name},40\n" for name in NAMES))
    found = report(capsys, str(files / "shy.csv"), "--train-labels", str(counts), "--n-samples", "400")
    assert found["priors"] == [0.1] * K
    assert found["prior_source"] == "training labels"
    priors = files / "priors.json"
    priors.write_text(json.dumps(dict.fromkeys(reversed(NAMES), 0.2)))
    assert report(capsys, str(files / "shy.csv"), "--prior", str(priors))["priors"] == [0.2] * K


def test_a_pickle_is_refused_with_a_way_out(tmp_path: Path, capsys) -> None:
    for name in ("dump.pkl", "model.pt", "scores.npy"):
        path = tmp_path / name
        path.write_bytes(pickle.dumps([0.1, 0.9]))
        assert run(["predictions", str(path)]) in (3, 4)
        assert "hint:" in capsys.readouterr().err
    np.save(tmp_path / "object.npy", np.array([0.1, None], dtype=object), allow_pickle=True)
    assert run(["predictions", str(tmp_path / "object.npy")]) == 4
    assert "numpy.save" in capsys.readouterr().err


WRONG = [
    ([], 2, "Missing"),
    (["absent.npy"], 3, "there is no file"),
    (["{healthy}", "--labels", "absent.csv"], 3, "absent.csv"),
    (["{healthy}", "--kind", "scores"], 2, "probabilities, logits, labels"),
    (["{healthy}", "--task", "multilabel"], 2, "softmax, sigmoid, binary"),
    (["{healthy}", "--metric", "f1"], 2, "macro-f1"),
    (["{healthy}", "--scores", "logit_*"], 3, "--scores takes one of"),
    (["{healthy}", "--id", "key"], 3, "--id takes one of"),
    (["{healthy}", "--classes", "a,b"], 3, "--classes"),
    (["{healthy}", "--classes", "a,a"], 3, "twice"),
    (["{healthy}", "--prior", "0.5"], 3, "1 priors are given for 6 classes"),
    (["{healthy}", "--labels", "{healthy}"], 3, "the truth"),
    (["{healthy}", "--format", "pdf"], 2, "there is no report format"),
    (["{healthy}", "--ignore", "IMB999"], 2, "IMB999"),
    (["{npy}", "--scores", "a"], 2, "no columns to name"),
]


@pytest.mark.parametrize(("arguments", "code", "said"), WRONG, ids=lambda v: " ".join(v) if isinstance(v, list) else "")
def test_a_wrong_request_is_told_what_to_type(files: Path, capsys, arguments: list[str], code: int, said: str) -> None:
    words = [a.format(healthy=files / "healthy.csv", npy=files / "scores.npy") for a in arguments]
    assert run(["predictions", *words]) == code
    out, err = capsys.readouterr()
    assert said in err
    assert "Traceback" not in err
    assert out == ""


def test_exact_ranking_reads_twice_and_says_so(tmp_path: Path, capsys) -> None:
    rng = np.random.default_rng(1)
    truth = (rng.uniform(size=60_000) < 0.05).astype(np.int8)
    np.save(tmp_path / "scores.npy", (rng.normal(size=60_000) + truth).astype(np.float32))
    np.save(tmp_path / "truth.npy", truth)
    asked = [str(tmp_path / "scores.npy"), "--labels", str(tmp_path / "truth.npy")]
    binned, exact = report(capsys, *asked)["truth"], report(capsys, *asked, "--exact")["truth"]
    assert (binned["ranking"], exact["ranking"]) == ("histogram", "exact")
    from sklearn.metrics import average_precision_score, roc_auc_score

    scores = np.load(tmp_path / "scores.npy")
    assert exact["classes"][1]["auroc"] == pytest.approx(roc_auc_score(truth, scores), abs=1e-9)
    assert exact["classes"][1]["average_precision"] == pytest.approx(average_precision_score(truth, scores), abs=1e-9)
    assert binned["classes"][1]["auroc"] == pytest.approx(exact["classes"][1]["auroc"], abs=1e-3)


def test_help_is_quick_and_says_what_it_is_for(capsys) -> None:
    assert run(["predictions", "--help"]) == 0
    out = capsys.readouterr().out
    for option in ("--labels", "--train-labels", "--prior", "--emit-thresholds", "--exact"):
        assert option in out


def test_the_answer_does_not_change_with_the_run(files: Path) -> None:
    command = [sys.executable, "-m", "imbalance_doctor", "predictions", str(files / "shy.csv"), "-f", "json"]
    command += ["--labels", str(files / "truth.csv"), "--fail-on", "never"]
    first, second = (
        subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}, check=True).stdout
        for seed in ("1", "2")
    )
    assert first == second
