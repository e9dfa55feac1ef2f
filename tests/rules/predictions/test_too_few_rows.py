import numpy as np

from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.predictions.too_few_rows import check
from tests.rules.predictions.dumps import HARD, HEALTHY_BINARY, softmax_of
from tests.zoo.judge import profile_of_scores

S, C = softmax_of(200, (0.5, 0.5), 2.0)


def test_two_rows_are_no_evidence():
    (finding,) = check(profile_of_scores(S[:2], C[:2]))
    assert finding.grade == Severity.WARNING
    assert finding.message == "2 rows with a clear answer: too few to judge"
    assert profile_of_scores(S[:2], C[:2]).verdict == "cannot_judge"


def test_from_twenty_rows_on_a_verdict_is_given_and_called_thin():
    assert profile_of_scores(S[90:109], C[90:109]).verdict == "cannot_judge"
    profile = profile_of_scores(S[90:110], C[90:110])
    (finding,) = check(profile)
    assert profile.verdict == "healthy"
    assert finding.grade == Severity.INFO
    assert finding.message == "20 rows: thin evidence, every share is uncertain by 22 points"


def test_one_class_and_no_word_of_others():
    profile = profile_of_scores(np.zeros(500, int), **HARD)
    (finding,) = check(profile)
    assert profile.verdict == "cannot_judge"
    assert finding.message == 'every row is predicted "0" and no other class is known'
    named = profile_of_scores(np.zeros(500, int), **HARD, classes=("balloon",))
    assert named.verdict == "healthy"
    assert not list(check(named))


def test_a_handful_of_missed_rows():
    profile = profile_of_scores(np.zeros(500, int), (np.arange(500) < 4).astype(int), **HARD)
    (finding,) = check(profile)
    assert profile.verdict == "cannot_judge"
    assert "fewer than 10 rows of the truth ask for another one" in finding.message


def test_enough_rows_are_left_alone():
    assert not list(check(HEALTHY_BINARY))
