import numpy as np

from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.predictions.bad_scores import check
from tests.rules.predictions.dumps import BINARY, HARD, HEALTHY_SOFTMAX, calibrated, softmax_of
from tests.zoo.judge import profile_of_scores

S, C = softmax_of(1000, (0.5, 0.5), 2.0)


def spoilt(rows, value=np.nan):
    scores = S.copy()
    scores[:rows, 1] = value
    return profile_of_scores(scores, C)


def test_more_than_one_row_in_a_hundred_makes_the_dump_unfit():
    (finding,) = check(spoilt(12))
    assert finding.grade == Severity.ERROR
    assert finding.message == "12 of 1,000 rows (1.2 %) have NaN; they are counted apart"
    assert spoilt(12).verdict == "cannot_judge"


def test_one_in_a_hundred_is_a_warning():
    (finding,) = check(spoilt(10))
    assert finding.grade == Severity.WARNING
    assert spoilt(10).verdict == "healthy"


def test_infinity_is_told_from_nan():
    (finding,) = check(spoilt(1, np.inf))
    assert finding.message == "1 of 1,000 rows (0.1 %) has NaN or infinity, 1 of them infinity; they are counted apart"


def test_a_row_without_a_predicted_label_has_no_prediction():
    (finding,) = check(profile_of_scores(np.where(np.arange(500) < 3, -1, np.arange(500) % 2), **HARD))
    assert finding.message.startswith("3 of 500 rows (0.6 %) have no prediction")


def test_the_missing_answers_may_be_among_them():
    q, _ = calibrated(4000, 0.05, 0.8)
    scores = 0.5 * q
    scores[:30] = np.nan
    profile = profile_of_scores(scores, None, (0.95, 0.05), **BINARY)
    (finding,) = check(profile)
    assert profile.verdict == "cannot_judge"
    assert finding.message.endswith("all other answers are alike, and the missing ones may be among these rows")


def test_finite_scores_are_left_alone():
    assert not list(check(HEALTHY_SOFTMAX))
