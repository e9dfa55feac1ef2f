"""The logit-adjusted loss for one class per sample."""

import numpy as np
import pytest

from imbalance_doctor import losses
from imbalance_doctor.model import ClassCounts
from imbalance_doctor.weighting import apply
from tests.losses.cases import recipe
from tests.losses.numpy_functions import values
from tests.losses.trained import best_constant, class_rows, per_bin

COUNTS = [90, 9, 1]


def adjusted(counts, tau):
    weights = apply(ClassCounts.of(counts, task="multiclass"), "logit-adjustment", parameters={"tau": tau})
    return losses.make("logit-adjusted", weights, {})


def test_the_offsets_are_the_logs_of_the_shares():
    loss = recipe("logit-adjusted", "multiclass", COUNTS)
    assert loss.constants["LOG_PRIOR"] == pytest.approx((-0.105361, -2.40795, -4.60517), rel=1e-5)


@pytest.mark.parametrize("tau", [0.5, 1.0, 1.5])
def test_the_prior_to_the_power_of_tau_multiplies_the_exponentials(tau):
    z, y = np.random.default_rng(6).normal(0, 2, (5, 3)), np.array([0, 1, 2, 2, 0])
    weighed = np.array([0.9, 0.09, 0.01]) ** tau * np.exp(z)
    expected = -np.log(weighed[np.arange(5), y] / weighed.sum(axis=1))
    assert values(adjusted(COUNTS, tau), z, y) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("tau", [0.5, 1.0])
def test_the_floor_is_the_loss_of_the_best_constant(tau):
    loss = adjusted(COUNTS, tau)
    assert loss.floor == pytest.approx(best_constant(loss, class_rows(COUNTS), 3)[0], abs=1e-9)


@pytest.mark.parametrize(("tau", "cut"), [(0.5, 1 / 3), (1.0, 0.2)])
def test_two_classes_are_parted_where_the_posterior_odds_meet_the_prior_odds_to_the_tau(tau, cut):
    loss = adjusted([80, 20], tau)
    assert loss.boundary[1] == pytest.approx(cut)
    rows = [class_rows([round(1000 * (1 - q)), round(1000 * q)]) for q in (cut - 0.02, cut + 0.02)]
    below, above = per_bin(loss, rows, 2)
    assert below[0] > below[1]
    assert above[0] < above[1]
