"""Predictions in the JSON report keep the contract."""

import math

import jsonschema
import numpy as np
import pytest

from imbalance_doctor.model import PredictionProfile, Report
from imbalance_doctor.reports.json import render, to_dict
from imbalance_doctor.reports.markdown import render as markdown_report
from imbalance_doctor.reports.terminal import render as text_report
from tests.awkward import NAMES
from tests.reports import prediction_samples
from tests.reports.test_json import read, valid
from tests.zoo.judge import profile_of_scores

PREDICTION_KEYS = [
    "score_kind",
    "task",
    "threshold",
    "layout",
    "n_rows",
    "n_samples",
    "n_classes",
    "declared",
    "capacity",
    "classes",
    "all_zero_rows",
    "all_one_rows",
    "top_class",
    "never_predicted",
    "always_predicted",
    "nan_rows",
    "infinite_rows",
    "tied_rows",
    "off_sum_rows",
    "distinct_rows",
    "row_sum",
    "positives_per_row",
    "saturated_share",
    "outside_share",
    "score_range",
    "priors",
    "prior_source",
    "verdict",
    "truth",
    "remedies",
]


@pytest.mark.parametrize(
    "report",
    [
        pytest.param(prediction_samples.all_zero(), id="an all-zero collapse"),
        pytest.param(prediction_samples.healthy(), id="a healthy softmax"),
        pytest.param(prediction_samples.labels_only(), id="predicted labels"),
        pytest.param(prediction_samples.binary_logits(), id="binary logits"),
        pytest.param(prediction_samples.named(NAMES), id="awkward names of scores"),
    ],
)
def test_every_report_is_valid_against_the_schema_and_has_every_key(report: Report) -> None:
    document = valid(read(render(report)))
    assert document == to_dict(report)
    assert list(document["predictions"]) == PREDICTION_KEYS
    assert [row["name"] for row in document["predictions"]["classes"]] == [
        row.name for row in report.predictions.classes
    ]


RANDOM = np.random.default_rng(7)
LOGITS = RANDOM.normal(size=(200, 3))
LOGITS[:4] = [[np.nan, 0, 0], [np.inf, 0, 0], [1, 1, 0], [0, 0, 0]]


@pytest.mark.parametrize(
    "profile",
    [
        pytest.param(
            profile_of_scores(LOGITS, np.arange(200) % 3, kind="logits"), id="softmax of logits, bad rows, ties"
        ),
        pytest.param(profile_of_scores(LOGITS, kind="logits", priors=(0.5, 0.25, 0.25)), id="no truth, priors"),
        pytest.param(
            profile_of_scores(RANDOM.random((50, 4)), RANDOM.random((50, 4)) < 0.1, task="sigmoid"), id="sigmoid"
        ),
        pytest.param(profile_of_scores(np.full(60, 0.25), np.arange(60) % 2, task="binary"), id="a constant, binary"),
        pytest.param(profile_of_scores(np.arange(60) % 3, np.arange(60) % 2, kind="labels"), id="predicted labels"),
        pytest.param(profile_of_scores(RANDOM.random((30, 1)), task="sigmoid"), id="one class"),
        pytest.param(profile_of_scores(np.full((40, 2), np.nan)), id="nothing but NaN"),
    ],
)
def test_a_profile_of_real_scores_is_valid_too(profile: PredictionProfile) -> None:
    report = prediction_samples.report(profile)
    assert valid(read(render(report)))["predictions"]["n_rows"] == profile.n_rows
    assert text_report(report)
    assert markdown_report(report)


@pytest.mark.parametrize(
    "break_it",
    [
        pytest.param(lambda p: p.pop("verdict"), id="a key is missing"),
        pytest.param(lambda p: p.update(extra=1), id="a key too many"),
        pytest.param(lambda p: p.update(verdict="dead"), id="an unknown verdict"),
        pytest.param(lambda p: p.update(score_kind="scores"), id="an unknown kind of scores"),
        pytest.param(lambda p: p["classes"][0].update(predicted_share=1.5), id="a share above 1"),
        pytest.param(lambda p: p["classes"][0].update(predicted=None), id="no count of predictions"),
        pytest.param(lambda p: p["classes"][0].pop("quantiles"), id="a class without quantiles"),
        pytest.param(lambda p: p["truth"].pop("macro_f1"), id="a measure is missing"),
        pytest.param(lambda p: p["truth"]["classes"][0].update(recall=-0.1), id="a recall below 0"),
        pytest.param(lambda p: p["truth"].update(confusion=[[0, 1]]), id="a confusion without its rows"),
        pytest.param(lambda p: p["remedies"][0].update(interval=[0.1]), id="half an interval"),
        pytest.param(lambda p: p["top_class"].pop("share"), id="a top class without its share"),
    ],
)
def test_the_schema_refuses_predictions_that_break_the_contract(break_it: object) -> None:
    document = valid(to_dict(prediction_samples.healthy()))
    break_it(document["predictions"])
    with pytest.raises(jsonschema.ValidationError):
        valid(document)


def test_predictions_have_the_values_of_the_profile() -> None:
    report = prediction_samples.all_zero()
    predictions = to_dict(report)["predictions"]
    assert predictions["top_class"] == {"name": "topic-00", "share": 0.0}
    assert predictions["row_sum"] == {"min": 0.3107, "mean": math.fsum(prediction_samples.MEANS), "max": 1.6044}
    assert [row["support"] for row in predictions["truth"]["classes"]] == list(prediction_samples.SUPPORTS)
    assert [row["max"] for row in predictions["classes"]] == list(prediction_samples.LARGEST)
    assert predictions["never_predicted"] == list(prediction_samples.TOPICS)
    assert predictions["truth"]["confusion"] is None
    assert predictions["remedies"][1]["thresholds"][-1] is None


def test_a_confusion_is_a_list_of_true_predicted_and_rows() -> None:
    confusion = to_dict(prediction_samples.healthy())["predictions"]["truth"]["confusion"]
    assert confusion[:4] == [[0, 0, 480], [0, 1, 15], [0, 2, 5], [1, 0, 22]]


def test_what_is_not_known_without_truth_is_null() -> None:
    predictions = to_dict(prediction_samples.labels_only())["predictions"]
    assert predictions["truth"] is None
    assert predictions["row_sum"] is None
    assert predictions["classes"][0]["mean"] is None
    assert predictions["remedies"] == []
