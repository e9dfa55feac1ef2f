"""`bce-pair`: a factor on each of the two terms, label by label."""

import math

import numpy as np
import pytest

from tests.losses.cases import made, recipe
from tests.losses.numpy_functions import mean, values
from tests.losses.sigmoid_formulas import bce_pair
from tests.v2ex import COUNTS, N_SAMPLES, SELECTED

RNG = np.random.default_rng(12)


@pytest.mark.parametrize(("task", "counts", "rows"), [("binary", [900, 100], None), ("multilabel", [500, 40, 7], 1000)])
def test_it_is_cross_entropy_with_both_terms_weighted(task, counts, rows):
    weights, loss = made("bce-pair", task, counts, rows)
    shape = (50, 1 if task == "binary" else 3)
    z, y = RNG.normal(0, 2, shape), RNG.integers(0, 2, shape)
    assert mean(loss, z, y) == pytest.approx(bce_pair(z, y, weights, np), rel=1e-12)


def test_the_factors_belong_to_the_column_and_not_to_the_value_of_the_target():
    """The published mistake looks a pair up by the target: here each label has its own two factors."""
    loss = recipe("bce-pair", "multilabel", [250, 100], 1000)
    each = values(loss, np.zeros((2, 2)), [[1, 0], [0, 1]]) / math.log(2)
    assert each == pytest.approx(np.array([[2, 1 / 1.8], [1 / 1.5, 5]]))


def test_the_factors_of_120_labels_are_the_printed_ones():
    loss = recipe("bce-pair", "multilabel", COUNTS, N_SAMPLES)
    at = [COUNTS.index(n) for n in SELECTED]
    positive, negative = loss.constants["WEIGHTS"], loss.constants["WEIGHTS_NEGATIVE"]
    assert [positive[i] for i in at] == pytest.approx([272.27723, 109.56175, 41.920732, 2.1830595], rel=1e-7)
    assert [negative[i] for i in at] == pytest.approx([0.50091987, 0.50229228, 0.50603562, 0.64853902], rel=1e-7)


@pytest.mark.parametrize("scheme", ["balanced-pair", "complement-pair"])
def test_both_pairs_put_the_boundary_at_the_prevalence(scheme):
    loss = recipe("bce-pair", "multilabel", COUNTS, N_SAMPLES, scheme)
    assert loss.boundary == pytest.approx([n / N_SAMPLES for n in COUNTS], rel=1e-12)


def test_the_balanced_pair_has_the_floor_of_a_coin():
    assert recipe("bce-pair", "multilabel", COUNTS, N_SAMPLES).floor == pytest.approx(math.log(2), rel=1e-12)


def test_the_complement_pair_has_a_floor_that_looks_tiny():
    """2 p (1 - p) ln 2."""
    assert recipe("bce-pair", "multilabel", COUNTS, N_SAMPLES, "complement-pair").floor == pytest.approx(
        0.01678, abs=5e-6
    )
    for n, floor in ((100, 0.1248), (10, 0.01372), (1, 0.001385)):
        found = recipe("bce-pair", "binary", [1000 - n, n], scheme="complement-pair").floor
        assert found == pytest.approx(floor, rel=5e-4)


def test_of_one_logit_the_boundary_of_the_other_class_is_what_is_left():
    assert recipe("bce-pair", "binary", [900, 100]).boundary == pytest.approx((0.9, 0.1))
