import numpy as np

from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.predictions.threshold_problem import check
from tests.rules.predictions.dumps import BINARY, HEALTHY_BINARY, calibrated, ignorant, softmax_of
from tests.zoo.judge import profile_of_scores


def test_scores_that_rank_and_never_reach_the_cut():
    q, y = calibrated(5000, 0.02, 1.5)
    profile = profile_of_scores(q * 0.6, y, **BINARY)
    (finding,) = check(profile)
    assert finding.grade == Severity.ERROR
    assert finding.classes == ("1",)
    assert 0.83 < finding.evidence["lowest_auroc"] < 0.88  # Phi(1.5 / sqrt 2) = 0.855
    assert finding.message.startswith(
        "0 positive answers where 100 are due, and yet the scores rank 1 of 1 class (AUROC"
    )
    assert "--emit-thresholds" in finding.remedy


def test_scores_that_rank_and_all_reach_it():
    q, y = calibrated(5000, 0.05, 2.0)
    odds = 30_000 * q / (1 - q)
    (finding,) = check(profile_of_scores(odds / (1 + odds), y, **BINARY))
    assert finding.evidence["answers_look"] == "all_one"


def test_a_softmax_wants_its_prior_subtracted():
    q, y = softmax_of(4000, (0.96, 0.03, 0.01), 0.9)
    (finding,) = check(profile_of_scores(q, y))
    assert finding.evidence["answers_look"] == "single_class"
    assert finding.message.startswith("nearly every row gets one class, and yet the scores rank 3 of 3 classes")
    assert "log prior" in finding.remedy


def test_without_ranking_no_threshold_is_promised():
    assert not list(check(profile_of_scores(*ignorant(5000, 0.02), **BINARY)))


def test_without_truth_nobody_knows():
    q, _ = calibrated(5000, 0.02, 1.5)
    assert not list(check(profile_of_scores(q * 0.6, None, (0.98, 0.02), **BINARY)))


def test_a_model_that_answers_enough_is_left_alone():
    assert not list(check(HEALTHY_BINARY))


def test_it_is_a_warning_where_some_labels_are_answered():
    columns = [calibrated(4000, p, 1.5, seed) for seed, p in enumerate((0.5, 0.04, 0.04, 0.04, 0.04, 0.04))]
    scores = np.column_stack([q if i == 0 else 0.6 * q for i, (q, _) in enumerate(columns)])
    profile = profile_of_scores(scores, np.column_stack([y for _, y in columns]), task="sigmoid", kind="probabilities")
    (finding,) = check(profile)
    assert finding.evidence["answers_look"] is None
    assert finding.grade == Severity.WARNING
