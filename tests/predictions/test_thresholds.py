"""Thresholds per column, against theory, exhaustive search and scikit-learn."""

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import balanced_accuracy_score, f1_score, precision_recall_curve, roc_auc_score

from imbalance_doctor.predictions import thresholds


def calibrated(levels: np.ndarray, rows: int = 1000) -> tuple[np.ndarray, np.ndarray]:
    """Scores q with exactly q * rows positives at each level: calibrated without sampling error."""
    scores = np.repeat(levels, rows)
    truth = np.concatenate([np.arange(rows) < round(q * rows) for q in levels])
    return scores[:, None], truth[:, None]


def two_normals(n: int, p: float, seed: int, distance: float = 2.0) -> tuple[np.ndarray, np.ndarray]:
    """The posterior under two normal distributions, which is what a logistic model learns; AUROC 0.921 for 2."""
    rng = np.random.default_rng(seed)
    truth = rng.random(n) < p
    x = rng.normal(size=n) + distance * truth
    log_odds = distance * x - distance**2 / 2 + math.log(p / (1 - p))
    return 1 / (1 + np.exp(-log_odds)), truth


def without_chance(positives: int, negatives: int, distance: float = 2.0) -> tuple[np.ndarray, np.ndarray]:
    """As `two_normals`, the samples being quantiles of the two distributions."""
    x = np.array(
        [NormalDist(distance, 1).inv_cdf((i + 0.5) / positives) for i in range(positives)]
        + [NormalDist().inv_cdf((i + 0.5) / negatives) for i in range(negatives)]
    )
    truth = np.arange(positives + negatives) < positives
    log_odds = distance * x - distance**2 / 2 + math.log(positives / negatives)
    return 1 / (1 + np.exp(-log_odds)), truth


def best_f1(scores: np.ndarray, truth: np.ndarray) -> float:
    """By trying every score as a threshold."""
    precision, recall, _ = precision_recall_curve(truth, scores)
    return float(np.max(2 * precision * recall / np.maximum(precision + recall, 1e-300)))


@pytest.mark.parametrize("levels", [[0.01, 0.05, 0.1, 0.2, 0.4], [0.002, 0.004, 0.03, 0.6, 0.9], [0.3, 0.35, 0.5]])
def test_on_calibrated_scores_the_best_f1_threshold_is_half_the_best_f1(levels: list[float]) -> None:
    """Lipton, Elkan and Naryanaswamy 2014."""
    scores, truth = calibrated(np.array(levels))
    half = best_f1(scores[:, 0], truth[:, 0]) / 2
    for cut in (thresholds.pooled_f1(scores, truth, None), thresholds.expected_f1(scores, "probabilities")):
        assert [q >= cut for q in levels] == [q >= half for q in levels]
    assert thresholds.expected_f1(scores, "probabilities") == pytest.approx(half, abs=1e-9)


def test_the_expected_f1_of_logits_is_on_the_scale_of_logits() -> None:
    scores, _ = calibrated(np.array([0.01, 0.05, 0.4]))
    p = thresholds.expected_f1(scores, "probabilities")
    logits = np.log(scores / (1 - scores))
    assert thresholds.expected_f1(logits, "logits") == pytest.approx(math.log(p / (1 - p)), abs=1e-9)


def test_the_published_simulation_of_a_rare_class_is_reproduced() -> None:
    """p = 0.02, logistic: best F1 0.405 at 0.200; F1 at 0.5 is 0.278, at p 0.176; balanced accuracy at p 0.8415."""
    scores, truth = without_chance(600, 29_400)
    column = scores[:, None]
    cut = float(thresholds.tuned(column, truth[:, None], None, "f1")[0])
    assert cut == pytest.approx(0.200, abs=0.02)
    assert f1_score(truth, scores >= cut) == pytest.approx(0.405, abs=0.01)
    assert f1_score(truth, scores >= 0.5) == pytest.approx(0.278, abs=0.02)
    p = float(thresholds.prior_boundary(np.array([0.02]), "probabilities")[0])
    assert p == 0.02
    assert f1_score(truth, scores >= p) == pytest.approx(0.176, abs=0.01)
    assert balanced_accuracy_score(truth, scores >= p) == pytest.approx(0.8415, abs=0.01)
    cut = float(thresholds.tuned(column, truth[:, None], None, "balanced-accuracy")[0])
    assert balanced_accuracy_score(truth, scores >= cut) == pytest.approx(0.8415, abs=0.01)


