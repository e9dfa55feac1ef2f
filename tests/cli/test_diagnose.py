"""`diagnose` as a script uses it: the three stories, exit codes, options, and what a wrong request is told."""

import json
from pathlib import Path

import pytest

from imbalance_doctor.cli import run

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
STORIES = {
    "all-zero": (
        "--labels counts.txt --n-samples 55000 --predictions scores.npy --truth truth.csv --history training.csv",
        "no-signal",
        "Get the model to learn before correcting anything",
    ),
    "frozen": (
        "--labels counts.csv --history training.log --predictions outputs.csv --truth-column label",
        "wiring",
        "Repair the wiring first: give the loss logits",
    ),
    "focal": (
        "--labels counts.csv --history training.csv --predictions predictions.csv --truth-column intent",
        "wiring",
        "Repair the wiring first: take the cross entropy of each sample",
    ),
}


def told(story: str, capsys, *more: str) -> dict:
    """The JSON of a story."""
    arguments = [
        str(EXAMPLES / story / a) if "." in a and not a.startswith("-") else a for a in STORIES[story][0].split()
    ]
    code = run(["diagnose", *arguments, "--format", "json", "--fail-on", "never", *more])
    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    return json.loads(out)


@pytest.mark.parametrize("story", STORIES)
def test_each_story_names_the_true_cause_first_and_what_to_do_about_it(story: str, capsys) -> None:
    _, cause, step = STORIES[story]
    report = told(story, capsys)
    first = report["diagnosis"]["causes"][0]
    assert (first["name"], first["likelihood"]) == (cause, "established")
    assert step in report["prescription"]["steps"][0]["do"]
    assert report["prescription"]["scheme"] in ("none", "prior-bias")
    assert report["diagnosis"]["missing"] == []
    assert report["command"] == "diagnose"
    assert all(report[key] is not None for key in ("labels", "predictions", "history"))


def test_the_frozen_story_is_not_an_imbalance_problem(capsys) -> None:
    causes = told("frozen", capsys, "--train-samples", "20000")["diagnosis"]["causes"]
    assert [cause["title"] for cause in causes[:2]] == [
        "wrong wiring: outputs, loss and labels do not fit together",
        "not an imbalance problem",
    ]


def test_each_evidence_can_come_alone_and_the_rest_is_missing(capsys) -> None:
    folder = EXAMPLES / "frozen"
    for flag, name, missing in (
        ("--labels", "counts.csv", ["--predictions", "--history"]),
        ("--history", "training.log", ["--labels", "--predictions"]),
        ("--predictions", "outputs.csv", ["--labels", "--history"]),
    ):
        more = ["--truth-column", "label"] if flag == "--predictions" else []
        run(["diagnose", flag, str(folder / name), *more, "--format", "json", "--fail-on", "never"])
        report = json.loads(capsys.readouterr().out)
        commands = [command for _, command in map(dict.values, report["diagnosis"]["missing"])]
        assert len(commands) == len(missing)
        assert all(lacking in command for lacking, command in zip(missing, commands, strict=True))
        assert (report["prescription"] is None) == (flag != "--labels")


def test_the_exit_code_is_that_of_the_findings(capsys) -> None:
    log = str(EXAMPLES / "frozen" / "training.log")
    assert run(["diagnose", "--history", log]) == 1
    assert run(["diagnose", "--history", log, "--fail-on", "never"]) == 0
    counts = str(EXAMPLES / "frozen" / "counts.csv")
    assert run(["diagnose", "--labels", counts]) == 0
    assert run(["diagnose", "--labels", counts, "--fail-on", "info"]) == 1
    ignored = ["IMB301", "IMB304", "IMB306", "IMB302"]
    assert run(["diagnose", "--history", log, *(x for code in ignored for x in ("--ignore", code))]) == 0
    capsys.readouterr()


def test_nothing_given_is_a_usage_error_that_names_the_three_flags(capsys) -> None:
    assert run(["diagnose"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert all(flag in err for flag in ("--labels", "--predictions", "--history"))


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(["--truth", "t.csv"], 2, "nothing to diagnose", id="a truth alone"),
        pytest.param(["--labels", "-"], 2, "read more than once", id="standard input"),
        pytest.param(["--labels", "gone.csv"], 3, "gone.csv", id="no such file"),
        pytest.param(["--labels", "gone.csv", "--metric", "f7"], 2, "f7", id="an unknown metric"),
        pytest.param(["--labels", "gone.csv", "--fail-on", "never!"], 2, "--fail-on", id="an unknown severity"),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(arguments, code, said, capsys, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["diagnose", *arguments]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_text_and_markdown_begin_with_the_first_cause(form: str, capsys, tmp_path) -> None:
    target = tmp_path / "report.out"
    log = str(EXAMPLES / "frozen" / "training.log")
    run(["diagnose", "--history", log, "--format", form, "--output", str(target)])
    assert capsys.readouterr().out == ""
    assert "wrong wiring" in "\n".join(target.read_text(encoding="utf-8").splitlines()[:3])
