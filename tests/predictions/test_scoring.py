"""Metrics from counts, against scikit-learn on the arrays the counts were taken from."""

import numpy as np
import pytest
from sklearn import metrics

from imbalance_doctor.predictions import scoring
from imbalance_doctor.predictions.scoring import Counts

RNG = np.random.default_rng(0)


def counts_of(truth: np.ndarray, predicted: np.ndarray, k: int) -> Counts:
    """By the definition, class by class."""
    hits = [int(((truth == c) & (predicted == c)).sum()) for c in range(k)]
    support = [int((truth == c).sum()) for c in range(k)]
    answered = [int((predicted == c).sum()) for c in range(k)]
    return Counts(np.array(hits), np.array(answered), np.array(support), np.array([len(truth)]), False)


def counts_of_cells(truth: np.ndarray, predicted: np.ndarray) -> Counts:
    n, k = truth.shape
    return Counts((truth & predicted).sum(0), predicted.sum(0), truth.sum(0), np.full(k, n), True)


@pytest.mark.parametrize("k", [2, 5])
def test_one_class_a_row_agrees_with_scikit_learn(k: int) -> None:
    truth = RNG.choice(k, size=400, p=np.r_[0.8, np.full(k - 1, 0.2 / (k - 1))])
    predicted = np.where(RNG.random(400) < 0.6, truth, RNG.integers(k, size=400))
    counts = counts_of(truth, predicted, k)
    expected = {
        "accuracy": metrics.accuracy_score(truth, predicted),
        "balanced-accuracy": metrics.balanced_accuracy_score(truth, predicted),
        "macro-f1": metrics.f1_score(truth, predicted, average="macro", zero_division=0),
        "micro-f1": metrics.f1_score(truth, predicted, average="micro", zero_division=0),
    }
    assert set(expected) == set(scoring.METRICS)
    for name, number in expected.items():
        assert float(scoring.value(name, counts)) == pytest.approx(number, abs=1e-12)


def test_a_class_that_occurs_nowhere_is_in_no_average_but_one_that_is_only_predicted_is() -> None:
    truth, predicted = np.array([0, 0, 1, 1]), np.array([0, 0, 1, 3])
    counts = counts_of(truth, predicted, 5)
    expected = metrics.f1_score(truth, predicted, average="macro", zero_division=0)
    assert float(scoring.value("macro-f1", counts)) == pytest.approx(expected, abs=1e-12)
    assert float(scoring.value("balanced-accuracy", counts)) == 0.75


def test_any_number_of_classes_a_row_agrees_with_scikit_learn() -> None:
    truth = RNG.random((500, 6)) < np.array([0.3, 0.1, 0.05, 0.02, 0.2, 0.4])
    predicted = np.where(RNG.random(truth.shape) < 0.7, truth, RNG.random(truth.shape) < 0.2)
    counts = counts_of_cells(truth, predicted)
    balanced = np.mean([metrics.balanced_accuracy_score(t, p) for t, p in zip(truth.T, predicted.T, strict=True)])
    expected = {
        "accuracy": metrics.accuracy_score(truth.ravel(), predicted.ravel()),
        "balanced-accuracy": balanced,
        "macro-f1": metrics.f1_score(truth, predicted, average="macro", zero_division=0),
        "micro-f1": metrics.f1_score(truth, predicted, average="micro", zero_division=0),
    }
    for name, number in expected.items():
        assert float(scoring.value(name, counts)) == pytest.approx(number, abs=1e-12)


def test_many_counts_at_once_give_the_metric_of_each() -> None:
    truth = RNG.integers(3, size=(7, 50))
    predicted = RNG.integers(3, size=(7, 50))
    each = [counts_of(t, p, 3) for t, p in zip(truth, predicted, strict=True)]
    stacked = Counts(
        np.stack([c.hits for c in each]),
        np.stack([c.predicted for c in each]),
        np.stack([c.support for c in each]),
        np.stack([c.known for c in each]),
        False,
    )
    for name in scoring.METRICS:
        together = scoring.value(name, stacked)
        assert together.tolist() == [float(scoring.value(name, c)) for c in each]


def test_nothing_to_divide_by_is_zero_not_nan() -> None:
    nothing = np.zeros(3, np.int64)
    for many in (False, True):
        for name in scoring.METRICS:
            assert float(scoring.value(name, Counts(nothing, nothing, nothing, nothing, many))) == 0
