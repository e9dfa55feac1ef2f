"""Public corpora of files that are hard to read: every file ends as its corpus says, in little time and memory.

The files run in batches, each batch in a process of its own with a limit on memory; `IMBALANCE_DOCTOR_ALONE=1` has
every file run in a process of its own.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(os.environ.get("IMBALANCE_DOCTOR_REALDATA", "/nonexistent")) / "corpora"
SECONDS = 20
MEMORY = 1 << 30
BATCH = 1 if os.environ.get("IMBALANCE_DOCTOR_ALONE") else 85
READ_BY_POLARS = ("bad_data/ARROW-GH-45185.parquet",)
"""A list column that starts in the middle of a list: pyarrow refuses it, polars starts a new list there."""
RUNNER = """
import contextlib, io, json, resource, sys
resource.setrlimit(resource.RLIMIT_DATA, (%d, %d))
from imbalance_doctor.cli import run
for line in sys.stdin:
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(json.loads(line))
        out.flush(), err.flush()
    print(json.dumps([code, *(stream.buffer.getvalue().decode() for stream in (out, err))]), flush=True)
"""

pytestmark = [pytest.mark.realdata, pytest.mark.skipif(not ROOT.is_dir(), reason="no folder of real files")]


def expected(corpus: str) -> dict[str, dict]:
    """What the corpus says of each of its files."""
    path = ROOT / corpus / "expected.json"
    return json.loads(path.read_text(encoding="utf-8"))["files"] if path.is_file() else {}


def run(commands: list[list[str]]) -> list[tuple[int, str, str]]:
    """Exit code, stdout and stderr of each command line."""
    results: list[tuple[int, str, str]] = []
    for start in range(0, len(commands), BATCH):
        batch = commands[start : start + BATCH]
        lines = "".join(json.dumps(command) + "\n" for command in batch)
        done = subprocess.run(
            [sys.executable, "-c", RUNNER % (MEMORY, MEMORY)],
            input=lines,
            capture_output=True,
            text=True,
            timeout=SECONDS + len(batch),
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        results += [tuple(json.loads(line)) for line in done.stdout.splitlines()]
    assert len(results) == len(commands)
    return results


@cache
def json_suite() -> dict[str, tuple[int, str, str]]:
    """How `analyze` ends for every file of JSONTestSuite."""
    files = list(expected("JSONTestSuite"))
    made = [
        ["analyze", str(ROOT / "JSONTestSuite" / name), "--fail-on", "never", "--input-format", "json"]
        for name in files
    ]
    return dict(zip(files, run(made), strict=True))


def test_legal_json_is_read_and_may_then_hold_no_labels() -> None:
    legal = [name for name, case in expected("JSONTestSuite").items() if case["expect"] == "parse"]
    assert len(legal) == 95
    for name in legal:
        code, _, said = json_suite()[name]
        assert code in (0, 3), (name, said)
        assert "is not valid JSON" not in said or "occurs twice in one object" in said, (name, said)


def test_malformed_json_ends_in_one_clear_error() -> None:
    malformed = [name for name, case in expected("JSONTestSuite").items() if case["expect"] == "malformed"]
    assert len(malformed) == 188
    for name in malformed:
        code, out, said = json_suite()[name]
        assert (code, out) == (3, ""), (name, said)
        assert said.startswith("error: "), name
        assert "hint: " in said, name


def test_json_that_readers_disagree_about_crashes_nothing() -> None:
    assert {code for code, _, _ in json_suite().values()} <= {0, 3, 4}
    assert not [name for name, (_, _, said) in json_suite().items() if "Traceback" in said]


SPECTRUM = [
    (name, column, fields)
    for name, case in expected("csv-spectrum").items()
    for column, fields in case.get("columns", {}).items()
]


@cache
def spectrum() -> dict[tuple[str, str], tuple[int, str, str]]:
    """How every column of csv-spectrum is counted."""
    asked = ["--layout", "column", "--header", "--format", "json", "--fail-on", "never"]
    made = [["analyze", str(ROOT / "csv-spectrum" / name), "--label", column, *asked] for name, column, _ in SPECTRUM]
    return dict(zip([(name, column) for name, column, _ in SPECTRUM], run(made), strict=True))


@pytest.mark.parametrize(("name", "column", "fields"), SPECTRUM, ids=lambda x: x if isinstance(x, str) else "")
def test_every_column_of_csv_spectrum_is_counted_exactly(name: str, column: str, fields: dict) -> None:
    code, out, said = spectrum()[name, column]
    if not expected("csv-spectrum")[name]["oracle"]:
        assert code in (0, 3), said
        return
    if not fields["counts"]:  # nothing but empty cells
        assert code == 3, said
        return
    assert code == 0, said
    labels = json.loads(out)["labels"]
    assert Counter({row["name"]: row["count"] for row in labels["classes"]}) == Counter(fields["counts"])
    assert labels["n_missing"] == fields["n_missing"]


@pytest.mark.parametrize("corpus", ["numpy", "parquet-testing"])
def test_files_that_are_refused_or_damaged_end_in_a_documented_exit(corpus: str) -> None:
    cases = expected(corpus)
    results = run([["analyze", str(ROOT / corpus / name), "--fail-on", "never"] for name in cases])
    for (name, case), (code, out, said) in zip(cases.items(), results, strict=True):
        assert "Traceback" not in said, name
        if case["expect"] == "refuse":
            assert code in (3, 4), (name, said)
        elif case["expect"] == "malformed" and name not in READ_BY_POLARS:
            assert (code, out) == (3, ""), (name, said)
        else:
            assert code in (0, 3, 4), (name, said)
