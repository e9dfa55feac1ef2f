"""What the scores know: against scikit-learn, scipy and closed forms."""

import numpy as np
import pytest
from scipy.stats import norm
from sklearn.metrics import cohen_kappa_score

from imbalance_doctor.predictions.skill import (
    at_chance,
    constant_classes,
    is_constant,
    is_still,
    negatives,
    on_prior,
    skill,
    spread,
    standard_error,
    wobble,
)
from tests.rules.predictions.dumps import calibrated, ignorant
from tests.zoo.judge import profile_of_scores

RNG = np.random.default_rng(0)


@pytest.mark.parametrize(("ones", "zeros", "printed"), [(20, 10_980, 0.0646), (101, 54_899, 0.0288), (10, 990, 0.0918)])
def test_the_standard_error_without_skill(ones, zeros, printed):
    n = ones + zeros
    profile = profile_of_scores(RNG.random(n), (np.arange(n) < ones).astype(int), task="binary")
    row = profile.truth.classes[1]
    assert negatives(row) == zeros
    assert standard_error(row) == pytest.approx(printed, abs=6e-5)
    assert (row.auroc - 0.5) / standard_error(row) == pytest.approx(row.auroc_z)


def test_classes_are_sorted_by_what_their_ranking_proves():
    q, y = calibrated(2000, 0.2, 1.5)
    noise, _ = ignorant(2000, 0.2)
    few = (np.arange(2000) < 9).astype(int)
    scores, truth = np.column_stack([q, noise, 1 - q, q]), np.column_stack([y, y, y, few])
    found = skill(profile_of_scores(scores, truth, task="sigmoid"))
    assert [row.name for row in found.judged] == ["0", "1", "2"]  # nine positives are not judged
    assert [row.name for row in found.ranked] == ["0"]
    assert [row.name for row in found.flat] == ["1"]
    assert [row.name for row in found.inverted] == ["2"]
    assert not found.intact
    assert not found.absent


def test_predicted_labels_are_not_ranked():
    assert skill(profile_of_scores([0, 1] * 50, [0, 1] * 50, kind="labels")).judged == ()


def test_the_wobble_is_the_deviation_of_the_logit():
    z = -3 + 0.02 * RNG.standard_normal(5000)
    q = 1 / (1 + np.exp(-z))
    for scores, kind in ((q, "probabilities"), (z, "logits")):
        profile = profile_of_scores(scores, task="binary", kind=kind)
        assert wobble(profile, profile.classes[1]) == pytest.approx(z.std(), rel=1e-3)


def test_the_spread_lies_between_classes():
    means = np.array([-1.0, -3.0, -5.0])
    profile = profile_of_scores(means + 0.01 * RNG.standard_normal((500, 3)), task="sigmoid", kind="logits")
    assert spread(profile) == pytest.approx(means.std(), rel=1e-3)


def test_constant_is_a_matter_of_logits_not_of_digits():
    still = np.full(300, 1e-5)
    moving = 1e-5 * RNG.lognormal(0, 0.5, 300)
    assert moving.std() < 1e-5
    assert is_constant(profile_of_scores(still, task="binary"))
    assert not is_constant(profile_of_scores(moving, task="binary"))
    both = profile_of_scores(np.column_stack([still, moving]), task="sigmoid")
    assert [row.name for row in constant_classes(both)] == ["0"]
    assert not is_constant(both)


def test_the_scale_of_softmax_logits_is_free():
    z = np.array([3.0, 0.0, -3.0]) + 0.001 * RNG.standard_normal((300, 3))
    for scale in (1e-3, 1.0, 1e3):
        assert is_constant(profile_of_scores(scale * z, kind="logits"), 0.01)
        assert not is_constant(profile_of_scores(scale * z, kind="logits"))


def test_a_tenth_of_a_logit_cannot_rank():
    """Calibrated scores with a deviation d of the logit have an AUROC of Phi(d / sqrt 2)."""
    assert norm.cdf(0.1 / np.sqrt(2)) == pytest.approx(0.528, abs=5e-4)
    assert is_still(profile_of_scores(ignorant(3000, 0.1, noise=0.09)[0], task="binary"))
    assert not is_still(profile_of_scores(ignorant(3000, 0.1, noise=0.12)[0], task="binary"))


def test_on_the_prior_within_a_factor_of_one_and_a_half():
    for factor, expected in ((0.6, False), (0.7, True), (1.45, True), (1.6, False)):
        profile = profile_of_scores(np.full(100, 0.1 * factor), None, (0.9, 0.1), task="binary")
        assert on_prior(profile) is expected
    assert not on_prior(profile_of_scores(np.full(100, 0.1), task="binary"))


@pytest.mark.parametrize(("agreement", "expected"), [(0.0, True), (0.02, True), (0.15, False), (0.9, False)])
def test_agreement_beyond_chance(agreement, expected):
    truth = RNG.integers(0, 3, 4000)
    answers = np.where(RNG.random(4000) < agreement, truth, RNG.integers(0, 3, 4000))
    profile = profile_of_scores(answers, truth, kind="labels")
    kappa = cohen_kappa_score(truth, answers)
    assert kappa == pytest.approx(agreement, abs=0.04)
    assert at_chance(profile) is expected
    assert not at_chance(profile_of_scores(answers, kind="labels"))
