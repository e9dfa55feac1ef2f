import numpy as np

from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.predictions.partial_collapse import check
from tests.rules.predictions.dumps import HARD, HEALTHY_SOFTMAX, TAGS, calibrated, softmax_of
from tests.zoo.judge import profile_of_scores


def forty(absent, n=40):
    """Forty classes with `n` rows each, of which `absent` are answered as class 0."""
    truth = np.repeat(np.arange(40), n)
    return np.where(truth < 40 - absent, truth, 0), truth


def test_classes_that_exist_and_are_never_predicted():
    (finding,) = check(profile_of_scores(*forty(3), **HARD))
    assert finding.classes == ("37", "38", "39")
    assert finding.evidence == {
        "never_predicted": 3,
        "classes": 40,
        "rows_due": 120.0,
        "due_by": "truth",
        "ranked": None,
    }
    assert finding.message == (
        '3 of 40 classes are never predicted, where 120 rows are due by the truth: "37", "38", "39"'
    )
    assert finding.grade == Severity.WARNING


def test_one_of_forty_is_worth_knowing_and_no_more():
    (finding,) = check(profile_of_scores(*forty(1), **HARD))
    assert finding.grade == Severity.INFO
    assert profile_of_scores(*forty(1), **HARD).verdict == "healthy"


def test_nine_rows_may_be_missed_by_accident():
    assert list(check(profile_of_scores(*forty(3, 10), **HARD)))
    assert not list(check(profile_of_scores(*forty(3, 9), **HARD)))


def test_whether_the_missing_classes_rank_is_said():
    q, y = softmax_of(4000, (0.8, 0.18, 0.02), 0.8)
    (finding,) = check(profile_of_scores(q, y))
    assert finding.classes == ("2",)
    assert finding.evidence["ranked"] == 1
    assert finding.message.endswith("the scores rank 1 of them")


def test_without_truth_the_priors_or_the_scores_say_what_is_due():
    q, _ = softmax_of(4000, (0.8, 0.18, 0.02), 0.8)
    (by_priors,) = check(profile_of_scores(q, None, (0.8, 0.18, 0.02)))
    (by_scores,) = check(profile_of_scores(q))
    assert by_priors.classes == by_scores.classes == ("2",)
    assert (by_priors.evidence["due_by"], by_scores.evidence["due_by"]) == ("priors", "scores")


def test_a_dump_that_has_collapsed_as_a_whole_is_not_partial():
    zeros = 0.3 * np.random.default_rng(0).random((500, 4))
    assert not list(check(profile_of_scores(zeros, None, (0.2,) * 4, **TAGS)))
    assert not list(check(profile_of_scores(*calibrated(3000, 0.1, 1.0), task="binary")))


def test_a_model_that_predicts_all_classes_is_left_alone():
    assert not list(check(HEALTHY_SOFTMAX))
