"""`hard-truncation`: what is right by a margin costs nothing."""

import numpy as np
import pytest

from imbalance_doctor.errors import UsageError
from tests.losses.cases import made, recipe
from tests.losses.numpy_functions import mean, values
from tests.losses.sigmoid_formulas import hard_truncation

RNG = np.random.default_rng(15)


@pytest.mark.parametrize("margin", [0.5, 0.6, 0.9])
@pytest.mark.parametrize("task", ["binary", "multilabel"])
def test_it_is_the_formula_of_the_source(task, margin):
    weights, loss = made("hard-truncation", task, [50, 7], 100 if task == "multilabel" else None, margin=margin)
    shape = (50, 1 if task == "binary" else 2)
    z, y = RNG.normal(0, 2, shape), RNG.integers(0, 2, shape)
    assert mean(loss, z, y) == pytest.approx(hard_truncation(z, y, weights, np, margin), rel=1e-12)


def test_a_batch_that_is_right_by_the_margin_costs_exactly_0():
    assert mean(recipe("hard-truncation", "binary", [9, 1]), [-0.5, 0.5, -30.0], [0, 1, 0]) == 0.0


def test_what_is_right_but_not_by_the_margin_still_pays():
    assert values(recipe("hard-truncation", "binary", [9, 1]), [0.3], [1]) == pytest.approx([np.log1p(np.exp(-0.3))])


@pytest.mark.parametrize("margin", [0.5, 0.6, 0.9])
@pytest.mark.parametrize("positives", [500, 450, 350, 100, 1])
def test_the_floor_is_the_least_over_a_dense_grid_of_constants(positives, margin):
    loss = recipe("hard-truncation", "binary", [1000 - positives, positives], margin=margin)
    edge = np.log(margin / (1 - margin))
    z = np.concatenate(
        [np.linspace(-12, 12, 200_001), edge + np.array([1e-12, -1e-12]), -edge + np.array([1e-12, -1e-12])]
    )
    cost = 0.001 * positives * values(loss, z, np.ones_like(z)) + (1 - 0.001 * positives) * values(
        loss, z, np.zeros_like(z)
    )
    assert cost.min() == pytest.approx(loss.floor, rel=1e-8)


def test_the_boundary_is_one_half():
    assert recipe("hard-truncation", "multilabel", [50, 7], 100).boundary == (0.5, 0.5)


@pytest.mark.parametrize("margin", [0.4, 1.0])
def test_a_margin_that_leaves_nothing_to_learn_is_refused(margin):
    with pytest.raises(UsageError, match=r"from 0\.5 to below 1"):
        recipe("hard-truncation", "binary", [9, 1], margin=margin)
