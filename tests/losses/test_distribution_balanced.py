"""`distribution-balanced`: rows weighed by the rarity of their labels, negatives that soon stop pulling."""

import math
import re

import numpy as np
import pytest

from imbalance_doctor.errors import UsageError
from imbalance_doctor.losses.distribution_balanced import drift
from tests.losses.cases import made, recipe
from tests.losses.numpy_functions import mean, values
from tests.losses.sigmoid_formulas import distribution_balanced, row_weights
from tests.v2ex import COUNTS, N_SAMPLES, SELECTED

RNG = np.random.default_rng(18)
LABELS = [500, 40, 7]


@pytest.mark.parametrize("gamma", [0.0, 2.0])
def test_it_is_the_formula_of_the_papers(gamma):
    weights, loss = made("distribution-balanced", "multilabel", LABELS, 1000, gamma=gamma)
    z, y = RNG.normal(0, 2, (60, 3)), RNG.integers(0, 2, (60, 3))
    assert mean(loss, z, y) == pytest.approx(distribution_balanced(z, y, weights, np, gamma), rel=1e-12)


def test_a_row_weighs_each_label_by_its_part_in_the_rarity_of_the_row():
    """Labels on 100, 25 and 20 rows; a row with the first two: r = 0.01 / 0.05, 0.04 / 0.05 and 0.05 / 0.05."""
    loss = recipe(
        "distribution-balanced", "multilabel", [100, 25, 20], 200, a=0.1, b=10, mu=0.2, kappa=0, gamma=0, lam=1
    )
    found = values(loss, np.zeros((1, 3)), [[1, 1, 0]])[0] / math.log(2)
    expected = [0.1 + 1 / (1 + math.exp(-10 * (r - 0.2))) for r in (0.2, 0.8, 1.0)]
    assert expected[0] == pytest.approx(0.6)
    assert found == pytest.approx(expected, rel=1e-12)


def test_a_row_without_labels_has_the_limit_of_the_weight():
    loss = recipe("distribution-balanced", "multilabel", LABELS, 1000, kappa=0, gamma=0, lam=1)
    assert values(loss, np.zeros((1, 3)), [[0, 0, 0]])[0] == pytest.approx([1.1 * math.log(2)] * 3)


def test_logits_are_moved_to_the_prior():
    shifts = recipe("distribution-balanced", "multilabel", COUNTS, N_SAMPLES).constants["PRIOR_SHIFT"]
    found = [shifts[COUNTS.index(n)] for n in SELECTED]
    assert found == pytest.approx([0.31490649, 0.26925307, 0.22084644, 0.060688021], rel=1e-7)


@pytest.mark.parametrize(
    ("lam", "kappa", "cuts"), [(2, 0.05, [0.3755, 0.4133, 0.4769]), (5, 0.1, [0.0593, 0.1393, 0.3995])]
)
def test_the_boundary_without_focus_is_the_printed_one(lam, kappa, cuts):
    """At prevalences 101, 650 and 12,597 in 55,000."""
    loss = recipe("distribution-balanced", "multilabel", [101, 649, 12597], N_SAMPLES, gamma=0, lam=lam, kappa=kappa)
    assert loss.boundary == pytest.approx(cuts, abs=1e-4)


def best_at(loss, on, posterior):
    """The sign of the best logit of label 0 among rows that carry the other labels `on`, at a posterior."""
    z = np.concatenate([-np.geomspace(1e-6, 20, 2000)[::-1], np.geomspace(1e-6, 20, 2000)])
    logits = np.stack([z, *np.zeros((len(on), len(z)))], axis=1)
    with_it, without = (values(loss, logits, np.tile([label, *on], (len(z), 1)))[:, 0] for label in (1, 0))
    return np.sign(z[np.argmin(posterior * with_it + (1 - posterior) * without)])


@pytest.mark.parametrize("on", [[0, 0], [1, 0], [0, 1], [1, 1]])
def test_the_weight_of_the_row_moves_the_boundary_no_further_than_the_notes_say(on):
    loss = recipe("distribution-balanced", "multilabel", [30, 40, 7], 1000)
    most = float(re.search(r"at most ([\d.]+)-fold", " ".join(loss.notes)).group(1))
    odds = loss.boundary[0] / (1 - loss.boundary[0])
    below, above = odds * 0.999, odds * most * 1.001
    assert best_at(loss, on, below / (1 + below)) == -1
    assert best_at(loss, on, above / (1 + above)) == 1


def test_the_largest_move_of_the_odds_is_reached_by_some_row():
    """A label and the rest of the row, a thousand times more frequent to a thousand times rarer."""
    ratios = []
    for other in np.geomspace(1, 1e6, 4001):
        weights = row_weights([[0, 1], [1, 1]], [1000.0, other])
        ratios.append(weights[0][0] / weights[1][0])
    assert drift(0.1, 10, 0.2) == pytest.approx(max(ratios), rel=1e-5)


def test_the_floor_is_exact_without_rebalancing():
    loss = recipe("distribution-balanced", "multilabel", LABELS, 1000, a=0, b=0, lam=1, kappa=0, gamma=0)
    entropies = [-p * math.log(p) - (1 - p) * math.log(1 - p) for p in (0.5, 0.04, 0.007)]
    assert loss.floor == pytest.approx(0.5 * sum(entropies) / 3, rel=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_with_rebalancing_the_notes_bracket_the_best_constant(seed):
    counts, n = [60, 25, 6], 100
    loss = recipe("distribution-balanced", "multilabel", counts, n)
    assert loss.floor is None
    low, high = map(float, re.search(r"between ([\d.]+) and ([\d.]+):", " ".join(loss.notes)).groups())
    rng = np.random.default_rng(seed)
    targets = np.array([rng.permutation(n) < c for c in counts]).T
    grid = np.linspace(-6, 6, 601)
    costs = [values(loss, np.full((n, 3), z), targets).mean(axis=0) for z in grid]
    best = np.min(costs, axis=0).mean()
    assert low < best < high


def test_a_label_on_no_row_or_on_all_has_finite_numbers_and_a_note():
    loss = recipe("distribution-balanced", "multilabel", [0, 100, 30], 100)
    assert loss.constants["PRIOR_SHIFT"] == pytest.approx(
        (0.05 * math.log(100), -0.05 * math.log(100), 0.05 * math.log(7 / 3))
    )
    assert loss.constants["RARITY"] == pytest.approx((1.0, 0.01, 1 / 30))
    assert any("2 label(s)" in note for note in loss.notes)
    assert np.isfinite(values(loss, np.zeros((2, 3)), [[0, 1, 1], [1, 1, 0]])).all()


@pytest.mark.parametrize("numbers", [{"lam": 0}, {"gamma": -1}, {"kappa": -0.1}, {"b": -1}])
def test_numbers_below_0_are_refused(numbers):
    with pytest.raises(UsageError, match="lam must be above 0"):
        recipe("distribution-balanced", "multilabel", LABELS, 1000, **numbers)
