"""Histories and diagnoses in the JSON report keep the contract."""

import copy
from dataclasses import replace

import jsonschema
import pytest

from imbalance_doctor.history.fingerprints import match
from imbalance_doctor.history.verdict import judge
from imbalance_doctor.model import ClassCounts, Point, Report
from imbalance_doctor.reports.json import render, to_dict
from imbalance_doctor.reports.markdown import render as markdown_report
from imbalance_doctor.reports.terminal import render as text_report
from tests.awkward import NAMES
from tests.reports import diagnosis_samples, history_samples, samples
from tests.reports.test_json import KEYS, read, valid

HISTORY_KEYS = [
    "source_format",
    "framework",
    "n_records",
    "runs",
    "metrics",
    "fingerprints",
    "tried",
    "sample_sizes",
    "auxiliary",
    "not_understood",
    "notes",
    "verdict",
]
METRIC_KEYS = [
    "name",
    "split",
    "role",
    "run",
    "n",
    "first",
    "last",
    "min",
    "max",
    "frozen_from",
    "not_finite",
]
CAUSE_KEYS = ["name", "title", "likelihood", "evidence_for", "evidence_against", "test", "remedy", "codes"]


@pytest.mark.parametrize(
    "report",
    [
        pytest.param(history_samples.frozen(), id="a frozen log"),
        pytest.param(history_samples.healthy(), id="a healthy log"),
        pytest.param(history_samples.noisy_and_broken(), id="NaN, two runs"),
        pytest.param(history_samples.named(NAMES), id="awkward names"),
        pytest.param(diagnosis_samples.all_three(), id="a diagnosis of all three"),
        pytest.param(diagnosis_samples.labels_alone(), id="a diagnosis of labels alone"),
        pytest.param(diagnosis_samples.named(NAMES), id="a diagnosis of awkward names"),
    ],
)
def test_every_report_is_valid_against_the_schema_and_has_every_key(report: Report) -> None:
    document = valid(read(render(report)))
    assert document == to_dict(report)
    assert list(document) == KEYS
    if report.history is not None:
        assert list(document["history"]) == HISTORY_KEYS
        assert [list(metric) for metric in document["history"]["metrics"]] == [METRIC_KEYS] * len(report.history.series)
    if report.diagnosis is not None:
        assert [list(cause) for cause in document["diagnosis"]["causes"]] == [CAUSE_KEYS] * len(report.diagnosis.causes)


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param({"loss": ("7.7364",) * 3, "acc": ("0.4985",) * 3}, id="the last layer has no activation"),
        pytest.param({"loss": ("0.6931",) * 9, "acc": ("0.5000",) * 9}, id="ln 2"),
        pytest.param({"loss": ("0.0000",) * 5, "acc": ("0.5000",) * 5}, id="one unit under a softmax"),
        pytest.param({"loss": ("-0.4985",) * 5, "acc": ("0.4985",) * 5}, id="no logarithm"),
        pytest.param({"loss": ("0.7", "nan", "nan"), "acc": ("0.5", "0.0", "0.0")}, id="NaN"),
        pytest.param({"loss": ("nan",) * 3, "acc": ("nan",) * 3}, id="nothing but NaN"),
        pytest.param({"loss": ("inf", "0.5", "-inf")}, id="infinities"),
        pytest.param({"loss": ("0.5",)}, id="one value"),
        pytest.param({"foo": ("0.5", "0.6")}, id="no metric"),
    ],
)
@pytest.mark.parametrize("counts", [None, ClassCounts.of((190, 10)), ClassCounts.of((5, 0, 7))])
def test_a_profile_of_real_numbers_is_valid_too(columns: dict, counts: ClassCounts | None) -> None:
    made = history_samples.profile(columns)
    hits, tried = match(made.series, counts, {"train": 20_000})
    made = replace(made, fingerprints=hits, tried=tried)
    report = history_samples.report(replace(made, verdict=judge(made)))
    assert valid(read(render(report)))["history"]["verdict"] == report.history.verdict
    assert text_report(report)
    assert markdown_report(report)


def test_a_metric_has_the_values_of_its_series_and_not_its_points() -> None:
    metrics = to_dict(history_samples.frozen())["history"]["metrics"]
    assert metrics[3] == {
        "name": "val_acc",
        "split": "validation",
        "role": "accuracy",
        "run": "1",
        "n": 3,
        "first": 0.5062,
        "last": 0.5062,
        "min": 0.5062,
        "max": 0.5062,
        "frozen_from": 1,
        "not_finite": None,
    }


