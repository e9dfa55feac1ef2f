"""Files that are appended to, cut off or replaced while they are read: said, never a crash; an error if strict."""

import os
from pathlib import Path

import pytest

from imbalance_doctor.cli import run
from imbalance_doctor.labels.tally import LabelTally

ROWS = "ok\nspam\n" * 2_000_000


def appended(path: Path) -> None:
    with path.open("a") as file:
        file.write("late\n")


def cut_off(path: Path) -> None:
    os.truncate(path, 1000)


def replaced(path: Path) -> None:
    other = path.with_name("other")
    other.write_text("label\nham\n")
    os.replace(other, path)


CHANGES = {"appended to": appended, "cut off": cut_off, "replaced": replaced}


@pytest.fixture
def changing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A file that is changed once, when the first counts are added."""

    def make(change):
        path = tmp_path / "labels.csv"
        path.write_text("label\n" + ROWS)
        real, done = LabelTally.add, []

        def add(self, counted):
            if not done:
                done.append(True)
                change(path)
            real(self, counted)

        monkeypatch.setattr(LabelTally, "add", add)
        return path

    return make


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_changes_is_a_warning(changing, capsys, change):
    path = changing(CHANGES[change])
    code = run(["analyze", str(path), "--label", "label", "--fail-on", "never"])
    said = capsys.readouterr()
    assert code in (0, 3)
    if code == 0:
        assert "IMB169 changed-while-read" in said.out
    assert "Traceback" not in said.err


@pytest.mark.parametrize("change", CHANGES)
def test_it_is_an_error_if_strict(changing, capsys, change):
    path = changing(CHANGES[change])
    assert run(["analyze", str(path), "--label", "label", "--strict"]) == 3
    assert capsys.readouterr().out == ""


def test_a_file_that_stays_as_it_is_has_no_such_finding(changing, capsys):
    path = changing(lambda path: None)
    assert run(["analyze", str(path), "--label", "label", "--fail-on", "never"]) == 0
    assert "IMB169" not in capsys.readouterr().out
