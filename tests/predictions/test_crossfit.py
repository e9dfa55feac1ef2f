"""Halves, pooled predictions and bootstrap intervals."""

import numpy as np
import pytest
from sklearn.metrics import f1_score

from imbalance_doctor.predictions.blocks import ScoreSample, Setting
from imbalance_doctor.predictions.crossfit import Examiner, cross_fitted, part, shuffled
from imbalance_doctor.predictions.decisions import Cut

SETTING = Setting(("no", "yes"), "probabilities", "binary", 0.5)


def sample_of(scores: np.ndarray, truth: np.ndarray | None = None, known: np.ndarray | None = None) -> ScoreSample:
    return ScoreSample(np.arange(len(scores)), scores, truth, known, True)


def test_the_order_depends_on_the_row_numbers_alone_and_keeps_rows_together() -> None:
    sample = sample_of(np.arange(1000.0)[:, None], np.arange(1000), np.arange(2000).reshape(1000, 2) % 3 > 0)
    mixed = shuffled(sample)
    assert sorted(mixed.rows) == list(range(1000))
    assert mixed.scores[:, 0].tolist() == mixed.rows.tolist() == mixed.truth.tolist()
    assert (mixed.known == sample.known[mixed.rows]).all()
    backwards = shuffled(part(sample, slice(None, None, -1)))
    assert backwards.rows.tolist() == mixed.rows.tolist()


def test_halves_of_a_dump_sorted_by_class_both_hold_its_classes() -> None:
    mixed = shuffled(sample_of(np.zeros((1000, 1)), np.repeat([0, 1], [900, 100])))
    assert 30 <= int(mixed.truth[:500].sum()) <= 70


def test_every_row_is_predicted_by_the_other_half() -> None:
    sample = shuffled(sample_of(np.linspace(0, 1, 101)[:, None]))
    seen = []

    def fit(half: ScoreSample) -> Cut:
        seen.append(set(half.rows.tolist()))
        return Cut(thresholds=np.array([0.0 if len(seen) == 1 else 2.0]))  # all, then none

    predicted = cross_fitted(fit, sample, SETTING)
    assert not seen[0] & seen[1]
    assert seen[0] | seen[1] == set(range(101))
    fitted_first = np.isin(sample.rows, list(seen[0]))
    assert predicted.tolist() == (~fitted_first).astype(int).tolist()


def test_a_half_without_a_cut_leaves_the_other_half_as_it_is_and_two_mean_no_trial() -> None:
    sample = shuffled(sample_of(np.linspace(0, 1, 100)[:, None]))
    first = set(sample.rows[:50].tolist())
    predicted = cross_fitted(
        lambda half: None if set(half.rows.tolist()) == first else Cut(thresholds=np.array([0.0])), sample, SETTING
    )
    assert predicted[:50].all()
    assert predicted[50:].tolist() == (sample.scores[50:, 0] >= 0.5).astype(int).tolist()
    assert cross_fitted(lambda _half: None, sample, SETTING) is None


def rows_drawn(truth: np.ndarray, before: np.ndarray, after: np.ndarray, **options: object) -> list[float]:
    """A plain row bootstrap with scikit-learn, one draw at a time."""
    rng = np.random.default_rng(9)
    gains = []
    for _ in range(400):
        rows = rng.integers(len(truth), size=len(truth))
        gains.append(
            f1_score(truth[rows], after[rows], zero_division=0, **options)
            - f1_score(truth[rows], before[rows], zero_division=0, **options)
        )
    return np.percentile(gains, [2.5, 97.5]).tolist()


@pytest.mark.parametrize("n", [300, 3000])
def test_the_interval_is_that_of_a_row_bootstrap_with_few_rows_and_with_groups_of_many(n: int) -> None:
    rng = np.random.default_rng(1)
    truth = rng.choice(3, size=n, p=[0.8, 0.15, 0.05])
    before = np.where(rng.random(n) < 0.2, truth, 0)
    after = np.where(rng.random(n) < 0.4, truth, 0)
    examiner = Examiner(truth, None, "macro-f1", 3, before)
    score, interval = examiner.examine(after)
    assert examiner.as_is == pytest.approx(f1_score(truth, before, average="macro"), abs=1e-12)
    assert score == pytest.approx(f1_score(truth, after, average="macro"), abs=1e-12)
    expected = rows_drawn(truth, before, after, average="macro")
    width = expected[1] - expected[0]
    assert interval == pytest.approx(expected, abs=0.2 * width)


def test_cells_that_are_unknown_do_not_count() -> None:
    rng = np.random.default_rng(2)
    truth = rng.random((500, 4)) < 0.2
    after = truth ^ (rng.random(truth.shape) < 0.1)
    known = rng.random(truth.shape) < 0.5
    before = np.zeros_like(truth)
    examiner = Examiner(np.where(known, truth, ~truth), known, "micro-f1", 4, before)
    assert examiner.examine(after)[0] == pytest.approx(f1_score(truth[known], after[known]), abs=1e-12)


def test_rows_without_a_prediction_are_wrong_not_of_class_zero() -> None:
    truth = np.array([0, 0, 1, 1] * 10)
    examiner = Examiner(truth, None, "accuracy", 2, np.where(truth == 0, -1, 1))
    assert examiner.as_is == 0.5


def test_no_change_is_no_gain_and_the_same_question_gets_the_same_answer() -> None:
    rng = np.random.default_rng(3)
    truth, before = rng.integers(2, size=2000), rng.integers(2, size=2000)
    after = np.where(rng.random(2000) < 0.2, truth, before)
    examiner = Examiner(truth, None, "balanced-accuracy", 2, before)
    assert examiner.examine(before)[1] == (0.0, 0.0)
    assert examiner.examine(after) == Examiner(truth, None, "balanced-accuracy", 2, before).examine(after)
    assert examiner.examine(after)[1][0] > 0


def test_ten_thousand_classes_are_no_obstacle() -> None:
    rng = np.random.default_rng(4)
    truth, before = rng.integers(10_000, size=400), rng.integers(10_000, size=400)
    score, interval = Examiner(truth, None, "macro-f1", 10_000, before).examine(truth)
    assert score == 1
    assert interval[0] > 0.9
