"""Never silently wrong: a polluted file is counted exactly, or a finding, a question or a refusal says what is wrong.

`IMBALANCE_DOCTOR_POLLUTION=N` has N files of each kind made instead of a few.
"""

import os
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from imbalance_doctor.doctor import LabelRequest, analyze
from imbalance_doctor.errors import InputError
from imbalance_doctor.labels.layout import Wishes
from imbalance_doctor.readers._choose import Paths
from imbalance_doctor.readers._source import Options
from tests.pollution import oracle
from tests.pollution.kinds import CLEAN, KINDS, Polluted, make
from tests.pollution.tables import table

FILES = int(os.environ.get("IMBALANCE_DOCTOR_POLLUTION", "6"))
STRUCTURE = {f"IMB16{digit}" for digit in range(1, 9)}
"""Findings about the structure of a text."""
TELLING = STRUCTURE | {"IMB103", "IMB151"}
"""Findings that say that some rows may be counted wrongly: labels missing, or nearly the same."""
ANSWERS = ("exact", "told", "asked")
DIALECTS = {
    "clean": {}, "crlf": {}, "cr": {}, "mixed_newlines": {}, "lone_carriage_returns": {}, "no_final_newline": {},
    "trailing_newlines": {}, "byte_order_mark": {}, "utf_16": {"encoding": "utf-16"}, "cp1252": {"encoding": "cp1252"},
    "semicolon": {"delimiter": ";"}, "tab": {"delimiter": "\t"}, "pipe": {"delimiter": "|"}, "all_quoted": {},
    "space_delimiter": {"delimiter": " "}, "single_quotes": {"quote": "'"}, "all_single_quotes": {"quote": "'"},
    "trailing_delimiters_everywhere": {}, "empty_cells": {}, "double_header": {}, "preamble": {}, "footnote": {},
    "preamble_of_cells": {}, "repeated_header": {}, "blank_rows": {}, "rows_of_delimiters": {}, "comment_lines": {},
    "cell_with_newline": {},
}  # fmt: skip
"""How the kinds are written that the csv module reads once it is told."""


def polluted(kind: str, files: int = FILES) -> list[Polluted]:
    """Files of one kind, the same in every run."""
    made = []
    for i in range(files):
        random = Random(f"{kind} {i}")
        made.append(make(kind, table(random), random))
    return made


def verdict(path: Path, truth: Counter, label: str | None) -> tuple[str, set[str]]:
    """Whether the file is counted exactly, or is told to be damaged, or is asked about; and the codes of findings."""
    try:
        report = analyze(Paths([str(path)]), LabelRequest(Options(label=label), Wishes(label=label)))
    except InputError as error:
        return ("asked" if error.hint else "asked without a hint"), set()
    assert report.labels is not None
    labels = report.labels
    counts = {row.name: row.count for row in labels.classes if row.count}
    assert labels.n_rows == labels.n_samples + labels.n_missing + labels.n_ignored + labels.n_rejected
    assert labels.n_samples == sum(counts.values())
    codes = {finding.rule.code for finding in report.findings}
    if counts == dict(truth):
        return "exact", codes
    return ("told" if codes & TELLING else "silent"), codes


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int, bool], tuple[str, set[str]]]:
    """By kind, number and whether the label column was named."""
    path = tmp_path_factory.mktemp("pollution") / "x.csv"
    found = {}
    for kind in KINDS:
        for i, file in enumerate(polluted(kind)):
            path.write_bytes(file.content)
            for named in (True, False):
                found[kind, i, named] = verdict(path, file.truth, "label" if named else None)
    return found


def test_there_are_many_kinds_of_pollution() -> None:
    assert len(set(KINDS) - set(CLEAN)) >= 25


@pytest.mark.parametrize("kind", KINDS)
def test_no_polluted_file_is_silently_counted_wrong(verdicts, kind: str) -> None:
    silent = [key for key, (what, _) in verdicts.items() if key[0] == kind and what not in ANSWERS]
    assert silent == []


def test_most_polluted_files_are_counted_exactly(verdicts) -> None:
    damaged = [what for (kind, _, named), (what, _) in verdicts.items() if named and kind not in CLEAN]
    assert damaged.count("exact") >= 0.6 * len(damaged)


@pytest.mark.parametrize("kind", CLEAN)
def test_no_alarm_is_raised_about_the_structure_of_a_clean_file(verdicts, kind: str) -> None:
    for key, (what, codes) in verdicts.items():
        if key[0] == kind:
            assert what == "exact", key
            assert not codes & STRUCTURE, key


@pytest.mark.parametrize("kind", DIALECTS)
def test_the_csv_module_told_how_a_file_is_written_counts_the_same(kind: str) -> None:
    for file in polluted(kind, 3):
        assert oracle.count(file.content, "label", **DIALECTS[kind]) == file.truth


def test_the_same_seed_makes_the_same_files() -> None:
    assert polluted("surplus_quote", 3) == polluted("surplus_quote", 3)
