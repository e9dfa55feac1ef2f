"""The contract users script against: streams, exit codes, and what a wrong input is told."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from imbalance_doctor.cli import _options, run
from imbalance_doctor.readers import _source

ROWS = "id,label\n" + "".join(f"{i},{'fraud' if i % 20 == 0 else 'ok'}\n" for i in range(400))


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    path = tmp_path / "labels.csv"
    path.write_text(ROWS)
    return path


def process(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "imbalance_doctor", *arguments],
        input=stdin,
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


def test_analyze_prints_the_report_on_stdout_and_nothing_on_stderr(labels: Path, capsys) -> None:
    assert run(["analyze", str(labels)]) == 0
    out, err = capsys.readouterr()
    assert "2 classes · 400 samples" in out
    assert err == ""


def test_a_finding_at_the_asked_severity_is_exit_code_1(labels: Path, capsys) -> None:
    assert run(["analyze", str(labels), "--fail-on", "warning"]) == 1
    assert run(["analyze", str(labels), "--fail-on", "never"]) == 0
    assert run(["analyze", str(labels), "--fail-on", "warning", "--ignore", "IMB111", "--ignore", "accuracy-trap"]) == 0
    capsys.readouterr()


def test_one_class_only_is_an_error_finding(tmp_path: Path, capsys) -> None:
    path = tmp_path / "one.csv"
    path.write_text("label\n" + "cat\n" * 50)
    assert run(["analyze", str(path)]) == 1
    assert "IMB101" in capsys.readouterr().out


def test_json_is_the_whole_answer_and_does_not_change_with_the_run(labels: Path) -> None:
    first, second = (process("analyze", str(labels), "-f", "json", PYTHONHASHSEED=s) for s in ("1", "2"))
    assert first.stdout == second.stdout
    report = json.loads(first.stdout)
    assert report["format"] == 1
    assert [c["count"] for c in report["labels"]["classes"]] == [20, 380]


WRONG = [
    (["analyze"], 2, "Missing"),
    (["analyze", "absent.csv"], 3, "there is no file"),
    (["analyze", "{labels}", "--label", "colour"], 3, "--label takes one of 'id', 'label'"),
    (["analyze", "{labels}", "--layout", "pile"], 2, "column, delimited, indicator, long, counts"),
    (["analyze", "{labels}", "--format", "pdf"], 2, "there is no report format named 'pdf'"),
    (["analyze", "{labels}", "--metric", "macro-f2"], 2, "macro-f1"),
    (["analyze", "{labels}", "--model", "forest"], 2, "model"),
    (["analyze", "{labels}", "--percentiles", "50,101"], 2, "between 0 and 100"),
    (["analyze", "{labels}", "--fail-on", "errors"], 2, "error"),
    (["analyze", "{labels}", "--ignore", "IMB999"], 2, "IMB999"),
    (["analyze", "{labels}", "--task", "multi"], 2, "multiclass"),
    (["analyze", "{labels}", "--encoding", "utf-9"], 2, "there is no encoding"),
    (["analyze", "{labels}", "--delimiter", "ab"], 2, "one character"),
    (["analyze", "{labels}", "--classes", "ok,spam"], 3, "'fraud'"),
    (["analyze", "{labels}", "--classes", "ok,ok"], 3, "twice"),
    (["analyze", "{labels}", "--input-format", "yamll"], 2, "there is no reader"),
    (["analyze", "{folder}"], 0, ""),
    (["analyze", "{folder}/*.parquet"], 3, "no file matches"),
    (["weights", "{labels}", "--to", "pytroch"], 2, "did you mean pytorch"),
    (["weights", "{labels}", "--scheme", "balance"], 2, "balanced"),
    (["weights", "{labels}", "--scheme", "balanced", "--beta", "0.9"], 2, "beta"),
    (["weights", "{labels}", "--scheme", "effective-number", "--beta", "1.5"], 2, "beta"),
    (["weights", "{labels}", "--scheme", "balanced", "--cap", "-1"], 2, "cap"),
    (["weights", "{labels}", "--scheme", "balanced", "--normalize", "mean"], 2, "sample-mean"),
    (["weights", "{labels}", "--scheme", "balanced", "--classes", "ok,fraud,spam"], 3, "--zero-count"),
    (["explain", "IMB1O1"], 2, "did you mean IMB"),
    (["list", "rule"], 2, "did you mean rules"),
]


@pytest.mark.parametrize(("arguments", "code", "said"), WRONG, ids=lambda v: " ".join(v) if isinstance(v, list) else "")
def test_a_wrong_request_is_told_what_to_type(labels: Path, capsys, arguments: list[str], code: int, said: str) -> None:
    words = [a.format(labels=labels, folder=labels.parent) for a in arguments]
    assert run(words) == code
    out, err = capsys.readouterr()
    assert said in err
    assert "Traceback" not in err
    assert not out or code == 0


def test_zero_count_classes_get_a_policy_not_infinity(labels: Path, capsys) -> None:
    asked = ["weights", str(labels), "--scheme", "balanced", "--classes", "ok,fraud,spam", "--to", "json"]
    assert run([*asked, "--zero-count", "value=1"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["classes"] == ["ok", "fraud", "spam"]
    assert made["values"] == [pytest.approx(400 / 2 / 380), 10.0, 1.0]
    assert made["boundary_after"][2] is None or 0 <= made["boundary_after"][2] <= 1


@pytest.mark.parametrize("command", ["analyze", "predictions", "history", "weights"])
@pytest.mark.parametrize(
    ("output", "said"),
    [("here.csv", "here.csv exists"), ("nowhere/x.csv", "there is no folder"), (".", "not a regular")],
)
def test_an_output_that_cannot_be_is_refused_before_anything_is_read(
    tmp_path: Path, capsys, command: str, output: str, said: str
) -> None:
    (tmp_path / "here.csv").write_text("kept")
    assert run([command, str(tmp_path / "never read"), "-o", str(tmp_path / output)]) == 5
    assert said in capsys.readouterr().err
    assert (tmp_path / "here.csv").read_text() == "kept"


def test_a_number_that_is_no_option_is_told_its_place(labels: Path, capsys) -> None:
    assert run(["weights", str(labels), "--loss", "focal", "--gamma", "2"]) == 2
    said = capsys.readouterr().err
    assert "No such option: --gamma" in said
    assert "hint: a number of a scheme or a loss is given as --param NAME=X" in said


def test_the_budget_of_bytes_is_that_of_the_readers() -> None:
    assert _options.MOST_BYTES == _source.MAX_BYTES


def test_a_suffix_that_rows_cannot_have_is_refused_before_anything_is_read(tmp_path: Path, capsys) -> None:
    asked = ["weights", str(tmp_path / "never read"), "--to", "row-weights", "-o", str(tmp_path / "x.xlsx")]
    assert run(asked) == 2
    assert "name a file in .csv, .tsv, .parquet" in capsys.readouterr().err


def test_a_file_is_written_whole_and_never_over_another_without_force(labels: Path, tmp_path: Path, capsys) -> None:
    target = tmp_path / "weights.json"
    asked = ["weights", str(labels), "--scheme", "balanced", "--to", "json", "--output", str(target)]
    assert run(asked) == 0
    before = target.read_text()
    assert run(asked) == 5
    assert "use --force" in capsys.readouterr().err
    assert run([*asked, "--cap", "2", "--force"]) == 0
    assert target.read_text() != before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["labels.csv", "weights.json"]


def test_an_output_that_cannot_be_written_leaves_the_old_file(
    labels: Path, tmp_path: Path, monkeypatch, capsys
) -> None:
    target = tmp_path / "weights.json"
    target.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for call in ("fsync", "replace", "chmod"):
        monkeypatch.setattr(os, call, full)
        asked = ["weights", str(labels), "--scheme", "balanced", "--to", "json", "-o", str(target), "--force"]
        assert run(asked) == 5
        assert target.read_text() == "old"
        monkeypatch.undo()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["labels.csv", "weights.json"]
    assert "No space left" in capsys.readouterr().err


def test_a_full_disk_behind_stdout_is_exit_code_5(labels: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "imbalance_doctor", "analyze", str(labels)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 5
    assert b"Traceback" not in done.stderr


def test_a_closed_pipe_is_silent(labels: Path) -> None:
    command = f"{sys.executable} -m imbalance_doctor analyze {labels} -f json --all; echo $? >&2"
    done = subprocess.run(["bash", "-c", f"({command}) | true"], capture_output=True, check=False)
    assert done.stderr.split() in ([b"141"], [b"0"])


def test_standard_input_is_read(labels: Path) -> None:
    done = process("analyze", "-", "--input-format", "csv", "-f", "json", stdin=ROWS.encode())
    assert json.loads(done.stdout)["labels"]["n_samples"] == 400
    assert json.loads(done.stdout)["sources"][0]["name"] == "standard input"


def test_a_terminal_of_another_encoding_gets_escapes_not_a_crash(labels: Path) -> None:
    for encoding in ("ascii", "cp1252"):
        done = process("analyze", str(labels), PYTHONIOENCODING=encoding, PYTHONUTF8="0")
        assert done.returncode == 0, done.stderr
        done.stdout.decode(encoding)


def test_hostile_names_do_not_reach_the_terminal(tmp_path: Path, capsys) -> None:
    path = tmp_path / "hostile.csv"
    path.write_text("label\n" + "\x1b[31mred\n" * 30 + "ok\n" * 30, encoding="utf-8")
    assert run(["analyze", str(path)]) == 0
    assert "\x1b" not in capsys.readouterr().out
    assert run(["analyze", str(path), "--classes", "ok,\x1b]0;x"]) == 3
    assert "\x1b" not in capsys.readouterr().err


def test_an_id_column_taken_for_the_label_stops_early_and_names_a_better_one(tmp_path: Path, capsys) -> None:
    path = tmp_path / "ids.csv"
    path.write_text("key,kind\n" + "".join(f"k{i},{'ab'[i % 2]}\n" for i in range(3000)))
    assert run(["analyze", str(path), "--label", "key", "--max-classes", "1000"]) == 4
    assert "'kind'" in capsys.readouterr().err


def test_every_command_has_help(capsys) -> None:
    for command in ("analyze", "weights", "explain", "list", "demo"):
        assert run([command, "--help"]) == 0
        assert "Usage: imbalance-doctor" in capsys.readouterr().out


def test_explain_prints_the_documentation_of_every_unit(capsys) -> None:
    for name in ("IMB101", "single-class", "balanced", "pytorch", "boundary", "csv", "json"):
        assert run(["explain", name]) == 0
        assert len(capsys.readouterr().out.splitlines()) > 3
    for shelf in ("rules", "schemes", "targets", "readers", "reports", "topics"):
        assert run(["list", shelf]) == 0
    assert "logit-adjustment" in capsys.readouterr().out


def test_a_name_on_two_shelves_is_explained_twice(capsys) -> None:
    assert run(["explain", "prior-bias"]) == 0
    out = capsys.readouterr().out
    assert "IMB208" in out
    assert "prior-bias (scheme)" in out


def test_the_demo_tells_the_120_label_story(capsys) -> None:
    assert run(["demo"]) == 0
    out = capsys.readouterr().out
    assert "98.71 %" in out
    assert "0.05791" in out
    assert "543.6" in out


def test_an_unexpected_error_is_one_line_unless_debug(labels: Path, monkeypatch, capsys) -> None:
    from imbalance_doctor import doctor

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(doctor, "analyze", broken)
    assert run(["analyze", str(labels)]) == 70
    assert "unexpected ZeroDivisionError" in capsys.readouterr().err
    with pytest.raises(ZeroDivisionError):
        run(["analyze", str(labels), "--debug"])


def test_an_input_is_never_written_over(labels: Path, capsys) -> None:
    before = labels.read_bytes()
    asked = ["-o", str(labels), "--force"]
    for command in (
        ["analyze"],
        ["weights", "--to", "json"],
        ["weights", "--to", "row-weights", "--scheme", "balanced"],
    ):
        assert run([*command, str(labels), *asked]) == 5
        assert "is an input" in capsys.readouterr().err
        assert labels.read_bytes() == before


def test_a_target_without_a_place_for_the_prescription_gets_the_nearest_and_that_is_said(
    tmp_path: Path, capsys
) -> None:
    path = tmp_path / "labels.csv"
    path.write_text("label\n" + "a\n" * 90 + "b\n" * 9 + "c\n" * 2)
    assert run(["weights", str(path), "--to", "pytorch"]) == 0
    assert "# scheme logit-adjustment" in capsys.readouterr().out
    assert run(["weights", str(path), "--to", "ludwig"]) == 0
    said = capsys.readouterr()
    assert "# scheme balanced" in said.out
    assert "has no place for logit-adjustment" in said.err
    assert run(["weights", str(path), "--to", "pytorch", "--loss", "focal", "--param", "gama=3"]) == 2
    assert "did you mean gamma" in capsys.readouterr().err
