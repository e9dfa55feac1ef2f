"""What predictions and a log change in the prescription: wiring ends it, thresholds suffice, nothing is stacked."""

from dataclasses import replace

import pytest

from imbalance_doctor.model import Prescription, Remedy
from imbalance_doctor.prescribe import METRICS, MODELS, prescribe
from imbalance_doctor.remedies import known
from imbalance_doctor.remedies.mean_focal import curve
from tests.test_differential import (
    BLIND,
    CONSTANT,
    EVEN,
    FROZEN,
    HEALTHY,
    LEARNING,
    LOGITS_TAKEN,
    RANKED,
    RARE,
    WEIGHTED,
    diverged,
    mean_focal,
    shifted,
)

WEIGHTS = ("sqrt", "balanced", "pos-weight", "balanced-pair", "logit-adjustment")


def words(prescription: Prescription) -> str:
    return " ".join(step.do for step in prescription.steps)


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    "evidence",
    [
        pytest.param({"history": FROZEN}, id="a fingerprint"),
        pytest.param({"history": mean_focal(2, 1)}, id="focal of a mean"),
        pytest.param({"predictions": LOGITS_TAKEN}, id="logits as probabilities"),
        pytest.param({"predictions": shifted()}, id="columns in another order"),
    ],
)
def test_wiring_ends_the_diagnosis_without_weights_and_without_thresholds(evidence, metric, model) -> None:
    got = prescribe(RARE, metric=metric, model=model, **evidence)
    assert got.scheme == "none"
    assert len(got.steps) == 1
    assert got.steps[0].do.startswith("Repair the wiring first")
    assert "wiring" in got.threshold_rule


def test_the_same_wiring_goes_before_balanced_labels() -> None:
    assert "wiring" in prescribe(EVEN, history=FROZEN).steps[0].do
    assert "No action needed" in prescribe(EVEN, history=LEARNING).steps[0].do


def test_a_run_that_broke_is_mended_first_unless_a_checkpoint_ranks() -> None:
    assert prescribe(RARE, history=diverged()).steps[0].do.startswith("Make the training run through")
    assert "Keep the model" in words(prescribe(RARE, history=diverged(), predictions=RANKED))


@pytest.mark.parametrize("metric", ["macro-f1", "balanced-accuracy", "micro-f1", "cost"])
def test_scores_that_rank_get_thresholds_only(metric: str) -> None:
    labels = RARE
    got = prescribe(labels, metric=metric, predictions=RANKED)
    without = prescribe(labels, metric=metric)
    assert got.scheme == "none"
    if metric != "micro-f1":  # accuracy here, whose plain rule needs no step at all
        assert len(got.steps) == 1
        assert "Retraining" in got.avoid[0].what
        assert got.steps != without.steps


def test_the_correction_that_was_tried_is_named_with_its_gain() -> None:
    tried = Remedy("prior-boundary", "macro-f1", 0.5, 0.61, (0.05, 0.15), (None, 0.1), None, True)
    step = prescribe(RARE, predictions=replace(RANKED, remedies=(tried,))).steps[0]
    assert "'prior-boundary'" in step.do
    assert "0.500 to 0.610" in step.why
    idle = replace(tried, score=0.5, interval=(-0.02, 0.02))
    assert "Keep the model and its cut" in words(prescribe(RARE, predictions=replace(RANKED, remedies=(idle,))))


@pytest.mark.parametrize("predictions", [BLIND, CONSTANT], ids=["prior only", "constant"])
def test_nothing_learnt_is_an_optimisation_problem_first_and_weights_come_second(predictions) -> None:
    got = prescribe(RARE, predictions=predictions)
    assert "learn before correcting" in got.steps[0].do
    assert "Initialise the last layer's bias" in got.steps[1].do
    assert got.scheme == "prior-bias"
    assert "thresholds" in got.avoid[0].what
    assert prescribe(RARE, predictions=predictions, model="trees").scheme == "none"
    assert prescribe(EVEN, predictions=predictions).scheme == "none"


def test_no_correction_is_added_to_one_that_is_in_the_scores() -> None:
    for metric in ("macro-f1", "balanced-accuracy", "accuracy", "cost"):
        got = prescribe(RARE, metric=metric, predictions=WEIGHTED)
        assert got.scheme not in WEIGHTS
        assert "q / (q + w (1 - q))" in got.steps[0].do
        assert any("second correction" in avoid.what for avoid in got.avoid)
    assert not any("second correction" in a.what for a in prescribe(RARE, predictions=HEALTHY).avoid)


@pytest.mark.parametrize("verdict", ["miswired", "cannot_judge"])
def test_scores_that_cannot_be_relied_on_prescribe_no_threshold(verdict: str) -> None:
    tried = Remedy("prior-boundary", "macro-f1", 0.5, 0.61, (0.05, 0.15), (None, 0.1), None, True)
    got = prescribe(RARE, predictions=replace(RANKED, verdict=verdict, remedies=(tried,)))
    assert "prior-boundary" not in words(got)


def test_without_other_evidence_the_counts_decide_as_ever() -> None:
    assert prescribe(RARE, predictions=None, history=None) == prescribe(RARE)
    assert prescribe(RARE, history=LEARNING) == prescribe(RARE)


def test_a_loss_that_left_its_floor_shows_that_something_was_learnt() -> None:
    assert known.nothing_learnt(RARE, None, LEARNING) is None
    assert known.nothing_learnt(RARE, None, None) is None
    assert known.ranking(HEALTHY) is not None
    assert known.ranking(BLIND) is None


def test_the_curve_of_the_mean_by_hand() -> None:
    """H = 0.5, 1 - exp(-0.5) = 0.3934693; squared 0.1548181; times 0.5 and 0.25."""
    assert curve(0.5, 2, 1) == pytest.approx(0.077409, abs=1e-6)
    assert curve(0.5, 2, 0.25) == pytest.approx(0.019352, abs=1e-6)
