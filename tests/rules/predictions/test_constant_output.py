import numpy as np
import pytest

from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.predictions.constant_output import check
from tests.rules.predictions.dumps import BINARY, HEALTHY_BINARY, HEALTHY_SOFTMAX, TAGS
from tests.zoo.judge import profile_of_scores

PRIORS = (0.1, 0.05, 0.01)
ONES = np.ones((400, 1))


def test_the_constant_names_the_loss_that_trained_the_dead_head():
    (finding,) = check(profile_of_scores(ONES * [0.3058, 0.2535, 0.1536], None, PRIORS, **TAGS))
    assert finding.evidence["losses"] == ["focal loss, gamma 2"]
    assert finding.message.startswith("every output is constant over 400 rows at 0.1536 to 0.3058 (deviation ")
    assert finding.message.endswith("this is what a head without input settles at under focal loss, gamma 2")
    assert finding.grade == Severity.ERROR


def test_at_the_priors_it_was_plain_cross_entropy():
    (finding,) = check(profile_of_scores(ONES * PRIORS, None, PRIORS, **TAGS))
    assert finding.evidence["losses"] == ["plain cross-entropy or squared error"]
    (finding,) = check(profile_of_scores(ONES * [0.7, 0.2, 0.1], None, (0.7, 0.2, 0.1)))
    assert finding.evidence["losses"] == ["plain cross-entropy"]


@pytest.mark.parametrize("options", [BINARY, TAGS])
def test_one_half_says_something_without_priors_and_nothing_else_does(options):
    width = 1 if options is BINARY else 4
    (finding,) = check(profile_of_scores(np.full((400, width), 0.5), **options))
    assert finding.evidence["losses"] == ["balanced weights, or no training at all"]
    (finding,) = check(profile_of_scores(np.full((400, width), 0.2), **options))
    assert finding.evidence["losses"] == []
    assert "--train-labels or --prior lets the constant name its loss" in finding.remedy


def test_noise_of_a_hundredth_of_a_logit_is_still_constant():
    noise = 1 + 0.003 * np.random.default_rng(0).standard_normal((400, 3))
    (finding,) = check(profile_of_scores(PRIORS * noise, None, PRIORS, **TAGS))
    assert finding.evidence["losses"] == ["plain cross-entropy or squared error"]
    assert finding.evidence["largest_std"] > 0


def test_some_dead_outputs_among_others_are_a_warning():
    scores = np.random.default_rng(0).random((400, 4))
    scores[:, 2] = 0.1
    (finding,) = check(profile_of_scores(scores, **TAGS))
    assert finding.grade == Severity.WARNING
    assert finding.classes == ("2",)
    assert finding.message.startswith('1 of 4 outputs ("2") is constant over 400 rows at 0.1')


def test_rare_scores_that_move_little_in_absolute_terms_are_not_constant():
    """A prevalence of 0.0001: the deviation is 0.0002, and twice the mean."""
    q = 1e-4 * np.random.default_rng(0).lognormal(0, 1.2, 5000)
    assert q.std() < 1e-3
    assert not list(check(profile_of_scores(np.column_stack([1 - q, q]))))
    assert not list(check(profile_of_scores(q, **BINARY)))


def test_healthy_scores_move():
    assert not list(check(HEALTHY_BINARY))
    assert not list(check(HEALTHY_SOFTMAX))
