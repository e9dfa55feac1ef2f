import numpy as np
import pytest

from imbalance_doctor.rules.predictions.label_mapping import check
from tests.rules.predictions.dumps import HARD, HEALTHY_SOFTMAX, softmax_of
from tests.zoo.judge import profile_of_scores

S, C = softmax_of(2000, (0.1,) * 10, 3.0)


def test_off_by_one_is_named():
    (finding,) = check(profile_of_scores(np.roll(S, 1, axis=1), C))
    assert finding.evidence["shift"] == 1
    assert finding.evidence["moved"] == 10
    assert finding.evidence["permuted_accuracy"] == pytest.approx(float((S.argmax(axis=1) == C).mean()))
    assert '"0" as "1", "1" as "2", "2" as "3", "3" as "4", "4" as "5" and 5 more; every index is off by one' in (
        finding.message
    )


def test_two_of_ten_columns_swapped():
    (finding,) = check(profile_of_scores(S[:, [0, 1, 2, 7, 4, 5, 6, 3, 8, 9]], C))
    assert finding.classes == ("3", "7")
    assert finding.evidence["shift"] is None
    assert finding.message.startswith('2 classes are answered as others: "3" as "7", "7" as "3"; in that order')


@pytest.mark.parametrize("backwards", [False, True])
def test_numbers_sorted_as_text(backwards):
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 12, 3000)
    place = np.argsort(np.array(sorted(range(12), key=str)))
    place = np.argsort(place) if backwards else place
    answers = np.where(rng.random(3000) < 0.9, place[truth], rng.integers(0, 12, 3000))
    (finding,) = check(profile_of_scores(answers, truth, **HARD))
    assert finding.evidence["sorted_as_text"]
    assert "one side has sorted the numbers as text" in finding.message


def test_a_collapse_is_no_permutation():
    truth = np.repeat([0, 1, 2], [50, 50, 900])
    profile = profile_of_scores(np.zeros(1000, int), truth, **HARD)
    assert profile.truth.permuted_accuracy == 0.9  # every answer "0" read as class 2
    assert not list(check(profile))


def test_chance_is_no_permutation():
    rng = np.random.default_rng(0)
    for k in (4, 10, 60):
        profile = profile_of_scores(rng.integers(0, k, 600), rng.integers(0, k, 600), **HARD)
        assert profile.truth.best_permutation is not None
        assert not list(check(profile))


def test_a_right_order_is_left_alone():
    assert not list(check(profile_of_scores(S, C)))
    assert not list(check(HEALTHY_SOFTMAX))
