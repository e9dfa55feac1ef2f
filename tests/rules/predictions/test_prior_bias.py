import numpy as np

from imbalance_doctor.rules.predictions.prior_bias import check
from tests.rules.predictions.dumps import HEALTHY_SOFTMAX, softmax_of
from tests.zoo.judge import profile_of_scores

PRIORS = (0.9, 0.08, 0.02)


def test_classes_that_come_back_when_the_log_prior_is_subtracted():
    q, y = softmax_of(5000, PRIORS, 1.0)
    (finding,) = check(profile_of_scores(q, y, PRIORS))
    adjusted = np.argmax(np.log(q) - np.log(PRIORS), axis=1)
    assert finding.classes == ("2",)
    assert finding.evidence["adjusted"] == int((adjusted == 2).sum())
    assert finding.evidence["predicted"] == int((q.argmax(axis=1) == 2).sum())
    assert finding.evidence["due"] == 100
    assert "predict argmax(logit - ln p)" in finding.remedy


def test_logits_and_missing_truth_make_no_difference():
    q, _ = softmax_of(5000, PRIORS, 1.0)
    (finding,) = check(profile_of_scores(np.log(q), None, PRIORS, kind="logits"))
    assert finding.classes == ("2",)


def test_scores_that_know_nothing_spread_by_accident_and_are_left_out():
    rng = np.random.default_rng(0)
    z = np.log(PRIORS) + 0.5 * rng.standard_normal((5000, 3))
    q = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    y = np.repeat([0, 1, 2], [4500, 400, 100])
    assert not list(check(profile_of_scores(q, y, PRIORS)))
    still = np.log(PRIORS) + 0.01 * rng.standard_normal((5000, 3))
    q = np.exp(still) / np.exp(still).sum(axis=1, keepdims=True)
    assert not list(check(profile_of_scores(q, None, PRIORS)))


def test_without_priors_or_with_every_class_answered_there_is_nothing_to_say():
    assert not list(check(profile_of_scores(*softmax_of(5000, PRIORS, 1.0))))
    assert not list(check(HEALTHY_SOFTMAX))
    assert not list(check(profile_of_scores(*softmax_of(5000, PRIORS, 4.0), PRIORS)))
