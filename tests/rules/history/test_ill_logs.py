"""What every rule on a history promises, over ill and over random logs."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imbalance_doctor.model import ClassCounts, Finding, HistoryProfile
from imbalance_doctor.plugins import Severity, rules
from imbalance_doctor.rules._run import needed, run
from tests.build import profile_of
from tests.history.curves import log, printed

NAN, INF = float("nan"), float("inf")
FALLS = printed([0.7 - 0.05 * i for i in range(10)])
LABELS = profile_of({"no": 900, "yes": 100})
ILL = {
    "frozen-training": {"loss": ["7.7364"] * 3, "acc": ["0.4985"] * 3},
    "frozen-metric": {"loss": FALLS, "acc": ["0.4985"] * 10},
    "frozen-validation": {"loss": FALLS, "val_loss": ["0.7012"] * 10},
    "loss-fingerprint": {"loss": ["50.1500"], "acc": ["0.4985"]},
    "chance-plateau": {"loss": ["0.6931"] * 10, "acc": ["0.5000"] * 10},
    "majority-accuracy": {"acc": ["0.9000"] * 10},
    "loss-falls-metric-does-not": {"loss": FALLS, "acc": printed([0.8 - 0.05 * i for i in range(10)])},
    "loss-and-metric-uncorrelated": {"loss": FALLS, "f1": printed([0.1, 0.4] * 5)},
    "not-finite": {"loss": [0.5, NAN], "acc": [0.5, INF]},
    "divergence": {"loss": printed([1.0, 0.9, 5.0, 20.0, 30.0])},
    "loss-zero": {"loss": [0.0] * 5},
    "overfitting-gap": {"loss": FALLS, "val_loss": printed([0.8, 0.7, *[0.9 + 0.1 * i for i in range(8)]])},
    "learning-rate-zero": {"loss": FALLS, "lr": [0.0] * 10},
    "too-short": {"loss": ["0.5", "0.4"]},
}


def assert_well_formed(finding: Finding) -> None:
    assert finding.message
    assert finding.remedy
    assert "nan" not in finding.message.lower().replace("is nan at", "")
    assert json.loads(json.dumps(finding.evidence, allow_nan=False)) == finding.evidence
    assert finding.grade.rank <= finding.rule.severity.rank <= Severity.ERROR.rank


def test_every_rule_has_a_log_that_it_finds_ill():
    on_history = {name for name, rule in rules().items() if "history" in needed(rule.verb)}
    assert on_history == set(ILL)


@pytest.mark.parametrize(("name", "columns"), ILL.items())
def test_an_ill_log_yields_findings_that_can_be_shown_and_stored(name, columns):
    findings, _ = run({"history": log(columns, LABELS.counts), "labels": LABELS})
    assert name in {finding.rule.name for finding in findings}
    for finding in findings:
        assert_well_formed(finding)


def test_only_broken_runs_are_errors():
    on_history = {name: rule for name, rule in rules().items() if "history" in needed(rule.verb)}
    assert {name for name, rule in on_history.items() if rule.card.severity is Severity.ERROR} == {
        "frozen-training",
        "frozen-metric",
        "frozen-validation",
        "loss-fingerprint",
        "not-finite",
        "divergence",
        "loss-zero",
        "learning-rate-zero",
    }


def columns() -> st.SearchStrategy[dict[str, list[float | str]]]:
    value = st.one_of(
        st.floats(),
        st.floats(-2, 20).map(lambda v: f"{v:.4f}"),
        st.sampled_from(["0.5000", "0.6931", "7.7125", "0.0", "1.0", "nan"]),
    )
    names = ("loss", "acc", "val_loss", "val_acc", "f1", "val_auc", "lr", "dice_loss", "precision")
    return st.dictionaries(st.sampled_from(names), st.lists(value, min_size=1, max_size=12), min_size=1)


COUNTS = st.sampled_from(
    [
        None,
        ClassCounts.of([90, 10]),
        ClassCounts.of([5, 3, 0]),
        ClassCounts.of([7, 2], n_samples=9),
        ClassCounts.of([0]),
    ]
)


@settings(max_examples=150, deadline=None)
@given(columns(), COUNTS)
def test_no_rule_ever_raises(columns, counts):
    history: HistoryProfile = log(columns, counts, {"train": 100, "validation": 7})
    for finding in run({"history": history, "labels": LABELS})[0]:
        assert_well_formed(finding)
