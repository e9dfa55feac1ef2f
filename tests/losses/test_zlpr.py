"""`zlpr`: the scores of the labels on a row above 0, all others below."""

import math
import re

import numpy as np
import pytest
from scipy.optimize import minimize

from imbalance_doctor.losses._zlpr_floor import even_rest, one_label_floor
from tests.losses.cases import made, recipe
from tests.losses.numpy_functions import mean, values
from tests.losses.sigmoid_formulas import zlpr
from tests.v2ex import COUNTS, N_SAMPLES

RNG = np.random.default_rng(19)


def test_it_is_the_formula_of_the_source_for_several_labels():
    weights, loss = made("zlpr", "multilabel", [50, 30, 7, 1], 100)
    z, y = RNG.normal(0, 2, (60, 4)), RNG.integers(0, 2, (60, 4))
    y[0], y[1] = 0, 1
    assert mean(loss, z, y) == pytest.approx(zlpr(z, y, weights, np), rel=1e-12)


def test_one_class_per_sample_is_one_label_on_a_row():
    weights, loss = made("zlpr", "multiclass", [50, 30, 7, 1])
    z, y = RNG.normal(0, 2, (60, 4)), RNG.integers(0, 4, 60)
    assert mean(loss, z, y) == pytest.approx(zlpr(z, y, weights, np), rel=1e-12)
    several = recipe("zlpr", "multilabel", [50, 30, 7, 1], 100)
    assert values(loss, z, y) == pytest.approx(values(several, z, np.eye(4)[y]), rel=1e-12)


def test_at_scores_of_0_it_counts_the_labels_on_and_off_the_row():
    loss = recipe("zlpr", "multilabel", COUNTS, N_SAMPLES)
    rows = np.zeros((2, 120))
    rows[0, 5] = 1
    assert values(loss, np.zeros((2, 120)), rows) == pytest.approx([math.log(120) + math.log(2), math.log(121)])
    assert values(loss, np.zeros((1, 120)), rows[:1]) == pytest.approx(5.4806, abs=5e-5)


def test_of_one_label_it_is_cross_entropy():
    loss = recipe("zlpr", "multilabel", [30], 100)
    assert loss.boundary == (0.5,)
    assert values(loss, [[0.7], [0.7]], [[1], [0]]) == pytest.approx(
        [math.log1p(math.exp(-0.7)), math.log1p(math.exp(0.7))]
    )


@pytest.mark.parametrize(
    ("k", "cut"), [(2, 0.5), (3, 0.4376), (5, 0.3934), (10, 0.3478), (20, 0.3076), (120, 0.2148), (1000, 0.1277)]
)
def test_the_posterior_of_a_score_of_0_falls_with_the_rivals_that_share_the_rest(k, cut):
    assert even_rest(k) == pytest.approx(cut, abs=5e-5)


def test_a_boundary_is_stated_only_where_it_is_known():
    assert recipe("zlpr", "multiclass", [7, 3]).boundary == (0.5, 0.5)
    three = recipe("zlpr", "multiclass", [7, 3, 1])
    assert three.boundary == (None,) * 3
    assert any("0.4376" in note for note in three.notes)
    assert recipe("zlpr", "multilabel", [7, 3], 20).boundary == (None, None)


def test_two_even_classes_have_twice_the_floor_of_a_coin():
    assert recipe("zlpr", "multiclass", [50, 50]).floor == pytest.approx(2 * math.log(2), rel=1e-12)


def test_the_floor_of_one_class_per_sample_is_the_least_of_all_constant_scores():
    counts = [4000, 600, 600, 90, 11, 1]
    shares = np.array(counts) / sum(counts)

    def constant(z):
        return float(shares @ [zlpr(z[None], np.array([t]), None, np) for t in range(6)])

    best = minimize(constant, np.zeros(6), method="BFGS", options={"gtol": 1e-9}).fun
    assert one_label_floor(counts) == pytest.approx(best, abs=1e-8)


def test_the_floor_of_120_classes_is_about_what_was_found_numerically():
    assert 4.23 < recipe("zlpr", "multiclass", COUNTS).floor < 4.265


def test_a_class_without_samples_does_not_change_the_floor():
    assert one_label_floor([70, 0, 30]) == pytest.approx(one_label_floor([70, 30]), rel=1e-12)
    assert one_label_floor([70, 0]) == 0.0


@pytest.mark.parametrize("seed", range(4))
def test_of_several_labels_the_notes_bound_the_best_constant_however_they_come_together(seed):
    counts, n = [60, 25, 6], 100
    loss = recipe("zlpr", "multilabel", counts, n)
    assert loss.floor is None
    bound = float(re.search(r"at most ([\d.]+):", " ".join(loss.notes)).group(1))
    rng = np.random.default_rng(seed)
    targets = np.array([rng.permutation(n) < c for c in counts]).T.astype(float)
    best = minimize(lambda z: mean(loss, np.tile(z, (n, 1)), targets), np.zeros(3), method="BFGS").fun
    assert best < bound
