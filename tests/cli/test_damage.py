"""Damage to a text file, as the command line tells of it: a finding, or with --strict an error."""

import json
from pathlib import Path

import pytest

from imbalance_doctor.cli import run

ROWS = "".join(f"{i},{('cat', 'dog')[i % 2]},{i}.5\n" for i in range(100, 160))
DAMAGED = f"id,label,note\n{ROWS}1,cat\n2,,dog\n3,dog,x,y\n"


def analyzed(path: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str, str]:
    code = run(["analyze", str(path), "--label", "label", *options])
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    path = tmp_path / "x.csv"
    path.write_text(DAMAGED, encoding="utf-8")
    return path


def test_every_row_is_accounted_for_and_the_damage_is_told_with_its_lines(damaged: Path, capsys) -> None:
    code, out, _ = analyzed(damaged, capsys, "--format", "json")
    labels = json.loads(out)["labels"]
    assert code == 0
    assert labels["n_rows"] == 63
    assert labels["n_rows"] == labels["n_samples"] + labels["n_missing"] + labels["n_ignored"] + labels["n_rejected"]
    assert [(d["kind"], d["lines"], d["n_counted"]) for d in labels["damage"]] == [("ragged", [62, 64], 2)]
    assert "ragged-rows" in {finding["name"] for finding in json.loads(out)["findings"]}


@pytest.mark.parametrize("page", ["text", "markdown", "html"])
def test_a_page_says_what_became_of_the_rows(damaged: Path, capsys, page: str) -> None:
    _, out, _ = analyzed(damaged, capsys, "--format", page)
    assert "63 = 62 counted + 1 missing + 0 ignored + 0 rejected" in out
    assert "IMB161" in out


def test_strict_takes_damage_for_an_error(damaged: Path, capsys) -> None:
    code, out, said = analyzed(damaged, capsys, "--strict")
    assert (code, out) == (3, "")
    assert "the structure is damaged, first in line 62 (ragged)" in said


def test_strict_has_nothing_against_a_sound_file(tmp_path: Path, capsys) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"id,label,note\n{ROWS}", encoding="utf-8")
    assert analyzed(path, capsys, "--strict")[0] == 0


def test_weights_are_not_made_from_a_damaged_file(damaged: Path, capsys) -> None:
    assert run(["weights", str(damaged), "--label", "label"]) == 3
    assert "row 62 has 2 fields" in capsys.readouterr().err
