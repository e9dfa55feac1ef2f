"""README and examples say what the commands really print.

Every ```console block is run: a line `$ command` and below it, to the end of the block, what stdout and stderr show.
`IMBALANCE_DOCTOR_UPDATE=1 pytest tests/test_console_blocks.py` rewrites the pages.
A line `…` in a block stands for any lines.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", *ROOT.glob("examples/**/*.md"), *ROOT.glob("docs/**/*.md")])
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def run(command: str, folder: Path) -> str:
    """What a terminal would show: both streams, and the exit code when it is not 0."""
    words = shlex.split(command)
    assert words[0] == "imbalance-doctor", f"only our own command is run in the pages, not {command}"
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "imbalance_doctor", *words[1:]],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    text = done.stdout.decode("utf-8")
    return text + (f"(exit code {done.returncode})\n" if done.returncode else "")


def actual(block: str, folder: Path) -> str:
    """The block with every command's real output."""
    commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"$ {command}\n{run(command, folder)}" for command in commands)


def elided(expected: str, real: str) -> bool:
    """Whether `real` is `expected`, where a line holding only … stands for any lines."""
    parts = [re.escape(part) for part in re.split(r"^…\n", expected, flags=re.MULTILINE)]
    return re.fullmatch(r"(?:.*\n)*?".join(parts), real) is not None


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_page_shows_what_the_commands_print(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    blocks = BLOCK.findall(text)
    assert blocks, f"{page.name} shows no command"
    for block in blocks:
        real = actual(block, page.parent)
        if os.environ.get("IMBALANCE_DOCTOR_UPDATE") and not elided(block, real):
            text = text.replace(block, real)
            continue
        assert elided(block, real), f"the page says\n{block}\nthe command prints\n{real}"
    if os.environ.get("IMBALANCE_DOCTOR_UPDATE"):
        page.write_text(text, encoding="utf-8")
