"""The best constant output of a softmax, against brute force and numbers computed elsewhere."""

import math

import numpy as np
import pytest
from scipy.optimize import minimize

from imbalance_doctor.losses import _softmax_floor as floor

MASSES = ([0.9, 0.09, 0.01], [0.97, 0.02, 0.01], [0.4, 0.35, 0.25], [0.51, 0.48, 0.01], [5.0, 0.2, 0.01])


def log_softmax(z):
    return z - np.logaddexp.reduce(z)


def brute(loss, k):
    starts = (np.zeros(k), np.linspace(1, -1, k))
    return min(minimize(loss, z, method="BFGS", options={"gtol": 1e-10}).fun for z in starts)


@pytest.mark.parametrize("masses", MASSES)
@pytest.mark.parametrize("gamma", [0.1, 0.5, 1.0, 2.0, 5.0])
def test_the_focal_floor_is_the_least_over_all_logits(gamma, masses):
    def loss(z):
        q = np.exp(log_softmax(z))
        return float(np.sum(np.array(masses) * (1 - q) ** gamma * -np.log(q)))

    assert floor.focal(masses, gamma) == pytest.approx(brute(loss, 3), abs=1e-9)


@pytest.mark.parametrize(
    ("p", "least"),
    [(0.5, 0.17328679513998632), (0.1, 0.08781710832990691), (0.01, 0.01731602354909137), (0.001, 0.00265263944347361)],
)
def test_two_classes_have_the_focal_floor_of_a_sigmoid(p, least):
    assert floor.focal([p, 1 - p], 2) == pytest.approx(least, abs=1e-15)


@pytest.mark.parametrize("masses", [[0.5], [1.0, 0.0], [0.0, 0.0, 3.0]])
def test_one_class_alone_costs_nothing_at_best(masses):
    assert floor.focal(masses, 2) == floor.focal(masses, 0) == floor.entropy(masses) == 0
    assert floor.margin(masses, [1.0] * len(masses)) == 0


def test_without_focus_the_floor_is_the_entropy():
    assert floor.focal([45, 4.5, 0.5], 0) == pytest.approx(50 * 0.357591270730593, rel=1e-13)
    assert floor.focal([0.9, 0.09, 0.01], 1e-9) == pytest.approx(0.357591270730593, rel=1e-7)


def test_many_classes_and_extreme_masses_converge():
    assert floor.focal([1 / 1000] * 1000, 2) == pytest.approx(0.999**2 * math.log(1000), rel=1e-12)
    assert 0 < floor.focal([1e-12, 1.0], 0.05) < floor.focal([1e-9, 1.0], 0.05) < 1e-7
    assert floor.margin([1] * 1000, [10.5] * 1000) == pytest.approx(math.log1p(999 * math.exp(10.5)), rel=1e-12)


@pytest.mark.parametrize("masses", MASSES)
@pytest.mark.parametrize("margins", [(0, 0, 0), (0.1, 0.2, 3), (4.87, 8.66, 15), (10.5, 10.5, 10.5), (150, 200, 300)])
def test_the_margin_floor_is_the_least_over_all_logits(margins, masses):
    """Both kinds of minimum occur: the most frequent class below one half, and above it."""
    shares = np.array(masses) / sum(masses)

    def loss(z):
        moved = z - np.diag(margins)
        return float(np.sum(shares * [np.logaddexp.reduce(row) - row[k] for k, row in enumerate(moved)]))

    assert floor.margin(masses, margins) == pytest.approx(brute(loss, 3), rel=1e-9, abs=1e-9)
