"""Offsets for scores that compete, against theory and exhaustive search."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import logsumexp
from sklearn.metrics import balanced_accuracy_score, f1_score

from imbalance_doctor.predictions import offsets
from imbalance_doctor.predictions.decisions import winners


def normals(n: int, priors: list[float], distance: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """True log posteriors (up to a constant) of classes that are unit normals at the corners of a simplex."""
    rng = np.random.default_rng(seed)
    truth = rng.choice(len(priors), size=n, p=priors)
    x = rng.normal(size=(n, len(priors))) + distance * np.eye(len(priors))[truth]
    return distance * x + np.log(priors), truth


def macro_f1(truth: np.ndarray, metric: str = "macro-f1") -> offsets.Worth:
    if metric == "macro-f1":
        return lambda predicted: f1_score(truth, predicted, average="macro", zero_division=0)
    return lambda predicted: balanced_accuracy_score(truth, predicted)


def test_adjusting_by_the_prior_is_the_prior_shift_to_equal_classes() -> None:
    """Saerens 2002: q = [.7, .2, .1] under priors [.5, .3, .2] becomes [.545455, .259740, .194805]."""
    z = np.log([[0.7, 0.2, 0.1]]) + offsets.adjustment(np.array([0.5, 0.3, 0.2]))
    assert np.exp(offsets.normalised(z))[0].tolist() == pytest.approx([0.545455, 0.259740, 0.194805], abs=1e-6)


def test_no_strength_is_no_adjustment_and_a_class_without_prior_has_none() -> None:
    assert offsets.adjustment(np.array([0.9, 0.1]), 0.0).tolist() == [0, 0]
    assert np.isnan(offsets.adjustment(np.array([0.9, 0.1, 0.0]))).tolist() == [False, False, True]


def test_full_strength_equals_dividing_probabilities_by_priors() -> None:
    z, _ = normals(300, [0.8, 0.15, 0.05], 1.5, 0)
    p = np.exp(z - logsumexp(z, axis=1, keepdims=True))
    priors = np.array([0.8, 0.15, 0.05])
    assert winners(z + offsets.adjustment(priors)).tolist() == (p / priors).argmax(axis=1).tolist()


def test_log_probabilities_sum_to_one_and_do_not_overflow() -> None:
    z = np.array([[1000.0, 1000.0], [-1e5, 3.0], [0.0, 1.0]])
    assert offsets.normalised(z) == pytest.approx(z - logsumexp(z, axis=1, keepdims=True), abs=1e-9)


def test_the_tuned_strength_for_balanced_accuracy_of_true_posteriors_is_one() -> None:
    priors = [0.7, 0.2, 0.1]
    z, truth = normals(20_000, priors, 1.5, 1)
    assert offsets.best_tau(z, np.array(priors), macro_f1(truth, "balanced")) == pytest.approx(1, abs=0.21)
    twice = z + offsets.adjustment(np.array(priors))
    assert offsets.best_tau(twice, np.array(priors), macro_f1(truth, "balanced")) == pytest.approx(0, abs=0.21)


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 6), st.integers(0, 2**32 - 1), st.sampled_from([0.1, 1.0, 30.0]))
def test_matching_predicts_each_class_as_often_as_it_occurs(k: int, seed: int, scale: float) -> None:
    rng = np.random.default_rng(seed)
    priors = rng.dirichlet(np.full(k, 2.0))
    z = scale * (rng.normal(size=(2000, k)) + 3 * rng.normal(size=k))
    won = np.bincount(winners(z + offsets.prior_matching(z, priors)), minlength=k) / 2000
    assert np.abs(won - priors).sum() < 0.01


def test_matching_two_classes_is_a_quantile_of_the_difference() -> None:
    z, _ = normals(1000, [0.9, 0.1], 1.0, 2)
    b = offsets.prior_matching(z, np.array([0.75, 0.25]))
    difference = z[:, 1] - z[:, 0]
    assert int((difference > b[0] - b[1]).sum()) == 250
    low, high = np.sort(difference)[[749, 750]]
    assert low <= b[0] - b[1] <= high


def test_the_class_weights_that_were_used_are_recovered() -> None:
    """Weighted cross entropy puts out q_k w_k normalised."""
    levels = np.array([[0.9, 0.08, 0.02], [0.5, 0.3, 0.2], [0.2, 0.1, 0.7], [0.3, 0.6, 0.1]])
    q = np.repeat(levels, [700, 100, 100, 100], axis=0)
    weighted = q * [1, 5, 20]
    z = np.log(weighted / weighted.sum(axis=1, keepdims=True))
    found = offsets.weights_undone(z, q.mean(axis=0))
    assert found.tolist() == pytest.approx([0, -math.log(5), -math.log(20)], abs=1e-4)


@pytest.mark.parametrize("priors", [[0.9, 0.07, 0.03], [0.6, 0.3, 0.1]])
def test_tuned_offsets_reach_ninety_five_percent_of_the_exhaustive_search(priors: list[float]) -> None:
    z, truth = normals(2500, priors, 1.5, 3)
    z = z + 0.7 * np.log(priors)  # the bias of a model that leans on the prior too much
    worth = macro_f1(truth)
    start = offsets.adjustment(np.array(priors), offsets.best_tau(z, np.array(priors), worth))
    found = offsets.tuned(z, start, np.bincount(truth), worth)
    grid = np.linspace(-1, 7, 17)
    best = max(worth((z + np.array([0, a, b])).argmax(axis=1)) for a in grid for b in grid)
    assert worth(z.argmax(axis=1)) < 0.94 * best
    assert worth(winners(z + found)) >= 0.95 * best
    assert worth(winners(z + found)) >= worth(winners(z + start))


def test_tuning_never_ends_below_its_start() -> None:
    rng = np.random.default_rng(4)
    z, truth = rng.normal(size=(400, 4)), rng.integers(4, size=400)
    start, worth = np.zeros(4), macro_f1(truth)
    found = offsets.tuned(z, start, np.bincount(truth), worth)
    assert worth(winners(z + found)) >= worth(winners(z + start))
