"""`asymmetric`: a stronger focus on negatives, and none at all on the easy ones."""

import numpy as np
import pytest

from imbalance_doctor.errors import UsageError
from tests.losses.cases import made, recipe
from tests.losses.numpy_functions import mean, values
from tests.losses.sigmoid_formulas import asymmetric

RNG = np.random.default_rng(14)


@pytest.mark.parametrize("numbers", [(4, 1, 0.05), (4, 0, 0.05), (2.5, 0.5, 0.0), (0, 0, 0.1), (0, 0, 0.0)])
@pytest.mark.parametrize("task", ["binary", "multilabel"])
def test_it_is_the_loss_of_the_reference_implementation_over_the_elements(task, numbers):
    gamma_neg, gamma_pos, clip = numbers
    weights, loss = made(
        "asymmetric",
        task,
        [50, 7],
        100 if task == "multilabel" else None,
        gamma_neg=gamma_neg,
        gamma_pos=gamma_pos,
        clip=clip,
    )
    shape = (50, 1 if task == "binary" else 2)
    z, y = RNG.normal(0, 3, shape), RNG.integers(0, 2, shape)
    assert mean(loss, z, y) == pytest.approx(asymmetric(z, y, weights, np, numbers), rel=1e-12)


def test_a_negative_below_the_clip_costs_nothing():
    easy, hard = np.log(0.049 / 0.951), np.log(0.06 / 0.94)
    found = values(recipe("asymmetric", "binary", [9, 1]), [easy, hard], [0, 0])
    assert found[0] == 0
    assert found[1] == pytest.approx(0.01**4 * -np.log(0.99), rel=1e-9)


@pytest.mark.parametrize(("gamma_pos", "cut"), [(1, 0.14729356835), (0, 0.12757794364)])
def test_the_boundary_is_the_same_for_every_class(gamma_pos, cut):
    loss = recipe("asymmetric", "multilabel", [500, 7], 1000, gamma_pos=gamma_pos)
    assert loss.boundary == pytest.approx((cut, cut), rel=1e-9)
    one = recipe("asymmetric", "binary", [900, 100], gamma_pos=gamma_pos)
    assert one.boundary == pytest.approx((1 - cut, cut), rel=1e-9)


def test_without_focus_and_clip_it_is_cross_entropy():
    loss = recipe("asymmetric", "binary", [900, 100], gamma_neg=0, gamma_pos=0, clip=0)
    assert loss.boundary == (0.5, 0.5)
    assert loss.floor == pytest.approx(0.32508297339, rel=1e-10)


@pytest.mark.parametrize(
    ("gamma_pos", "floors"),
    [
        (1, [0.13434332987, 0.05526620734, 0.00940327435, 0.00133592795]),
        (0, [0.2710964702, 0.09068477552, 0.01304991928, 0.00166954424]),
    ],
)
def test_the_floor_is_the_least_constant_loss(gamma_pos, floors):
    found = [recipe("asymmetric", "binary", [1000 - n, n], gamma_pos=gamma_pos).floor for n in (500, 100, 10, 1)]
    assert found == pytest.approx(floors, rel=1e-8)


@pytest.mark.parametrize(
    "numbers", [{"gamma_pos": -1}, {"gamma_neg": 0.5}, {"gamma_neg": -1}, {"clip": 0.5}, {"clip": -0.1}]
)
def test_numbers_without_a_smooth_loss_are_refused(numbers):
    with pytest.raises(UsageError) as caught:
        recipe("asymmetric", "binary", [9, 1], **numbers)
    assert "published" in caught.value.hint
