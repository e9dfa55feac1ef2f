"""Cross entropy whose mean divides by the weights of the batch."""

import math

import numpy as np
import pytest

from imbalance_doctor.emitters._loss import SHELLS, emit
from tests.losses.cases import made, recipe
from tests.losses.numpy_functions import mean
from tests.losses.trained import best_constant, class_rows, per_bin

Z = np.random.default_rng(1).normal(0, 2, (6, 3))
Y = np.array([0, 0, 0, 1, 1, 2])
P = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)


def test_it_is_the_weighted_mean_of_the_log_loss():
    weights = np.array([0.37037037, 3.7037037, 33.333333])  # scikit-learn's "balanced" for 90, 9, 1
    expected = -(weights[Y] * np.log(P[np.arange(6), Y])).sum() / weights[Y].sum()
    assert mean(recipe("weighted-cross-entropy", "multiclass", [90, 9, 1]), Z, Y) == pytest.approx(expected, rel=1e-7)


def test_a_batch_of_one_class_is_not_weighted_at_all():
    loss = recipe("weighted-cross-entropy", "multiclass", [90, 9, 1])
    assert mean(loss, Z, [2] * 6) == pytest.approx(-np.log(P[:, 2]).mean(), rel=1e-12)


def test_binary_takes_two_logits_and_classes_keep_their_order():
    loss = recipe("weighted-cross-entropy", "binary", {"yes": 10, "no": 90})
    assert loss.targets == "indices"
    assert loss.constants["WEIGHTS"] == pytest.approx((5, 5 / 9))


@pytest.mark.parametrize("target", SHELLS)
def test_the_text_says_who_divides_by_what(target):
    weights, loss = made("weighted-cross-entropy", "multiclass", [90, 9, 1])
    words = " ".join(emit(target, weights, loss).replace("#", " ").split())
    assert "The mean divides by the weights of the batch" in words
    assert "Keras class_weight divides by the batch size" in words


@pytest.mark.parametrize("scheme", ["auto", "uniform", "sqrt"])
def test_the_floor_is_the_loss_of_the_best_constant(scheme):
    loss = recipe("weighted-cross-entropy", "multiclass", [90, 9, 1], scheme=scheme)
    assert loss.floor == pytest.approx(best_constant(loss, class_rows([90, 9, 1]), 3)[0], abs=1e-9)


def test_balanced_weights_leave_ln_k_to_a_constant_and_equal_ones_the_entropy():
    assert recipe("weighted-cross-entropy", "multiclass", [90, 9, 1]).floor == pytest.approx(math.log(3), rel=1e-14)
    uniform = recipe("weighted-cross-entropy", "multiclass", [90, 9, 1], scheme="uniform")
    assert uniform.floor == pytest.approx(0.3576, abs=5e-5)


def test_two_classes_are_parted_at_their_prior():
    loss = recipe("weighted-cross-entropy", "binary", [80, 20])
    assert loss.boundary == pytest.approx((0.8, 0.2))
    below, above = per_bin(loss, [class_rows([81, 19]), class_rows([79, 21])], 2)
    assert below[0] > below[1]
    assert above[0] < above[1]


def test_under_balanced_weights_a_class_is_named_from_its_prior_on_where_the_rest_is_shared_by_the_prior():
    loss = recipe("weighted-cross-entropy", "multiclass", [60, 30, 10])
    assert loss.boundary == pytest.approx((0.6, 0.3, 0.1))
    below, above = per_bin(loss, [class_rows([600 - 6 * n, 300 - 3 * n, 9 * n]) for n in (8, 12)], 3)
    assert below[2] < below[:2].min()
    assert above[2] > above[:2].max()
