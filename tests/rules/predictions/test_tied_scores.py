import numpy as np

from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.predictions.tied_scores import check
from tests.rules.predictions.dumps import BINARY, HEALTHY_BINARY, HEALTHY_SOFTMAX, softmax_of
from tests.zoo.judge import profile_of_scores

S, C = softmax_of(1000, (0.4, 0.3, 0.3), 2.0)


def tied(rows):
    scores = S.copy()
    scores[:rows] = 1 / 3
    return profile_of_scores(scores, C)


def test_the_more_rows_are_tied_the_worse():
    grades = {rows: next(check(tied(rows))).grade for rows in (1, 10, 11, 100, 101)}
    assert grades == {
        1: Severity.INFO,
        10: Severity.INFO,
        11: Severity.WARNING,
        100: Severity.WARNING,
        101: Severity.ERROR,
    }
    assert [tied(rows).verdict for rows in (10, 11)] == ["healthy", "cannot_judge"]


def test_rows_of_zeros_are_no_prediction_of_class_zero():
    profile = profile_of_scores(np.zeros((1000, 3)), C, kind="logits")
    (finding,) = check(profile)
    assert finding.message == (
        "1,000 of 1,000 rows (100 %) have no single largest score; every row holds the same scores"
    )
    assert profile.verdict == "cannot_judge"


def test_scores_on_the_cut_are_both_yes_and_no():
    q = np.where(np.arange(400) < 30, 0.5, np.linspace(0.1, 0.9, 400))
    (finding,) = check(profile_of_scores(q, **BINARY))
    assert finding.grade == Severity.WARNING
    assert finding.evidence["rows_on_cut"] == 30
    assert "exactly on the cut of 0.5" in finding.message


def test_untied_scores_are_left_alone():
    assert not list(check(HEALTHY_SOFTMAX))
    assert not list(check(HEALTHY_BINARY))
