"""`soft-truncation`: cross entropy that fades on what is right."""

import numpy as np
import pytest

from imbalance_doctor.errors import UsageError
from tests.losses.cases import made, recipe
from tests.losses.numpy_functions import mean, values
from tests.losses.sigmoid_formulas import soft_truncation

RNG = np.random.default_rng(16)


@pytest.mark.parametrize("k", [0.5, 1, 2])
@pytest.mark.parametrize("task", ["binary", "multilabel"])
def test_it_is_the_formula_of_the_source(task, k):
    weights, loss = made("soft-truncation", task, [50, 7], 100 if task == "multilabel" else None, k=k)
    shape = (50, 1 if task == "binary" else 2)
    z, y = RNG.normal(0, 2, shape), RNG.integers(0, 2, shape)
    assert mean(loss, z, y) == pytest.approx(soft_truncation(z, y, weights, np, k), rel=1e-12)


def test_with_k_1_it_is_focal_loss_with_gamma_1():
    p = np.array([0.1, 0.5, 0.9])
    found = values(recipe("soft-truncation", "binary", [9, 1]), np.log(p / (1 - p)), [1, 1, 1])
    assert found == pytest.approx([0.9 * 2.302585093, 0.5 * 0.693147181, 0.1 * 0.105360516], rel=1e-8)


@pytest.mark.parametrize("k", [0.3, 1, 4, 20])
@pytest.mark.parametrize("positives", [500, 300, 10])
def test_the_floor_is_the_least_over_a_dense_grid_of_constants(positives, k):
    loss = recipe("soft-truncation", "binary", [1000 - positives, positives], k=k)
    z = np.linspace(-25, 5, 300_001)
    a = positives / 1000
    cost = a * values(loss, z, np.ones_like(z)) + (1 - a) * values(loss, z, np.zeros_like(z))
    assert loss.floor <= cost.min() + 1e-12
    assert loss.floor == pytest.approx(cost.min(), rel=1e-6)


def test_the_boundary_is_one_half():
    assert recipe("soft-truncation", "multilabel", [50, 7], 100).boundary == (0.5, 0.5)


@pytest.mark.parametrize("k", [0.0, -1.0, 21.0])
def test_a_slope_out_of_range_is_refused(k):
    with pytest.raises(UsageError, match="k must lie above 0"):
        recipe("soft-truncation", "binary", [9, 1], k=k)
