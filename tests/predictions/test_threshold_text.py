"""Corrections as text, read back by the parsers their users have."""

import ast
import csv
import io
import json

import numpy as np
import pytest
import yaml

from imbalance_doctor.errors import OutputError, UsageError
from imbalance_doctor.model import Remedy
from imbalance_doctor.predictions.blocks import Setting
from imbalance_doctor.predictions.decisions import cut_of, decide
from imbalance_doctor.threshold_text import FORMATS, emit_thresholds
from tests.awkward import NAMES, values_for

THREE = ("cat", "dog", "bird")


def setting(task: str, kind: str = "probabilities", names: tuple[str, ...] = THREE) -> Setting:
    return Setting(names, kind, task, 0.5 if kind == "probabilities" else 0.0)


def remedy(values: tuple[float | None, ...], *, offsets: bool = False, name: str = "prior-matching") -> Remedy:
    thresholds = None if offsets else values
    return Remedy(name, "macro-f1", 0.25, 0.5, (0.125, 0.375), thresholds, values if offsets else None, False)


def read_back(text: str, form: str) -> tuple[list[str], list[float]]:
    """Names and numbers."""
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        column = "threshold" if "threshold" in rows[0] else "offset"
        return [json.loads(row["class_json"]) for row in rows], [float(row[column]) for row in rows]
    if form == "python":
        nodes = [node for node in ast.parse(text).body if isinstance(node, ast.Assign)]
        data = {node.targets[0].id: ast.literal_eval(node.value) for node in nodes}
        return data["CLASSES"], data["THRESHOLDS"] if "THRESHOLDS" in data else data["OFFSETS"]
    data = json.loads(text) if form == "json" else yaml.safe_load(text)
    return data["classes"], data["thresholds"] if data["thresholds"] is not None else data["offsets"]


def test_json_is_the_documented_record() -> None:
    text = emit_thresholds("json", THREE, remedy((0.125, None, 1e-7)), setting("sigmoid"))
    data = json.loads(text)
    assert data.pop("version")
    assert data == {
        "format": 1,
        "remedy": "prior-matching",
        "task": "sigmoid",
        "score_kind": "probabilities",
        "rule": "predict every class whose score is at least its threshold",
        "metric": "macro-f1",
        "as_is": 0.25,
        "score": 0.5,
        "interval": [0.125, 0.375],
        "classes": ["cat", "dog", "bird"],
        "thresholds": [0.125, 0.5, 1e-7],
        "offsets": None,
        "otherwise": None,
    }


def test_csv_is_the_documented_table() -> None:
    assert emit_thresholds("csv", THREE, remedy((0.0, -1.5, None), offsets=True), setting("softmax")) == (
        'index,class,class_json,offset\n0,"cat","""cat""",0.0\n1,"dog","""dog""",-1.5\n2,"bird","""bird""",0.0\n'
    )


@pytest.mark.parametrize("form", FORMATS)
def test_a_binary_task_has_one_threshold_that_of_class_one(form: str) -> None:
    names = ("ok", "fraud")
    text = emit_thresholds(form, names, remedy((None, 0.0625)), setting("binary", names=names))
    assert read_back(text, form) == (["fraud"], [0.0625])
    if form == "csv":
        assert text.splitlines()[1].startswith("1,")
    if form == "json":
        assert json.loads(text)["otherwise"] == "ok"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("task", ["sigmoid", "softmax"])
def test_awkward_names_and_numbers_come_back_exactly_and_the_text_is_ascii(form: str, task: str) -> None:
    values = values_for(len(NAMES))
    made = remedy(values, offsets=task == "softmax")
    text = emit_thresholds(form, NAMES, made, setting(task, names=NAMES))
    assert read_back(text, form) == (list(NAMES), list(values))
    assert text == emit_thresholds(form, NAMES, made, setting(task, names=NAMES))
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert form == "csv" or text.isascii()
    assert "##[" not in text
    if form == "csv":
        assert len(text.splitlines()) == 1 + len(NAMES)


@pytest.mark.parametrize("kind", ["probabilities", "logits"])
@pytest.mark.parametrize("task", ["sigmoid", "softmax", "binary"])
def test_the_emitted_function_predicts_what_the_remedy_does(task: str, kind: str) -> None:
    rng = np.random.default_rng(0)
    scores = rng.dirichlet(np.ones(3), size=200) if kind == "probabilities" else rng.normal(size=(200, 3))
    names = THREE[:2] if task == "binary" else THREE
    if task == "binary":
        scores = scores[:, :1]
    made = remedy((None, 0.3) if task == "binary" else (0.2, None, 0.9), offsets=task == "softmax")
    here = setting(task, kind, names)
    space: dict[str, object] = {}
    exec(emit_thresholds("python", names, made, here), space)  # noqa: S102
    expected = decide(scores, here, cut_of(made, here))
    assert (space["predict"](scores) == expected).all()
    assert len(np.unique(expected)) > 1


def test_half_a_surrogate_pair_is_refused_where_it_cannot_be_written() -> None:
    names = ("a", "\ud83d", "c")
    for form in ("json", "yaml", "csv"):
        with pytest.raises(OutputError):
            emit_thresholds(form, names, remedy((0.1, 0.2, 0.3)), setting("sigmoid", names=names))
    text = emit_thresholds("python", names, remedy((0.1, 0.2, 0.3)), setting("sigmoid", names=names))
    assert read_back(text, "python")[0] == list(names)


def test_nothing_in_a_remedy_gets_out_of_the_comment() -> None:
    text = emit_thresholds("python", THREE, remedy((0.1, 0.2, 0.3), name="x\nimport os"), setting("sigmoid"))
    assert "import os" not in text


def test_an_unknown_format_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(UsageError) as caught:
        emit_thresholds("jsn", THREE, remedy((0.1, 0.2, 0.3)), setting("sigmoid"))
    assert "json" in caught.value.hint


def test_a_remedy_that_is_none_is_refused_with_its_reason() -> None:
    none = Remedy("none", "macro-f1", 0.1, None, None, None, None, False, "No class is ranked better than chance.")
    with pytest.raises(UsageError) as caught:
        emit_thresholds("json", THREE, none, setting("sigmoid"))
    assert "better than chance" in caught.value.hint
