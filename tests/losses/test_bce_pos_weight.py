"""`bce-pos-weight`: a factor on the positive term of each label."""

import numpy as np
import pytest

from tests.losses.cases import made, recipe
from tests.losses.numpy_functions import mean, values
from tests.losses.sigmoid_formulas import bce_pos_weight
from tests.v2ex import COUNTS, N_SAMPLES, SELECTED

RNG = np.random.default_rng(11)


@pytest.mark.parametrize(("task", "counts", "rows"), [("binary", [900, 100], None), ("multilabel", [500, 40, 7], 1000)])
def test_it_is_the_weighted_cross_entropy(task, counts, rows):
    weights, loss = made("bce-pos-weight", task, counts, rows)
    shape = (50, 1 if task == "binary" else 3)
    z, y = RNG.normal(0, 2, shape), RNG.integers(0, 2, shape)
    assert mean(loss, z, y) == pytest.approx(bce_pos_weight(z, y, weights, np), rel=1e-12)


def test_the_factor_of_one_logit_is_that_of_the_class_at_index_1():
    loss = recipe("bce-pos-weight", "binary", [900, 100])
    assert values(loss, [0.0, 0.0], [1, 0]) == pytest.approx([9 * np.log(2), np.log(2)])


def test_the_boundary_of_a_label_is_its_prevalence():
    loss = recipe("bce-pos-weight", "multilabel", COUNTS, N_SAMPLES)
    found = [loss.boundary[COUNTS.index(n)] for n in SELECTED]
    assert found == pytest.approx([0.0018363636, 0.0045636364, 0.011927273, 0.22903636], rel=1e-7)


def test_a_cap_puts_the_boundary_at_one_over_one_more_than_the_cap():
    loss = recipe("bce-pos-weight", "multilabel", COUNTS, N_SAMPLES, cap=100)
    found = [loss.boundary[COUNTS.index(n)] for n in SELECTED]
    assert found == pytest.approx([0.00990099, 0.00990099, 0.011927273, 0.22903636], rel=1e-7)


@pytest.mark.parametrize(("p", "floor"), [(100, 1.2477), (10, 1.3724), (1, 1.3849)])
def test_a_model_that_learnt_nothing_stands_at_twice_the_negatives_times_ln_2(p, floor):
    assert recipe("bce-pos-weight", "binary", [1000 - p, p]).floor == pytest.approx(floor, abs=5e-5)


def test_the_floor_of_120_labels_is_their_mean():
    assert recipe("bce-pos-weight", "multilabel", COUNTS, N_SAMPLES).floor == pytest.approx(1.3684, abs=5e-5)


def test_a_label_without_samples_that_is_left_out_has_no_boundary_and_costs_nothing_at_best():
    loss = recipe("bce-pos-weight", "multilabel", [100, 0], 1000, zero_count="exclude")
    assert loss.boundary == (pytest.approx(0.1), None)
    assert loss.floor == pytest.approx(1.247665 / 2, abs=1e-6)


def test_the_uniform_scheme_makes_it_the_plain_loss():
    loss = recipe("bce-pos-weight", "binary", [900, 100], scheme="uniform")
    assert loss.constants == {"POS_WEIGHT": 1.0}
    assert loss.boundary == (0.5, 0.5)
    assert loss.floor == pytest.approx(0.32508297339, rel=1e-10)
