"""Targets softened towards the prior, or towards the even answer."""

import math

import numpy as np
import pytest

from imbalance_doctor.errors import UsageError
from tests.losses.cases import recipe
from tests.losses.numpy_functions import values
from tests.losses.trained import best_constant, class_rows, label_rows, per_bin


def entropy(*p):
    return -sum(x * math.log(x) for x in p)


def test_a_class_target_is_mixed_with_the_prior():
    z = np.array([[1.0, 0.0, -1.0]])
    p = np.exp(z[0]) / np.exp(z[0]).sum()
    loss = recipe("soft-labels", "multiclass", [90, 9, 1])
    assert values(loss, z, [1]) == pytest.approx([-(np.log(p) @ [0.09, 0.909, 0.001])], rel=1e-12)
    even = recipe("soft-labels", "multiclass", [90, 9, 1], to_prior=0, epsilon=0.3)
    assert values(even, z, [1]) == pytest.approx([-(np.log(p) @ [0.1, 0.8, 0.1])], rel=1e-12)


def test_a_label_target_is_mixed_with_its_prevalence():
    q = np.array([0.3, 0.2])
    loss = recipe("soft-labels", "multilabel", [20, 5], 100)
    soft = np.array([0.92, 0.005])
    expected = -(soft * np.log(q) + (1 - soft) * np.log(1 - q))
    assert values(loss, [np.log(q / (1 - q))], [[1, 0]]) == pytest.approx(expected[None, :], rel=1e-12)


@pytest.mark.parametrize("to_prior", [0.0, 0.4, 1.0])
def test_the_floor_is_the_loss_of_the_best_constant(to_prior):
    multi = recipe("soft-labels", "multiclass", [90, 9, 1], to_prior=to_prior)
    assert multi.floor == pytest.approx(best_constant(multi, class_rows([90, 9, 1]), 3)[0], abs=1e-9)
    labels = recipe("soft-labels", "multilabel", [20, 5], 100, to_prior=to_prior)
    assert labels.floor == pytest.approx(best_constant(labels, label_rows([20, 5], 100), 2)[0], abs=1e-9)
    one = recipe("soft-labels", "binary", [95, 5], to_prior=to_prior)
    assert one.floor == pytest.approx(best_constant(one, label_rows([5], 100), 1)[0], abs=1e-9)


def test_softening_towards_the_prior_leaves_the_floor_of_the_hard_targets():
    assert recipe("soft-labels", "binary", [90, 10]).floor == pytest.approx(0.3251, abs=5e-5)


@pytest.mark.parametrize(("k", "least"), [(2, 0.1985), (10, 0.5003), (100, 0.7778)])
def test_a_perfect_model_stays_at_the_known_floor_of_label_smoothing(k, least):
    loss = recipe("soft-labels", "multiclass", [7] * k, to_prior=0)
    assert float(loss.notes[0].split()[5].rstrip(",")) == pytest.approx(least, abs=5e-5)


def test_a_perfect_model_of_labels_stays_at_the_entropy_of_its_targets():
    loss = recipe("soft-labels", "binary", [80, 20], epsilon=0.2)
    least = 0.8 * entropy(0.04, 0.96) + 0.2 * entropy(0.84, 0.16)
    assert float(loss.notes[0].split()[5].rstrip(",")) == pytest.approx(least, rel=1e-5)


@pytest.mark.parametrize(("to_prior", "cut"), [(0, 0.5), (1, 0.495 / 0.9)])
def test_the_prior_as_the_soft_part_makes_a_rare_label_harder_to_name(to_prior, cut):
    loss = recipe("soft-labels", "binary", [95, 5], to_prior=to_prior)
    assert loss.boundary == pytest.approx((1 - cut, cut))
    rows = [label_rows([round(1000 * q)], 1000) for q in (cut - 0.01, cut + 0.01)]
    below, above = per_bin(loss, rows, 1)
    assert below < 0 < above


def test_a_class_of_several_is_named_once_its_optimum_is_the_largest():
    """0.8 q + 0.2 x 0.1 = 0.8 (1 - q) 2/3 + 0.2 x 0.6 at q = 0.475."""
    loss = recipe("soft-labels", "multiclass", [60, 30, 10], epsilon=0.2)
    assert loss.boundary[2] == pytest.approx(0.475)
    below, above = per_bin(loss, [class_rows([360, 180, 460]), class_rows([340, 170, 490])], 3)
    assert below[2] < below[0]
    assert above[2] > above[0]


def test_a_class_whose_soft_part_beats_every_rival_is_named_at_any_posterior():
    """The rest of the posterior is spread over 20 rivals of 0.05 each, the soft part of the class is 0.45."""
    loss = recipe("soft-labels", "multiclass", [180, *[1] * 20], epsilon=0.45)
    assert loss.boundary[0] == 0
    (z,) = per_bin(loss, [class_rows([0, *[1] * 20])], 21)
    assert z[0] > z[1:].max()


@pytest.mark.parametrize("numbers", [{"epsilon": 0.5}, {"epsilon": -0.1}, {"to_prior": 1.1}, {"to_prior": -0.1}])
def test_shares_out_of_range_are_refused(numbers):
    with pytest.raises(UsageError, match=next(iter(numbers))):
        recipe("soft-labels", "binary", [8, 2], **numbers)
