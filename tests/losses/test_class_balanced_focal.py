"""Sigmoid focal loss over K outputs with effective-number weights."""

import numpy as np
import pytest

from imbalance_doctor import losses
from imbalance_doctor.errors import UsageError
from imbalance_doctor.model import ClassCounts
from imbalance_doctor.weighting import apply
from tests.losses.cases import recipe
from tests.losses.numpy_functions import values
from tests.losses.trained import best_constant, class_rows, per_bin


def of_the_paper(gamma):
    """Counts 90, 9, 1, beta 0.9, weights that sum to K: 0.2375, 0.387676, 2.37482."""
    weights = apply(ClassCounts.of([90, 9, 1]), "effective-number", parameters={"beta": 0.9}, normalize="sum")
    return losses.make("class-balanced-focal", weights, {"gamma": gamma})


@pytest.mark.parametrize("gamma", [0.0, 0.5, 2.0])
def test_the_weight_of_the_class_is_a_factor_of_all_terms(gamma):
    z = np.random.default_rng(3).normal(0, 2, (4, 3))
    y = [0, 1, 2, 2]
    expected = []
    for row, t in zip(z, y, strict=True):
        p = 1 / (1 + np.exp(-row))
        terms = [
            -((1 - p[k]) ** gamma) * np.log(p[k]) if k == t else -(p[k] ** gamma) * np.log(1 - p[k]) for k in range(3)
        ]
        expected.append([0.2375, 0.387676, 2.37482][t] * sum(terms))
    assert values(of_the_paper(gamma), z, y) == pytest.approx(np.array(expected), rel=1e-5)


@pytest.mark.parametrize("gamma", [0.0, 0.5, 2.0])
def test_the_floor_is_the_loss_of_the_best_constant(gamma):
    loss = of_the_paper(gamma)
    assert loss.floor == pytest.approx(best_constant(loss, class_rows([90, 9, 1]), 3)[0], abs=1e-9)


def test_beta_is_matched_to_the_counts_unless_given():
    """1 - 1/9 for a median count of 9."""
    w = recipe("class-balanced-focal", "multiclass", [90, 9, 1]).constants["WEIGHTS"]
    assert w[2] / w[1] == pytest.approx((1 - (8 / 9) ** 9) / (1 / 9), rel=1e-12)


@pytest.mark.parametrize("gamma", [0.5, 2.0])
def test_a_class_is_named_from_the_boundary_on_whatever_gamma(gamma):
    """Each sigmoid by itself passes one half where the class outweighs all others together, at 2/11 for the third."""
    loss = recipe("class-balanced-focal", "multiclass", [60, 30, 10], scheme="balanced", gamma=gamma)
    assert loss.boundary == pytest.approx((0.6, 0.3, 0.1))
    below, above, fires = per_bin(loss, [class_rows([600 - 6 * n, 300 - 3 * n, 9 * n]) for n in (8, 12, 23)], 3)
    assert below[2] < below[:2].min()
    assert above[:2].max() < above[2] < 0 < fires[2]


def test_a_negative_gamma_is_refused():
    with pytest.raises(UsageError, match="gamma"):
        recipe("class-balanced-focal", "multiclass", [5, 3, 2], gamma=-0.5)
