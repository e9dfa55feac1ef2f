"""`logit-adjusted` with one sigmoid per label: the log-odds of the prior are in the loss only."""

import numpy as np
import pytest

from tests.losses.cases import made, recipe
from tests.losses.numpy_functions import mean
from tests.losses.sigmoid_formulas import logit_adjusted
from tests.v2ex import COUNTS, N_SAMPLES, SELECTED

RNG = np.random.default_rng(17)


@pytest.mark.parametrize(("task", "counts", "rows"), [("binary", [900, 100], None), ("multilabel", [500, 40, 7], 1000)])
def test_it_is_cross_entropy_of_odds_times_the_odds_of_the_prior(task, counts, rows):
    weights, loss = made("logit-adjusted", task, counts, rows)
    shape = (50, 1 if task == "binary" else 3)
    z, y = RNG.normal(0, 2, shape), RNG.integers(0, 2, shape)
    assert mean(loss, z, y) == pytest.approx(logit_adjusted(z, y, weights, np), rel=1e-12)


def test_the_offsets_of_labels_are_their_log_odds():
    offsets = recipe("logit-adjusted", "multilabel", COUNTS, N_SAMPLES).constants["LOG_ODDS"]
    found = [offsets[COUNTS.index(n)] for n in SELECTED]
    assert found == pytest.approx([-6.2981299, -5.3850614, -4.4169287, -1.2137604], rel=1e-7)


def test_the_offset_of_one_logit_is_the_log_odds_of_the_class_at_index_1():
    assert recipe("logit-adjusted", "binary", [99, 1]).constants["LOG_ODDS"] == pytest.approx(-np.log(99))


def test_the_boundary_is_the_prevalence():
    loss = recipe("logit-adjusted", "multilabel", COUNTS, N_SAMPLES)
    assert loss.boundary == pytest.approx([n / N_SAMPLES for n in COUNTS], rel=1e-12)
    assert recipe("logit-adjusted", "binary", [900, 100]).boundary == pytest.approx((0.9, 0.1))


def test_the_floor_is_that_of_the_plain_loss():
    """An offset is a bias that the last layer can undo: the mean entropy of the labels."""
    loss = recipe("logit-adjusted", "multilabel", COUNTS, N_SAMPLES)
    assert loss.floor == pytest.approx(0.0579, abs=5e-5)
    assert recipe("logit-adjusted", "binary", [900, 100]).floor == pytest.approx(0.32508297339, rel=1e-10)
