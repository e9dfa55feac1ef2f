import numpy as np

from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.predictions.saturated_outputs import check
from tests.rules.predictions.dumps import BINARY, HEALTHY_BINARY, calibrated, logistic, softmax_of
from tests.zoo.judge import profile_of_scores

Q, Y = calibrated(2000, 0.4, 1.5)


def test_certain_and_wrong():
    z = 60 * np.log(Q / (1 - Q))
    (finding,) = check(profile_of_scores(logistic(z), Y, **BINARY))
    assert finding.grade == Severity.WARNING
    assert finding.evidence["saturated_share"] > 0.5
    assert finding.evidence["log_loss"] > finding.evidence["log_loss_floor"]


def test_certain_and_right_is_no_fault():
    q, y = softmax_of(2000, (0.5, 0.5), 9.0)
    profile = profile_of_scores(q, y)
    assert profile.saturated_share > 0.5
    assert not list(check(profile))
    assert not list(check(profile_of_scores(np.eye(2)[y], y)))


def test_scores_that_are_answers_are_worth_knowing():
    (finding,) = check(profile_of_scores((Q > 0.5).astype(float), None, **BINARY))
    assert finding.grade == Severity.INFO
    assert finding.message.startswith("every score is 0 or 1")


def test_scores_in_between_are_left_alone():
    assert not list(check(HEALTHY_BINARY))