def test_a_fingerprint_has_the_pair_and_the_numbers_of_the_fault() -> None:
    train, validation = to_dict(history_samples.frozen())["history"]["fingerprints"]
    assert train["loss"] == {"record": 3, "step": 2.0, "value": 7.7364, "text": None, "decimals": 4}
    assert train["expected"] == {"loss": 7.735612, "loss_per_error": 15.4249485}
    assert (train["errors"], validation["errors"]) == (10_031, 2_469)


@pytest.mark.parametrize(("value", "text"), [("nan", "nan"), ("inf", "inf"), ("-inf", "-inf")])
def test_what_is_not_finite_is_null_with_the_record_and_the_reason(value: str, text: str) -> None:
    history = history_samples.profile({"loss": ("0.7", value, value)}, "not_finite")
    metric = valid(read(render(history_samples.report(history))))["history"]["metrics"][0]
    assert (metric["first"], metric["last"], metric["min"]) == (0.7, None, 0.7)
    assert metric["not_finite"] == {"record": 2, "step": 1.0, "value": None, "text": text, "decimals": 0}


def test_a_log_of_nothing_but_nan_has_no_numbers() -> None:
    history = history_samples.profile({"loss": ("nan",) * 4}, "not_finite")
    metric = valid(read(render(history_samples.report(history))))["history"]["metrics"][0]
    assert [metric[key] for key in ("first", "last", "min", "max")] == [None] * 4


def test_a_step_or_a_constant_that_is_not_finite_is_null_too() -> None:
    report = history_samples.frozen()
    hit = replace(
        report.history.fingerprints[0], loss=Point(3, float("inf"), 7.7364, 4), expected={"loss": float("nan")}
    )
    report = replace(report, history=replace(report.history, fingerprints=(hit,), tried={"x": float("inf")}))
    history = valid(read(render(report)))["history"]
    assert history["fingerprints"][0]["loss"]["step"] is None
    assert history["fingerprints"][0]["expected"] == {"loss": None}
    assert history["tried"] == {"x": None}


def test_missing_evidence_has_its_command() -> None:
    assert to_dict(diagnosis_samples.labels_alone())["diagnosis"] == {
        "causes": [],
        "missing": [
            {"evidence": "the model's scores", "command": "imbalance-doctor predictions SCORES --labels TRUTH"},
            {"evidence": "the training log", "command": "imbalance-doctor history LOG --labels train.csv"},
        ],
    }


def test_causes_keep_their_order() -> None:
    causes = to_dict(diagnosis_samples.all_three())["diagnosis"]["causes"]
    assert [cause["name"] for cause in causes] == ["missing-activation", "threshold", "prior-bias"]


def test_no_other_command_makes_a_diagnosis() -> None:
    assert to_dict(samples.two_classes())["diagnosis"] is None


@pytest.mark.parametrize(
    "break_it",
    [
        pytest.param(lambda d: d["history"].pop("verdict"), id="a key is missing"),
        pytest.param(lambda d: d["history"].update(extra=1), id="a key too many"),
        pytest.param(lambda d: d["history"].update(verdict="dead"), id="an unknown verdict"),
        pytest.param(lambda d: d["history"]["metrics"][0].update(split="dev"), id="an unknown split"),
        pytest.param(lambda d: d["history"]["metrics"][0].pop("frozen_from"), id="a metric without a key"),
        pytest.param(lambda d: d["history"]["metrics"][0].update(points=[]), id="a metric with its points"),
        pytest.param(lambda d: d["history"]["fingerprints"][0].update(match="near"), id="an unknown match"),
        pytest.param(lambda d: d["history"]["fingerprints"][0].update(errors=2.5), id="half an error"),
        pytest.param(lambda d: d["history"]["fingerprints"][0]["loss"].pop("record"), id="a point without record"),
        pytest.param(lambda d: d["history"]["tried"].update(x="1"), id="a constant that is text"),
        pytest.param(lambda d: d.pop("diagnosis"), id="no diagnosis"),
        pytest.param(lambda d: d["diagnosis"]["causes"][0].update(likelihood="sure"), id="an unknown likelihood"),
        pytest.param(lambda d: d["diagnosis"]["causes"][0].update(codes=["W1"]), id="a code of another tool"),
        pytest.param(lambda d: d["diagnosis"]["causes"][0].pop("test"), id="a cause without its test"),
        pytest.param(lambda d: d["diagnosis"].update(missing=["labels"]), id="missing evidence without a command"),
    ],
)
def test_the_schema_refuses_what_breaks_the_contract(break_it: object) -> None:
    document = valid(copy.deepcopy(to_dict(diagnosis_samples.all_three())))
    break_it(document)
    with pytest.raises(jsonschema.ValidationError):
        valid(document)
