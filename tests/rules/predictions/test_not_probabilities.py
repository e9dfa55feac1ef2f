import numpy as np
import pytest

from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.predictions.not_probabilities import check
from tests.rules.predictions.dumps import (
    BINARY,
    HEALTHY_BINARY,
    HEALTHY_SOFTMAX,
    TAGS,
    calibrated,
    logistic,
    softmax_of,
)
from tests.zoo.judge import profile_of_scores

Q, Y = calibrated(2000, 0.1, 2.5)
S, C = softmax_of(2000, (0.4, 0.3, 0.3), 3.0)


def again(q):
    e = np.exp(q)
    return e / e.sum(axis=1, keepdims=True)


@pytest.mark.parametrize(
    ("profile", "fault"),
    [
        (profile_of_scores(np.log(Q / (1 - Q)), Y, **BINARY), "logits-as-probabilities"),
        (profile_of_scores(np.log(S), C), "logits-as-probabilities"),
        (profile_of_scores(Q, Y, **BINARY, kind="logits"), "probabilities-as-logits"),
        (profile_of_scores(S, C, kind="logits"), "probabilities-as-logits"),
        (profile_of_scores(logistic(Q), Y, **BINARY), "double-sigmoid"),
        (profile_of_scores(logistic(Q), None, **BINARY), "double-sigmoid"),
        (profile_of_scores(logistic(np.column_stack([Q, Q[::-1]])), None, **TAGS), "double-sigmoid"),
        (profile_of_scores(again(S), C), "double-softmax"),
        (profile_of_scores(again(S)), "double-softmax"),
        (profile_of_scores(np.ones(100), **BINARY), "one-unit-softmax"),
    ],
)
def test_a_fault_in_all_scores_is_named(profile, fault):
    (finding,) = check(profile)
    assert finding.evidence["fault"] == fault
    assert finding.grade == Severity.ERROR
    assert profile.verdict == "miswired"


def test_the_walls_are_quoted():
    (finding,) = check(profile_of_scores(logistic(Q), Y, **BINARY))
    assert "within sigmoid(0) = 0.5 and sigmoid(1) = 0.7311" in finding.message
    (finding,) = check(profile_of_scores(again(S), C))
    assert "1 / (e + K - 1) = 0.2119 and e / (e + K - 1) = 0.5761 for K = 3" in finding.message


def test_rows_that_do_not_sum_to_one_are_a_warning():
    each = np.random.default_rng(0).random((200, 3))
    (finding,) = check(profile_of_scores(each, each.argmax(axis=1)))
    assert finding.grade == Severity.WARNING
    assert "each for itself, not a softmax" in finding.message


def test_rounding_is_no_fault():
    (finding,) = check(profile_of_scores(np.round(S, 2), C))
    assert finding.grade == Severity.INFO
    assert "rounded probabilities" in finding.message
    assert not list(check(profile_of_scores(S * 1.00001, C)))
    assert not list(check(profile_of_scores(S.astype(np.float16), C)))


def test_a_stray_score_is_a_warning():
    damaged = Q.copy()
    damaged[7] = 37.0
    (finding,) = check(profile_of_scores(damaged, Y, **BINARY))
    assert finding.grade == Severity.WARNING
    assert finding.evidence["outside_share"] == 1 / 2000


def test_weak_models_whose_scores_lie_between_the_same_walls_are_left_alone():
    rng = np.random.default_rng(0)
    weak = np.clip(0.61 + 0.03 * rng.standard_normal(1000), 0.512, 0.70)
    assert not list(check(profile_of_scores(weak, (rng.random(1000) < weak).astype(int), **BINARY)))
    untrained = np.clip(0.55 + 0.03 * rng.standard_normal(1000), 0.37, 0.63)
    assert not list(check(profile_of_scores(np.column_stack([1 - untrained, untrained]))))
    stump = np.where(rng.random(1000) < 0.5, 0.72, 0.29)
    assert not list(check(profile_of_scores(np.column_stack([1 - stump, stump]))))


def test_healthy_scores_are_what_they_seem():
    assert not list(check(HEALTHY_BINARY))
    assert not list(check(HEALTHY_SOFTMAX))
