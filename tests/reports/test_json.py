"""The JSON report keeps the contract."""

import json
from dataclasses import replace

import jsonschema
import numpy as np
import pytest

from imbalance_doctor.model import Report
from imbalance_doctor.plugins import Severity
from imbalance_doctor.reports.json import render, schema, to_dict
from tests.awkward import NAMES
from tests.build import profile_of, profile_of_sets
from tests.reports import samples
from tests.v2ex import COUNTS

KEYS = [
    "format",
    "version",
    "command",
    "sources",
    "labels",
    "predictions",
    "history",
    "weights",
    "prescription",
    "diagnosis",
    "findings",
    "skipped",
]
LABEL_KEYS = [
    "task",
    "layout",
    "n_rows",
    "n_samples",
    "n_assignments",
    "n_unlabelled",
    "n_missing",
    "n_ignored",
    "n_rejected",
    "damage",
    "n_classes",
    "n_present",
    "value_type",
    "classes",
    "percentiles",
    "measures",
    "floors",
]
CLASS_KEYS = [
    "index",
    "name",
    "count",
    "prevalence",
    "share",
    "boundary",
    "log_odds",
    "evidence",
    "tier",
    "interval",
    "unknown",
]
WEIGHT_KEYS = [
    "scheme",
    "target",
    "classes",
    "counts",
    "values",
    "values_negative",
    "normalisation",
    "sample_mean",
    "max_min_ratio",
    "boundary_after",
]


def read(text: str) -> dict:
    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is not JSON")

    return json.loads(text, parse_constant=refuse)


def valid(document: dict) -> dict:
    jsonschema.Draft202012Validator(schema()).validate(document)
    return document


def test_the_schema_is_a_valid_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize(
    "report",
    [
        pytest.param(samples.two_classes(), id="2 classes"),
        pytest.param(samples.long_tail(COUNTS), id="120 classes"),
        pytest.param(samples.named(NAMES), id="awkward names"),
        pytest.param(samples.weighted(("a", "b")), id="weights"),
        pytest.param(samples.empty(), id="nothing examined"),
        pytest.param(samples.report(profile_of({"a": 950, "b": 50})), id="a real profile, binary"),
        pytest.param(
            samples.report(profile_of({"a": 90, "b": 9, "c": 1, "d": 0})), id="a real profile, an empty class"
        ),
        pytest.param(samples.report(profile_of({"a": 10})), id="a real profile, one class"),
        pytest.param(
            samples.report(profile_of_sets([("ab", 5), ("a", 90), ("c", 7), ("", 3)])), id="a real profile, multi-label"
        ),
    ],
)
def test_every_report_is_valid_against_the_schema_and_has_every_key(report: Report) -> None:
    document = valid(read(render(report)))
    assert list(document) == KEYS
    assert document == to_dict(report)
    if report.labels is not None:
        assert list(document["labels"]) == LABEL_KEYS
        assert all(list(row) == CLASS_KEYS for row in document["labels"]["classes"])


@pytest.mark.parametrize(
    "break_it",
    [
        pytest.param(lambda d: d.pop("weights"), id="a key is missing"),
        pytest.param(lambda d: d.update(extra=1), id="a key too many"),
        pytest.param(lambda d: d["labels"]["classes"][0].update(prevalence=1.5), id="a prevalence above 1"),
        pytest.param(lambda d: d["labels"].update(task="single"), id="an unknown task"),
        pytest.param(lambda d: d["findings"][0].update(code="W1"), id="a code of another tool"),
        pytest.param(lambda d: d["labels"]["classes"][0].update(count=2.5), id="half a sample"),
    ],
)
def test_the_schema_refuses_a_report_that_breaks_the_contract(break_it: object) -> None:
    document = valid(to_dict(samples.two_classes()))
    break_it(document)
    with pytest.raises(jsonschema.ValidationError):
        valid(document)


def test_what_was_not_examined_is_null_and_lists_are_empty() -> None:
    document = to_dict(samples.empty())
    assert [document[key] for key in KEYS[3:]] == [[], None, None, None, None, None, None, [], []]


def test_classes_stand_in_index_order_whatever_their_frequency() -> None:
    document = to_dict(samples.report(samples.profile(("z", "a", "m"), (1, 100, 10))))
    assert [(row["index"], row["name"]) for row in document["labels"]["classes"]] == [(0, "z"), (1, "a"), (2, "m")]
    shuffled = samples.profile(("z", "a", "m"), (1, 100, 10))
    shuffled = replace(shuffled, classes=shuffled.classes[::-1])
    assert to_dict(samples.report(shuffled)) == document


def test_names_and_numbers_come_back_exactly() -> None:
    report = samples.named([*NAMES, "lone surrogate \udc80"])
    text = render(report)
    assert text.isascii()
    rows = read(text)["labels"]["classes"]
    assert [row["name"] for row in rows] == [*NAMES, "lone surrogate \udc80"]
    assert [row["prevalence"] for row in rows] == [row.prevalence for row in report.labels.classes]
    assert [row["count"] for row in rows] == [1000 + i for i in range(len(rows))]


def test_the_drawing_options_change_nothing() -> None:
    report = samples.long_tail(COUNTS)
    assert render(report, top=1, show_all=True, width=40, colour=True, ascii_only=True) == render(report)


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -float("inf"), np.float32("nan")])
def test_a_number_that_is_not_finite_is_refused_and_its_place_named(bad: float) -> None:
    found = samples.finding("x", evidence={"ratio": [1.0, bad]})
    with pytest.raises(ValueError, match=r"findings\[0\]\.evidence\.ratio\[1\]"):
        to_dict(samples.report(samples.profile(("a", "b"), (2, 1)), found))


def test_numpy_numbers_become_plain_ones_and_other_objects_are_refused() -> None:
    labels = samples.profile(("a", "b"), (2, 1))
    evidence = {"n": np.int64(3), "x": np.float64(0.1), "yes": True, 5: ("a",)}
    plain = to_dict(samples.report(labels, samples.finding("x", evidence=evidence)))["findings"][0]["evidence"]
    assert plain == {"n": 3, "x": 0.1, "yes": True, "5": ["a"]}
    assert [type(value) for value in plain.values()] == [int, float, bool, list]
    with pytest.raises(TypeError, match=r"evidence\.what is a set"):
        to_dict(samples.report(labels, samples.finding("x", evidence={"what": {1}})))


def test_weights_have_the_keys_of_the_contract() -> None:
    weights = to_dict(samples.weighted(("a", "b")))["weights"]
    assert list(weights) == WEIGHT_KEYS
    assert weights["target"] is None


def test_the_severity_is_the_one_of_the_finding() -> None:
    lowered = replace(samples.finding("x"), severity=Severity.INFO)
    document = to_dict(samples.report(samples.profile(("a", "b"), (2, 1)), lowered))
    assert document["findings"][0]["severity"] == "info"
