import numpy as np

from imbalance_doctor.rules.predictions.all_zero_collapse import check
from tests.rules.predictions.dumps import BINARY, HARD, HEALTHY_BINARY, TAGS, calibrated, ignorant
from tests.zoo.judge import profile_of_scores

Q, Y = calibrated(4000, 0.1, 0.4)


def test_the_answers_and_what_is_due_are_counted():
    profile = profile_of_scores(Q, None, (0.9, 0.1), **BINARY)
    (finding,) = check(profile)
    assert finding.evidence["positives"] == 0
    assert finding.evidence["positives_due"] == 400
    assert finding.evidence["due_by"] == "priors"
    assert finding.evidence["largest_score"] == Q.max()
    assert finding.classes == ("1",)
    assert finding.message.startswith(
        "0 positive answers in 4,000 rows where 400 are due by the priors (the training data); the largest score is 0.2"
    )
    assert "give the truth (--labels)" in finding.remedy


def test_ninety_rare_labels_of_which_none_is_answered():
    rng = np.random.default_rng(0)
    scores = 0.02 * rng.random((1000, 90))
    (finding,) = check(profile_of_scores(scores, None, (0.01,) * 90, **TAGS))
    assert finding.evidence["all_zero_rows"] == 1000
    assert finding.evidence["positives_due"] == 900
    assert finding.classes == ()  # ten of each label are due: too few to accuse one of them


def test_predicted_labels_have_no_scores_to_look_at():
    (finding,) = check(profile_of_scores(np.zeros(500, int), np.arange(500) < 50, **HARD))
    assert finding.message == "0 positive answers in 500 rows where 50 are due by the truth"
    assert "dump the scores" in finding.remedy


def test_a_model_that_answers_some_is_left_alone():
    assert not list(check(HEALTHY_BINARY))


def test_a_model_that_learnt_the_prior_alone_is_another_rules_business():
    profile = profile_of_scores(*ignorant(4000, 0.1), **BINARY)
    assert profile.verdict == "prior_only"
    assert not list(check(profile))
