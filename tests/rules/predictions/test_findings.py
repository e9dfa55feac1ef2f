"""What every prediction rule promises, over healthy, ill and arbitrary dumps with awkward class names."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imbalance_doctor.model import Finding, PredictionProfile, Verdict
from imbalance_doctor.plugins import Plugin, Severity, rules
from imbalance_doctor.rules._run import needed, run
from tests.awkward import NAMES
from tests.build import profile_of
from tests.rules.predictions.dumps import HEALTHY_BINARY, HEALTHY_SOFTMAX, calibrated, softmax_of
from tests.zoo.judge import profile_of_scores

RULES = {name: rule for name, rule in rules().items() if rule.card.code.startswith("IMB2")}
each_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
BROKEN = {"all_zero", "all_one", "single_class", "constant", "prior_only", "miswired"}


def findings(profile: PredictionProfile) -> list[Finding]:
    return [finding for finding in run({"predictions": profile})[0] if finding.rule.code.startswith("IMB2")]


def assert_consistent(profile: PredictionProfile) -> None:
    """Well-formed findings, and severities that fit the verdict."""
    found = findings(profile)
    names = {row.name for row in profile.classes}
    for finding in found:
        assert finding.message
        assert finding.remedy
        assert finding.evidence
        assert json.loads(json.dumps(finding.evidence, allow_nan=False)) == finding.evidence
        assert len(set(finding.classes)) == len(finding.classes)
        assert set(finding.classes) <= names
        assert finding.grade.rank <= finding.rule.severity.rank
    worst = max((finding.grade.rank for finding in found), default=-1)
    if profile.verdict in BROKEN:
        assert worst == Severity.ERROR.rank
    elif profile.verdict == "cannot_judge":
        assert worst >= Severity.WARNING.rank
    else:
        assert worst < Severity.ERROR.rank
        assert worst == Severity.WARNING.rank or profile.verdict == "healthy"


@each_rule
def test_it_asks_for_the_predictions_first(rule: Plugin):
    assert needed(rule.verb)[0] == "predictions"


@each_rule
def test_it_yields_one_by_one(rule: Plugin):
    evidence = {"predictions": HEALTHY_SOFTMAX, "labels": profile_of({"0": 5, "1": 5, "2": 5})}
    assert isinstance(rule.verb(*(evidence[name] for name in needed(rule.verb))), Iterator)


@pytest.mark.parametrize("profile", [HEALTHY_BINARY, HEALTHY_SOFTMAX], ids=["binary", "softmax"])
def test_a_healthy_dump_raises_nothing(profile):
    assert findings(profile) == []


@pytest.mark.parametrize("verdict", get_args(Verdict))
@pytest.mark.parametrize("profile", [HEALTHY_BINARY, HEALTHY_SOFTMAX], ids=["binary", "softmax"])
def test_no_rule_trips_over_a_verdict_that_does_not_fit(verdict, profile):
    for finding in findings(replace(profile, verdict=verdict)):
        assert finding.message


@pytest.mark.parametrize("answers", [[0] * 500, list(range(len(NAMES))) * 20, [1] * 490 + [0] * 10])
def test_awkward_names_are_carried_along(answers):
    truth = np.random.default_rng(0).integers(0, len(NAMES), len(answers))
    profile = profile_of_scores(answers, truth, kind="labels", classes=NAMES)
    assert findings(profile)
    assert_consistent(profile)


def test_the_same_dump_gives_the_same_findings():
    q, y = calibrated(3000, 0.05, 1.0)
    first, second = (findings(profile_of_scores(q, y, task="binary")) for _ in range(2))
    assert first
    assert first == second


@st.composite
def dumps(draw):
    """Anything a file may hold: any kind and task, NaN, ties, constants, with and without truth and priors."""
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    n, k = draw(st.sampled_from([0, 1, 2, 25, 130, 600])), draw(st.sampled_from([1, 2, 3, 12]))
    task = draw(st.sampled_from(["softmax", "sigmoid", "binary"]))
    kind = draw(st.sampled_from(["probabilities", "logits", "labels"]))
    width = 1 if task == "binary" else k
    classes = 2 if task == "binary" else k
    scores = rng.normal(
        draw(st.sampled_from([-9.0, -1.0, 0.0, 2.0])), draw(st.sampled_from([0, 1e-7, 0.1, 3])), (n, width)
    )
    shape = draw(st.sampled_from(["as is", "sigmoid", "softmax", "hard"]))
    if shape != "as is" and n:
        scores = 1 / (1 + np.exp(-scores)) if shape != "hard" else (scores > 0).astype(float)
        scores = scores / scores.sum(axis=1, keepdims=True).clip(1e-9) if shape == "softmax" else scores
    if kind == "labels":
        scores = rng.integers(-1 if draw(st.booleans()) else 0, classes, n)
        task = "softmax"
        classes = k
        scores = np.minimum(scores, k - 1)
    elif n:
        scores[rng.random(scores.shape) < draw(st.sampled_from([0, 0.001, 0.1]))] = draw(
            st.sampled_from([np.nan, np.inf, 0])
        )
    truth = None
    if draw(st.booleans()):
        truth = rng.random((n, k)) < 0.2 if task == "sigmoid" else rng.integers(-1, classes, n)
    priors = tuple(rng.dirichlet(np.ones(classes))) if draw(st.booleans()) else None
    names = NAMES[:classes]
    return profile_of_scores(scores, truth, priors, task=task, kind=kind, classes=names)


@settings(max_examples=120, deadline=None)
@given(dumps())
def test_no_rule_ever_raises_and_severities_fit_the_verdict(profile):
    assert_consistent(profile)


def test_training_labels_explain_classes_that_are_never_predicted():
    q, y = softmax_of(4000, (0.8, 0.18, 0.02), 0.8)
    found, skipped = run({"predictions": profile_of_scores(q, y), "labels": profile_of({"0": 90, "1": 20, "2": 3})})
    assert "unlearnt-classes" in {finding.rule.name for finding in found}
    assert "IMB219" not in {skip.code for skip in skipped}
    assert "IMB219" in {skip.code for skip in run({"predictions": profile_of_scores(q, y)})[1]}
