"""Hostile class names leave through every output unharmed and harm nothing: terminal, Markdown, JSON, every target."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from imbalance_doctor import plugins
from imbalance_doctor.cli import run
from imbalance_doctor.reports._safe import shown
from tests.awkward import NAMES
from tests.emitters.parsing import parse
from tests.reports.html_page import Page

ROOT = Path(os.environ.get("IMBALANCE_DOCTOR_REALDATA", "/nonexistent"))
TARGETS = {name: t for name, t in plugins.emitters().items() if name != "row-weights"}
SCHEMES = {"class-weight": "balanced", "repeat": "repeat-factor"}


def collected() -> list[str]:
    """Our own names, and those of the corpus where it is at hand; half characters and empty names left out."""
    names = list(NAMES)
    corpus = ROOT / "corpora" / "own-naughty-class-names"
    for path in sorted(corpus.glob("*.json")) if corpus.is_dir() else []:
        stack = [json.loads(path.read_text(encoding="utf-8", errors="surrogatepass"))]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                names.append(item)
            else:
                stack += item.values() if isinstance(item, dict) else item if isinstance(item, list) else []
    return [n for n in dict.fromkeys(names) if n and not any("\ud800" <= c <= "\udfff" for c in n)]


@pytest.fixture(scope="module")
def labels(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A JSON-lines file in which the name at position i occurs i + 2 times."""
    names = collected()
    path = tmp_path_factory.mktemp("names") / "labels.jsonl"
    rows = [json.dumps({"label": name}) for i, name in enumerate(names) for _ in range(i + 2)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path, names


def harmless(text: str) -> None:
    """No control, no command to a runner."""
    bad = [
        c
        for c in text
        if (c < " " and c != "\n") or "\x7f" <= c <= "\x9f" or c in "\u200b\u200e\u200f\u202a\u202e\u2028\u2066"
    ]
    assert bad == []
    assert "##[" not in text
    assert not [line for line in text.splitlines() if line.lstrip().startswith("::")]


@pytest.mark.parametrize("columns", ["80", "120"])
def test_the_terminal_is_not_driven_and_no_line_is_too_wide(labels, columns, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", columns)
    assert (
        run(["analyze", str(labels[0]), "--layout", "column", "--all", "--fail-on", "never", "--color", "never"]) == 0
    )
    text = capsys.readouterr().out
    harmless(text)
    assert max(map(cell_len, text.splitlines())) <= int(columns)


def test_every_row_of_a_markdown_table_has_the_cells_of_its_head(labels, capsys):
    assert (
        run(["analyze", str(labels[0]), "--layout", "column", "--format", "markdown", "--all", "--fail-on", "never"])
        == 0
    )
    text = capsys.readouterr().out
    harmless(text)
    assert "<script" not in text.lower()
    width = 0
    for line in text.splitlines():
        if not line.startswith("|"):
            width = 0
            continue
        cells = line.replace("\\|", "").count("|")
        assert width in (0, cells), line
        width = cells


def test_every_name_is_text_on_an_html_page(labels, capsys):
    asked = ["analyze", str(labels[0]), "--layout", "column", "--format", "html", "--all", "--fail-on", "never"]
    assert run(asked) == 0
    text = capsys.readouterr().out
    harmless(text)
    page = Page(text)
    assert sorted(page.texts["bdi"][: len(labels[1])]) == sorted(map(shown, labels[1]))
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "iframe", "object", "embed", "link", "img", "a", "form", "base", "svg"}
    assert not [name for _, found in page.elements for name in found if name.startswith("on") or name == "style"]


def test_json_is_strict_and_holds_every_name_exactly(labels, capsys):
    assert run(["analyze", str(labels[0]), "--layout", "column", "--format", "json", "--fail-on", "never"]) == 0
    text = capsys.readouterr().out
    assert text.isascii()

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is not JSON")

    rows = json.loads(text, parse_constant=refuse)["labels"]["classes"]
    assert {row["name"]: row["count"] for row in rows} == {name: i + 2 for i, name in enumerate(labels[1])}


@pytest.mark.parametrize("target", TARGETS)
def test_every_name_comes_back_from_every_target(labels, target, capsys):
    path, names = labels
    card = TARGETS[target].card
    kind = next((k for k in SCHEMES if card.takes(SCHEMES[k], k, "multiclass")), None)
    if kind is None:
        pytest.skip("it takes no class weight and no repeat factor")
    code = run(
        ["weights", str(path), "--layout", "column", "--to", target, "--scheme", SCHEMES[kind], "--task", "multiclass"]
    )
    said = capsys.readouterr()
    if code in (2, 5):
        # A target whose syntax cannot hold one of the names says so, and writes nothing.
        assert said.out == ""
        assert "hint:" in said.err
        return
    assert code == 0, said.err
    harmless(said.out)
    if target == "text":
        return
    found = parse(target, card.suffix, said.out)
    assert dict(zip(found.names, found.counts, strict=True)) == {name: i + 2 for i, name in enumerate(names)}


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_terminal_of_any_encoding_gets_all_of_it(labels, encoding):
    command = [
        sys.executable,
        "-m",
        "imbalance_doctor",
        "analyze",
        str(labels[0]),
        "--layout",
        "column",
        "--fail-on",
        "never",
    ]
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "LC_ALL": "C"}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode(encoding)


def test_half_a_character_is_an_output_error_and_writes_nothing(tmp_path, capsys):
    path, out = tmp_path / "labels.jsonl", tmp_path / "weights.json"
    path.write_text('{"label": "a\\ud800"}\n{"label": "b"}\n{"label": "b"}\n{"label": "c"}\n')
    code = run(["weights", str(path), "--to", "json", "--scheme", "balanced", "-o", str(out)])
    assert code in (3, 5)
    assert not out.exists()
    assert "Traceback" not in capsys.readouterr().err