@pytest.mark.parametrize(("p", "n", "distance"), [(0.02, 20_000, 2.0), (0.1, 5000, 1.0), (0.3, 2000, 1.5)])
def test_a_tuned_threshold_comes_within_three_percent_of_the_exhaustive_search(
    p: float, n: int, distance: float
) -> None:
    scores, truth = two_normals(n, p, 1, distance)
    cut = float(thresholds.tuned(scores[:, None], truth[:, None], None, "f1")[0])
    assert f1_score(truth, scores >= cut) >= 0.97 * best_f1(scores, truth)


def test_macro_f1_of_two_classes_is_tuned_for_both() -> None:
    scores, truth = two_normals(2000, 0.3, 2, 1.0)
    cut = float(thresholds.tuned(scores[:, None], truth[:, None], None, "both-f1")[0])
    best = max(f1_score(truth, scores >= t, average="macro") for t in np.unique(scores)[::20])
    assert f1_score(truth, scores >= cut, average="macro") >= 0.97 * best


def test_accuracy_on_calibrated_scores_is_best_at_a_half() -> None:
    scores, truth = calibrated(np.array([0.1, 0.4, 0.6, 0.9]))
    assert 0.4 < thresholds.tuned(scores, truth, None, "accuracy")[0] <= 0.6
    scores, truth = calibrated(np.array([0.1, 0.2, 0.3]))
    assert thresholds.tuned(scores, truth, None, "accuracy")[0] > 0.3  # never


def test_a_rare_class_is_shrunk_towards_firing_as_often_as_it_occurs() -> None:
    rng = np.random.default_rng(5)
    scores = np.sort(rng.random(1000))[::-1]
    truth = np.zeros(1000, bool)
    truth[[0, 1, 60, 70]] = True  # the best F1 is at 2 rows fired, the prior at 4
    fired = {}
    for times in (1, 50):
        s, t = np.repeat(scores, times) + np.tile(np.arange(times) * 1e-9, 1000), np.repeat(truth, times)
        cut = thresholds.tuned(s[:, None], t[:, None], None, "f1")[0]
        fired[times] = int((s >= cut).sum()) / times
    assert fired[1] == 3
    assert fired[50] < 2.2


def test_a_class_without_positives_or_ranked_at_chance_keeps_its_cut() -> None:
    rng = np.random.default_rng(0)
    scores = rng.random((2000, 3))
    truth = np.stack([np.zeros(2000, bool), np.arange(2000) % 10 == 0, scores[:, 2] > 0.9], axis=1)
    cuts = thresholds.tuned(scores, truth, None, "f1")
    assert np.isnan(cuts).tolist() == [True, True, False]


def test_few_samples_tune_nothing_where_the_prior_is_no_guide() -> None:
    scores, truth = np.linspace(0, 1, 500)[:, None], (np.arange(500) >= 491)[:, None]
    assert np.isnan(thresholds.tuned(scores, truth, None, "balanced-accuracy"))[0]
    assert not np.isnan(thresholds.tuned(scores, truth, None, "f1"))[0]


def test_unknown_cells_count_for_nothing() -> None:
    scores, truth = two_normals(4000, 0.1, 3)
    known = np.arange(4000) % 2 == 0
    wrong = np.where(known, truth, ~truth)[:, None]
    masked = thresholds.tuned(scores[:, None], wrong, known[:, None], "f1")
    assert masked.tolist() == thresholds.tuned(scores[known, None], truth[known, None], None, "f1").tolist()
    pooled = thresholds.pooled_f1(scores[:, None], wrong, known[:, None])
    assert pooled == thresholds.pooled_f1(scores[known, None], truth[known, None], None)


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 300), st.floats(0, 1), st.integers(0, 2**32 - 1))
def test_prior_matching_fires_exactly_as_often_as_the_class_occurs(m: int, p: float, seed: int) -> None:
    scores = np.random.default_rng(seed).permutation(m).astype(float)[:, None]
    cut = float(thresholds.prior_matching(scores, np.array([p]))[0])
    wanted = math.floor(p * m + 0.5)
    assert math.isnan(cut) if wanted == 0 else int((scores >= cut).sum()) == wanted
    assert wanted == 0 or cut <= np.quantile(scores, 1 - wanted / m, method="higher")


