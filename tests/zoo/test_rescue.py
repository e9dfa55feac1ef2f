"""The rescue on the zoo: near the best that any cut can do on the threshold faults, no promise on the dead models."""

import numpy as np
import pytest
from sklearn.metrics import f1_score, precision_recall_curve

import imbalance_doctor
from imbalance_doctor.api import Predictions
from tests.zoo.faults import FAULTS
from tests.zoo.specimen import Specimen

THRESHOLD = [name for name, fault in FAULTS.items() if fault.verdict == "threshold"]
DEAD = [name for name, fault in FAULTS.items() if fault.verdict in ("constant", "prior_only")]


def rescued(specimen: Specimen) -> Predictions:
    options = specimen.options
    scores = np.asarray(specimen.scores)
    return imbalance_doctor.predictions(
        scores,
        labels=None if specimen.truth is None else np.asarray(specimen.truth).astype(int),
        task=options.get("task", "softmax"),
        kind=options.get("kind", "probabilities"),
    )


def best_macro_f1(scores: np.ndarray, truth: np.ndarray, task: str) -> float:
    """The best macro-F1 of any thresholds (sigmoid, binary) or of a fine grid of offsets (softmax, three classes)."""
    if task == "sigmoid":
        curves = [precision_recall_curve(t, s)[:2] for s, t in zip(scores.T, truth.T, strict=True)]
        return float(np.mean([np.max(2 * p * r / np.maximum(p + r, 1e-300)) for p, r in curves]))
    if task == "binary":
        cuts = np.quantile(scores, np.linspace(0, 1, 400))
        return max(f1_score(truth, scores.ravel() >= cut, average="macro") for cut in cuts)
    logs = np.log(np.maximum(scores, 1e-300))
    grid = np.linspace(0, 9, 40)
    offsets = [np.array([0, a, b])[: scores.shape[1]] for a in grid for b in (grid if scores.shape[1] > 2 else [0])]
    return max(f1_score(truth, (logs + o).argmax(axis=1), average="macro") for o in offsets)


@pytest.mark.parametrize("name", THRESHOLD)
def test_a_wrong_cut_is_put_within_five_percent_of_the_best_one(name: str) -> None:
    ill, _ = FAULTS[name].make()
    task = ill.options.get("task", "softmax")
    found = rescued(ill)
    assert found.best is not None
    top = best_macro_f1(np.asarray(ill.scores), np.asarray(ill.truth), task)
    assert found.best.score >= 0.95 * top


@pytest.mark.parametrize("name", DEAD)
def test_a_dead_model_is_promised_nothing(name: str) -> None:
    ill, _ = FAULTS[name].make()
    for remedy in rescued(ill).remedies:
        assert remedy.interval is None or remedy.interval[0] <= 0
        assert ill.truth is not None or remedy.score is None
