"""`f1-surrogate`: the weights (1 - F/2, F/2) put a cut at 0.5 where F1 has its optimum."""

import numpy as np
import pytest

from imbalance_doctor.errors import UsageError
from tests.losses.cases import made, recipe
from tests.losses.numpy_functions import mean
from tests.losses.sigmoid_formulas import f1_surrogate
from tests.v2ex import COUNTS, N_SAMPLES, SELECTED

RNG = np.random.default_rng(13)


@pytest.mark.parametrize(("task", "counts", "rows"), [("binary", [300, 700], None), ("multilabel", [500, 40, 7], 1000)])
def test_it_is_cross_entropy_with_the_weights_of_the_source(task, counts, rows):
    weights, loss = made("f1-surrogate", task, counts, rows)
    shape = (50, 1 if task == "binary" else 3)
    z, y = RNG.normal(0, 2, shape), RNG.integers(0, 2, shape)
    assert mean(loss, z, y) == pytest.approx(f1_surrogate(z, y, weights, np), rel=1e-12)


def test_the_boundary_is_half_the_f1_expected():
    assert recipe("f1-surrogate", "binary", [900, 100], f=0.6).boundary == pytest.approx((0.7, 0.3))


def test_f1_is_never_expected_below_that_of_naming_everything():
    """2p / (1 + p) of 120 labels, of which the most frequent has 0.3727 and the others less than 0.3."""
    loss = recipe("f1-surrogate", "multilabel", COUNTS, N_SAMPLES, f=0.3)
    found = [loss.boundary[COUNTS.index(n)] for n in SELECTED]
    assert found == pytest.approx([0.15, 0.15, 0.15, 0.37270885 / 2], rel=1e-7)


def test_the_boundary_is_the_f1_optimal_threshold_of_calibrated_scores():
    """With the F1 that is reached, cutting at F/2 reaches it: no other threshold on the posterior does better."""
    q = 1 / (1 + np.exp(-np.random.default_rng(4).normal(-3, 2, 20_000)))
    thresholds = np.linspace(0.01, 0.9, 400)
    f1 = [2 * q[q > t].sum() / ((q > t).sum() + q.sum()) for t in thresholds]
    cut = recipe("f1-surrogate", "binary", [9, 1], f=max(f1)).boundary[1]
    assert cut == pytest.approx(thresholds[int(np.argmax(f1))], abs=0.01)


@pytest.mark.parametrize("f", [0.0, -0.1, 1.1])
def test_an_f1_outside_its_range_is_refused(f):
    with pytest.raises(UsageError, match="F1 above 0"):
        recipe("f1-surrogate", "binary", [9, 1], f=f)