@pytest.mark.parametrize(("wanted", "fired"), [(1, 0), (3, 4), (5, 4), (6, 4), (8, 9), (9, 9)])
def test_where_scores_tie_prior_matching_takes_the_nearest_number_a_cut_can_give(wanted: int, fired: int) -> None:
    scores = np.repeat([0.9, 0.4, 0.1], [4, 5, 1])[:, None]
    cut = thresholds.prior_matching(scores, np.array([wanted / 10]))[0]
    assert int((scores >= cut).sum()) == fired


def test_a_threshold_lies_between_two_scores_so_that_float32_moves_no_row() -> None:
    scores, truth = two_normals(2000, 0.05, 4)
    p32 = scores.astype(np.float32)
    for cut in (
        thresholds.prior_matching(p32.astype(float)[:, None], np.array([0.05]))[0],
        thresholds.tuned(p32.astype(float)[:, None], truth[:, None], None, "f1")[0],
        thresholds.pooled_f1(p32.astype(float)[:, None], truth[:, None], None),
    ):
        assert ((p32 >= np.float32(cut)) == (p32.astype(float) >= cut)).all()


def test_scores_that_are_all_the_same_give_no_threshold() -> None:
    scores, truth = np.full((100, 1), 0.2), (np.arange(100) < 30)[:, None]
    assert np.isnan(thresholds.prior_matching(scores, np.array([0.3])))[0]
    assert np.isnan(thresholds.tuned(scores, truth, None, "f1"))[0]


def test_the_prior_boundary_is_the_prior_or_its_log_odds_and_none_for_certainty() -> None:
    priors = np.array([0.01, 0.25, 0.0, 1.0])
    assert thresholds.prior_boundary(priors, "probabilities")[:2].tolist() == [0.01, 0.25]
    logits = thresholds.prior_boundary(priors, "logits")
    assert logits[0] == pytest.approx(-math.log(99), abs=1e-12)
    assert logits[1] == pytest.approx(-math.log(3), abs=1e-12)
    assert np.isnan(logits[2:]).all()


@pytest.mark.parametrize("kind", ["probabilities", "logits"])
def test_the_weight_that_was_used_is_recovered_and_its_inverse_map_is_elkans(kind: str) -> None:
    """w = 99 puts a posterior of 0.01 out as 0.5, 0.1 as 0.916667, 0.5 as 0.99."""
    outputs = np.array([0.5, 0.916667, 0.99])
    shifted = [float(thresholds.shifted(q, np.array([math.log(99)]), "probabilities")[0]) for q in (0.01, 0.1, 0.5)]
    assert shifted == pytest.approx(outputs.tolist(), abs=1e-6)
    q, truth = calibrated(np.array([0.01, 0.1, 0.3, 0.5]))
    weighted = 99 * q / (99 * q + 1 - q)
    scores = weighted if kind == "probabilities" else np.log(weighted / (1 - weighted))
    log_w = thresholds.weight_undone(scores, truth.mean(axis=0), kind)
    assert float(log_w[0]) == pytest.approx(math.log(99), abs=1e-6)
    at_half = 0.5 if kind == "probabilities" else 0.0
    cut = float(thresholds.shifted(at_half, log_w, kind)[0])
    expected = 0.99 if kind == "probabilities" else math.log(99)
    assert cut == pytest.approx(expected, abs=1e-6)


def test_the_z_of_an_auroc_uses_the_printed_standard_errors() -> None:
    rng = np.random.default_rng(6)
    for positives, negatives, error in ((20, 10980, 0.0646), (101, 54899, 0.0288), (10, 990, 0.0918)):
        truth = np.arange(positives + negatives) < positives
        scores = np.round(rng.normal(size=len(truth)) + truth, 1)  # with ties
        z = float(thresholds.area_z(scores[:, None], truth[:, None], None)[0])
        assert z == pytest.approx((roc_auc_score(truth, scores) - 0.5) / error, rel=2e-3)
    assert np.isnan(thresholds.area_z(scores[:, None], np.zeros((len(scores), 1), bool), None))[0]
