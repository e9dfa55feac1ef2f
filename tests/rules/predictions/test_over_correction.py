import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from imbalance_doctor.model import TruthRow
from imbalance_doctor.rules.predictions._shift import weight
from imbalance_doctor.rules.predictions.over_correction import check
from tests.rules.predictions.dumps import BINARY, HEALTHY_BINARY, TAGS, calibrated
from tests.zoo.judge import profile_of_scores

P = 0.02
Q, Y = calibrated(20_000, P, 2.0)


def weighted(q, w):
    return w * q / (w * q + 1 - q)


@pytest.mark.parametrize("w", [4.0, 10.0, 49.0])
def test_the_weight_is_found_again_and_taken_out(w):
    (finding,) = check(profile_of_scores(weighted(Q, w), Y, **BINARY))
    estimate = finding.evidence["weights"]["1"]
    assert estimate == pytest.approx(w, rel=0.1)
    mapped = weighted(weighted(Q, w), 1 / estimate)  # q / (q + w (1 - q))
    assert mapped.mean() == pytest.approx(Y.mean(), rel=0.02)


def test_balanced_logistic_regression_gives_itself_away():
    x = np.random.default_rng(0).standard_normal((20_000, 3)) + 1.1 * Y[:, None]
    q = LogisticRegression(class_weight="balanced").fit(x, Y).predict_proba(x)[:, 1]
    (finding,) = check(profile_of_scores(q, Y, **BINARY))
    assert finding.evidence["weights"]["1"] == pytest.approx((1 - P) / P, rel=0.01)  # the intercept's own condition
    assert finding.evidence["scheme"] == "balanced weights, pos_weight (1-p)/p"


def test_the_root_of_the_odds_is_recognised():
    (finding,) = check(profile_of_scores(weighted(Q, 7.0), Y, **BINARY))
    assert finding.evidence["scheme"] == "pos_weight sqrt((1-p)/p)"


def test_a_real_electrocardiogram_model():
    """Counts and means of a published dump: 59,700 rows, 1,215 positives, mean score 0.313387."""
    row = TruthRow(1, "1", 1215, 900, None, None, None, 0.8256, 38.91, None, 1215 / 59700, 15.39853, 0.6667032)
    assert weight(row) == pytest.approx(44.2, abs=0.05)
    assert weight(row) == pytest.approx((59700 * 0.313387 - 1215 * 0.6667032) / (1215 * (1 - 0.6667032)), rel=1e-5)


def test_without_truth_the_prior_gives_a_lower_bound():
    (finding,) = check(profile_of_scores(weighted(Q, 49.0), None, (1 - P, P), **BINARY))
    assert finding.evidence["lower_bound"]
    assert 5 < finding.evidence["weights"]["1"] < 49
    assert "weighted by at least" in finding.message


def test_every_label_has_a_weight_of_its_own():
    other, y = calibrated(20_000, 0.1, 2.0, seed=5)
    scores = np.column_stack([weighted(Q, 49.0), other])
    (finding,) = check(profile_of_scores(scores, np.column_stack([Y, y]), **TAGS))
    assert finding.classes == ("0",)


def test_calibrated_scores_and_scores_twice_too_high_at_most_are_left_alone():
    assert not list(check(HEALTHY_BINARY))
    assert not list(check(profile_of_scores(Q, Y, **BINARY)))
    assert not list(check(profile_of_scores(weighted(Q, 1.9), Y, **BINARY)))


def test_an_undefined_weight_is_none():
    row = TruthRow(0, "a", 10, 10, None, None, None, None, None, None, 0.1, 1.0, 1.0)
    assert weight(row) is None
