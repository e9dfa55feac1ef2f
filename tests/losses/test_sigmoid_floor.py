"""The best constant output and the cut of a loss with one sigmoid per label, whatever its branches."""

import math

import numpy as np
import pytest

from imbalance_doctor.losses._sigmoid_floor import BLOCK, cut, floor, focal, focal_slope, least
from tests.losses.cases import recipe
from tests.losses.numpy_functions import values

NEAR_ZERO = np.geomspace(1e-7, 30, 3000)
Z = np.concatenate([-NEAR_ZERO[::-1], NEAR_ZERO])
"""Logits that lie ever closer around 0, which is not among them."""


def entropy(p):
    return -p * math.log(p) - (1 - p) * math.log(1 - p)


def cross_entropy(z):
    return np.logaddexp(0, -z)


def test_of_cross_entropy_it_is_the_entropy():
    rates = [0.5, 0.1, 1e-3, 1e-9]
    found = least(cross_entropy, lambda z: cross_entropy(-z), [(p, 1 - p) for p in rates])
    assert found == pytest.approx([entropy(p) for p in rates], rel=1e-12)


def test_of_focal_loss_it_is_what_was_printed():
    """Focal loss with gamma 2 and without alpha, at four prevalences."""
    found = least(lambda z: focal(z, 2), lambda z: focal(-z, 2), [(p, 1 - p) for p in (0.5, 0.1, 0.01, 0.001)])
    assert found == pytest.approx([0.17328679514, 0.08781710833, 0.017316023549, 0.0026526394435], rel=1e-9)


def test_a_label_with_one_side_only_costs_nothing():
    assert least(cross_entropy, lambda z: cross_entropy(-z), [(0.0, 1.0), (0.3, 0.0), (0.0, 0.0)]) == [0.0, 0.0, 0.0]


def test_more_labels_than_a_block_come_back_in_order():
    masses = [(i / 10_000, 1 - i / 10_000) for i in range(BLOCK + 700, 0, -1)]
    found = least(cross_entropy, lambda z: cross_entropy(-z), masses)
    assert found == pytest.approx([entropy(a) for a, _ in masses], rel=1e-12)
    assert floor(cross_entropy, lambda z: cross_entropy(-z), masses) == pytest.approx(sum(found) / len(found))


def test_the_deeper_of_two_valleys_is_found():
    def valley(z, at):
        return 1 - np.exp(-((z - at) ** 2))

    (found,) = least(lambda z: valley(z, 4.0), lambda z: valley(z, -4.0), [(1.0, 3.0)])
    assert found == pytest.approx(1.0, abs=1e-9)


def test_the_slope_of_focal_loss_is_its_derivative():
    for gamma in (0.0, 0.5, 2.0):
        for z in (-3.0, 0.0, 1.5):
            rise = float(focal(np.array(z + 1e-6), gamma) - focal(np.array(z - 1e-6), gamma)) / 2e-6
            assert focal_slope(z, gamma) == pytest.approx(rise, rel=1e-8)


def test_the_cut_is_where_the_slopes_balance():
    """Weights (w1, w0) on cross entropy: w0 / (w0 + w1). Alpha 0.25 and 0.75 of focal loss: 0.75 and 0.25."""
    assert cut(-0.5 * 99, 0.5) == pytest.approx(0.01)
    s = focal_slope(0, 2)
    assert cut(0.25 * s, -0.75 * s) == pytest.approx(0.75)
    assert cut(0.75 * s, -0.25 * s) == pytest.approx(0.25)


@pytest.mark.parametrize("slopes", [(0.0, 1.0), (-1.0, 0.0), (0.5, 1.0), (-1.0, -0.5)])
def test_there_is_no_cut_where_a_branch_is_flat_or_runs_the_wrong_way(slopes):
    assert cut(*slopes) is None


LOSSES = [
    ("bce-pos-weight", {}),
    ("bce-pair", {}),
    ("f1-surrogate", {"f": 0.3}),
    ("logit-adjusted", {}),
    ("asymmetric", {}),
    ("asymmetric", {"gamma_neg": 2, "gamma_pos": 0, "clip": 0.2}),
    ("asymmetric", {"gamma_neg": 0, "clip": 0}),
    ("hard-truncation", {}),
    ("soft-truncation", {"k": 2}),
    ("distribution-balanced", {"b": 0}),
    ("distribution-balanced", {"b": 0, "lam": 5, "kappa": 0.1, "gamma": 0}),
]


@pytest.mark.parametrize(("loss", "numbers"), LOSSES)
def test_the_best_logit_changes_its_sign_at_the_promised_posterior(loss, numbers):
    """The expected loss over a dense grid of logits, at posteriors 1 % below and above the promised one."""
    made = recipe(loss, "multilabel", [500, 40, 7], 1000, **numbers)
    logits = np.repeat(Z[:, None], 3, axis=1)
    positive, negative = (values(made, logits, np.full(logits.shape, y)) for y in (1, 0))
    cuts = np.array(made.boundary)
    for factor, sign in ((0.99, -1), (1.01, 1)):
        q = factor * cuts
        best = Z[np.argmin(q * positive + (1 - q) * negative, axis=0)]
        assert np.sign(best).tolist() == [sign] * 3
