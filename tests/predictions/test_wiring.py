"""Wrong wiring: the walls of doubled activations, and orders of columns beyond chance."""

import math

import numpy as np
import pytest

from imbalance_doctor.predictions.wiring import Mapping, fault, is_inverted, mapping
from tests.rules.predictions.dumps import calibrated, logistic, softmax_of
from tests.zoo.judge import profile_of_scores


def name_of(scores, truth=None, priors=None, **options):
    found = fault(profile_of_scores(scores, truth, priors, **options))
    return None if found is None else found.name


def test_the_walls_are_sigmoid_of_zero_and_one():
    inner = np.linspace(0, 1, 500)
    found = fault(profile_of_scores(logistic(inner), task="binary"))
    assert found.evidence["lowest"] == 0.5
    assert found.evidence["highest"] == pytest.approx(0.7310585786300049)


@pytest.mark.parametrize("k", [2, 3, 10, 100])
def test_the_ceiling_of_a_double_softmax(k):
    """Certain inner probabilities: e / (e + K - 1) for the winner, 1 / (e + K - 1) for the others."""
    rng = np.random.default_rng(0)
    z = 12 * np.eye(k)[np.arange(800) % k] + rng.standard_normal((800, k))
    q = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    twice = np.exp(q) / np.exp(q).sum(axis=1, keepdims=True)
    found = fault(profile_of_scores(twice))
    assert found.name == "double-softmax"
    assert found.evidence["ceiling"] == pytest.approx(math.e / (math.e + k - 1))
    assert twice.max() == pytest.approx(found.evidence["ceiling"], rel=1e-4)
    assert name_of(q) is None


def test_scores_between_the_walls_that_fit_the_prevalence_as_they_are():
    rng = np.random.default_rng(0)
    q = np.clip(0.61 + 0.04 * rng.standard_normal(1000), 0.501, 0.72)
    assert name_of(q, (rng.random(1000) < q).astype(int), task="binary") is None
    assert name_of(q, None, (0.39, 0.61), task="binary") is None
    weak = np.clip(0.6 + 0.03 * rng.standard_normal(1000), 0.51, 0.7)
    assert name_of(weak, task="binary") is None


def test_a_rare_class_hugs_the_lower_wall():
    q, y = calibrated(2000, 0.05, 1.5)
    assert logistic(q).max() < 0.72
    assert name_of(logistic(q), y, task="binary") == "double-sigmoid"
    assert name_of(logistic(q), task="binary") == "double-sigmoid"


def test_one_damaged_cell_in_a_hundred_does_not_make_logits():
    q, y = calibrated(1000, 0.2, 2.0)
    q[:10] = 5.0
    assert name_of(q, y, task="binary") is None
    q[:11] = 5.0
    assert name_of(q, y, task="binary") == "logits-as-probabilities"


def test_constants_are_judged_elsewhere():
    assert name_of(np.full(100, 0.6), task="binary") is None
    assert name_of(np.full(100, 0.6), task="binary", kind="logits") is None
    assert name_of(np.ones(100), task="binary") == "one-unit-softmax"
    assert name_of(np.ones((100, 1))) == "one-unit-softmax"


def test_the_order_that_the_columns_should_have_is_given_back():
    q, y = softmax_of(1500, (0.3, 0.3, 0.2, 0.2), 3.0)
    found = mapping(profile_of_scores(q[:, [0, 2, 3, 1]], y))
    assert isinstance(found, Mapping)
    assert dict(zip(found.moved, found.answered_as, strict=True)) == {1: 3, 2: 1, 3: 2}
    assert found.recall_mapped > 0.9 > 0.1 > found.recall
    assert mapping(profile_of_scores(q, y)) is None


def test_a_swap_of_two_labels_is_found_without_scores_and_left_to_the_ranking_with_them():
    q, y = calibrated(2000, 0.4, 2.5)
    answers = (q > 0.5).astype(int)
    assert mapping(profile_of_scores(1 - answers, y, kind="labels")).moved == (0, 1)
    swapped = profile_of_scores(1 - q, y, task="binary")
    assert mapping(swapped) is None
    assert is_inverted(swapped)


def test_a_confusable_pair_is_not_a_swap():
    """Every second row of class 1 is taken for class 2, and the other way round."""
    rng = np.random.default_rng(0)
    truth = np.repeat(np.arange(4), 500)
    swap = rng.random(2000) < 0.55
    answers = np.where(swap & (truth == 1), 2, np.where(swap & (truth == 2), 1, truth))
    profile = profile_of_scores(answers, truth, kind="labels")
    assert profile.truth.best_permutation == (0, 2, 1, 3)
    assert mapping(profile) is None
