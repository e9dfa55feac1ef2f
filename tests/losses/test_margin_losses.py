"""LDAM, whose margins depend on the counts, and AM-softmax, whose margin does not."""

import math

import numpy as np
import pytest

from imbalance_doctor.errors import UsageError
from tests.losses.cases import recipe
from tests.losses.numpy_functions import mean, values
from tests.losses.trained import best_constant, class_rows, per_bin

COUNTS = [90, 9, 1]
Z, Y = np.random.default_rng(7).uniform(-1, 1, (5, 3)), np.array([0, 1, 2, 2, 0])


def expected(margins, scale):
    moved = Z.copy()
    moved[np.arange(5), Y] -= np.asarray(margins)[Y]
    odds = np.exp(scale * moved)
    return -np.log(odds[np.arange(5), Y] / odds.sum(axis=1))


@pytest.mark.parametrize("scale", [1.0, 30.0])
def test_ldam_takes_the_margin_of_the_true_class_from_its_cosine(scale):
    """Counts 90, 9, 1 with a largest margin of 0.5."""
    loss = recipe("ldam", "multiclass", COUNTS, scale=scale)
    assert values(loss, Z, Y) == pytest.approx(expected([0.162334, 0.288675, 0.5], scale), abs=1e-4)


def test_am_softmax_takes_one_margin_from_all():
    loss = recipe("am-softmax", "multiclass", COUNTS)
    assert values(loss, Z, Y) == pytest.approx(expected([0.35] * 3, 30), rel=1e-9)
    other = recipe("am-softmax", "multiclass", COUNTS, scale=4, margin=0.2)
    assert values(other, Z, Y) == pytest.approx(expected([0.2] * 3, 4), rel=1e-9)


@pytest.mark.parametrize(("k", "start"), [(2, 10.5000), (10, 12.6972), (100, 15.0951)])
def test_am_softmax_starts_as_high_as_known(k, start):
    assert mean(recipe("am-softmax", "multiclass", [5] * k), np.zeros((1, k)), [0]) == pytest.approx(start, abs=5e-5)


def test_ldam_starts_as_high_as_known():
    assert mean(recipe("ldam", "multiclass", [5] * 10), np.zeros((1, 10)), [0]) == pytest.approx(17.197, abs=5e-4)


def test_ldam_without_margins_is_plain_cross_entropy():
    loss = recipe("ldam", "multiclass", COUNTS, scheme="uniform", scale=1)
    assert values(loss, Z, Y) == pytest.approx(expected([0] * 3, 1), rel=1e-12)
    assert loss.floor == pytest.approx(0.3576, abs=5e-5)
    # q = (1 - q) s, s the share of the strongest rival among the others: 9/10, 90/91 and 90/99
    assert loss.boundary == pytest.approx((9 / 19, 90 / 181, 10 / 21))


@pytest.mark.parametrize("name", ["ldam", "am-softmax"])
@pytest.mark.parametrize("counts", [[90, 9, 1], [40, 35, 25]])
def test_the_floor_is_the_loss_of_the_best_constant(name, counts):
    loss = recipe(name, "multiclass", counts)
    assert loss.floor == pytest.approx(best_constant(loss, class_rows(counts), 3)[0], abs=1e-8)


def test_small_ldam_margins_move_the_cut_of_two_classes():
    loss = recipe("ldam", "binary", [990, 10], scale=2)
    slopes = [1 / (1 + math.exp(-2 * m)) for m in (0.5 * (10 / 990) ** 0.25, 0.5)]
    cut = slopes[0] / sum(slopes)
    assert loss.boundary == pytest.approx((1 - cut, cut))
    assert cut < 0.45
    rows = [class_rows([round(1000 * (1 - q)), round(1000 * q)]) for q in (cut - 0.01, cut + 0.01)]
    below, above = per_bin(loss, rows, 2)
    assert below[0] > below[1]
    assert above[0] < above[1]


def test_large_ldam_margins_hardly_move_it():
    assert recipe("ldam", "binary", [990, 10]).boundary[1] == pytest.approx(0.4977, abs=5e-4)
    assert recipe("ldam", "multiclass", COUNTS).boundary == (None, None, None)


def test_am_softmax_does_not_correct_the_imbalance():
    loss = recipe("am-softmax", "multiclass", [90, 10], scale=2)
    assert loss.boundary == (0.5, 0.5)
    below, above = per_bin(loss, [class_rows([51, 49]), class_rows([49, 51])], 2)
    assert below[0] > below[1]
    assert above[0] < above[1]


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("ldam", {"scale": 0}),
        ("ldam", {"scale": 2000}),
        ("am-softmax", {"scale": -1}),
        ("am-softmax", {"margin": -0.1}),
    ],
)
def test_scales_that_overflow_and_negative_margins_are_refused(name, numbers):
    with pytest.raises(UsageError, match="above 0"):
        recipe(name, "multiclass", COUNTS, **numbers)
