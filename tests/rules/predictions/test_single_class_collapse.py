import numpy as np
import pytest

from imbalance_doctor.rules.predictions.single_class_collapse import check
from tests.rules.predictions.dumps import HARD, HEALTHY_SOFTMAX
from tests.zoo.judge import profile_of_scores


def untrained(n=800, seed=0):
    """Two classes, scores within 0.37 to 0.63, nearly all rows to class 1."""
    q = np.clip(0.553 + 0.021 * np.random.default_rng(seed).standard_normal(n), 0.37, 0.63)
    return np.column_stack([1 - q, q])


def test_an_untrained_head_is_seen_without_truth_and_without_priors():
    scores = untrained()
    (finding,) = check(profile_of_scores(scores))
    assert finding.classes == ("1",)
    assert finding.evidence["others"] == int((scores[:, 0] > 0.5).sum())
    assert finding.evidence["others_due"] == pytest.approx(scores[:, 0].sum())
    assert finding.evidence["due_by"] == "scores"
    assert "are due by the model's own mean probability; scores run from" in finding.message


def test_predicted_labels_are_held_to_the_truth():
    truth = np.repeat([0, 1, 2], [500, 300, 200])
    (finding,) = check(profile_of_scores(np.zeros(1000, int), truth, **HARD))
    assert finding.message == (
        '1,000 of 1,000 rows (100 %) are predicted "0"; the other classes got 0 where 500 are due by the truth'
    )
    assert finding.evidence["accuracy"] == 0.5


def test_what_is_enough_depends_on_the_classes_not_on_a_fixed_share():
    truth = np.repeat([0, 1, 2], [980, 15, 5])
    rightly = np.where(np.arange(1000) < 985, 0, truth)
    assert not list(check(profile_of_scores(rightly, truth, **HARD)))  # 98.5 % of the answers, 98 % of the truth
    even = np.repeat(np.arange(3), 334)[:1000]
    hardly = np.where(np.arange(1000) % 20 < 19, 0, even)
    assert list(check(profile_of_scores(hardly, even, **HARD)))  # 96.6 % of the answers, a third of the truth


def test_a_healthy_softmax_is_left_alone():
    assert not list(check(HEALTHY_SOFTMAX))
