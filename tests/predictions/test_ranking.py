"""AUROC and average precision, held against scikit-learn."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sklearn.metrics import average_precision_score, roc_auc_score

from imbalance_doctor.predictions import histogram, sample
from imbalance_doctor.predictions.blocks import ScoreBlock
from imbalance_doctor.predictions.profile import assemble
from imbalance_doctor.predictions.ranking import Ranking, evidence, exact
from tests.predictions.tallied import LAYOUT, blocks, profile_of, setting, tally_of

RNG = np.random.default_rng(77)


def scored(n: int, prevalence: float, gap: float) -> tuple[Any, Any]:
    """Scores whose positives lie `gap` standard deviations higher, and the truth."""
    truth = RNG.random(n) < prevalence
    truth[:2] = True, False
    return RNG.normal(size=n) + gap * truth, truth


def sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


@pytest.mark.parametrize("digits", [0, 1, 3, 17])
@pytest.mark.parametrize(("n", "prevalence", "gap"), [(4, 0.5, 1), (300, 0.3, 1), (20_000, 0.01, 2), (20_000, 0.5, 0)])
def test_exact_values_are_those_of_scikit_learn_with_ties_or_without(
    n: int, prevalence: float, gap: float, digits: int
) -> None:
    scores, truth = scored(n, prevalence, gap)
    scores = scores.round(digits)
    found = exact(scores, truth)
    assert found.auroc == pytest.approx(roc_auc_score(truth, scores), abs=1e-12)
    assert found.average_precision == pytest.approx(average_precision_score(truth, scores), abs=1e-12)
    assert found.average_precision_of_rest == pytest.approx(average_precision_score(~truth, -scores), abs=1e-12)
    assert (found.positives, found.negatives, found.error) == (truth.sum(), (~truth).sum(), 0.0)


@settings(max_examples=40, deadline=None)
@given(arrays.arrays(np.float64, 12, elements=st.sampled_from([-1.0, 0.0, 0.5, 2.0])), arrays.arrays(bool, 12))
def test_auroc_is_the_share_of_pairs_in_the_right_order_ties_counting_half(scores: Any, truth: Any) -> None:
    pairs = [(a > b) + (a == b) / 2 for a in scores[truth] for b in scores[~truth]]
    found = exact(scores, truth)
    assert found.auroc == (pytest.approx(sum(pairs) / len(pairs), abs=1e-15) if pairs else None)
    assert (found.average_precision is None) == (not truth.any())


@settings(max_examples=40, deadline=None)
@given(arrays.arrays(np.float64, 15, elements=st.floats(-9, 9, width=16)), arrays.arrays(bool, 15))
def test_turning_the_scores_round_mirrors_the_auroc(scores: Any, truth: Any) -> None:
    found, turned = exact(scores, truth), exact(-scores, truth)
    if found.auroc is not None and turned.auroc is not None:
        assert found.auroc + turned.auroc == pytest.approx(1, abs=1e-15)
    assert found.mirrored.average_precision == exact(-scores, ~truth).average_precision


@pytest.mark.parametrize(("n1", "n0", "error"), [(20, 10_980, 0.0646), (101, 54_899, 0.0288), (10, 990, 0.0918)])
def test_the_standard_error_under_no_skill_is_that_of_mann_and_whitney(n1: int, n0: int, error: float) -> None:
    """Numbers of the normal approximation to the rank-sum statistic for these class sizes, to four digits."""
    z = Ranking(n1, n0, 0.75, None, None).z
    assert z is not None
    assert 0.25 / z == pytest.approx(error, abs=5e-5)


def test_without_one_side_there_is_no_auroc_and_without_rows_there_is_nothing() -> None:
    only = exact(np.array([0.1, 0.2]), np.array([True, True]))
    assert (only.auroc, only.z, only.average_precision, only.average_precision_of_rest) == (None, None, 1.0, None)
    empty = exact(np.array([]), np.array([], dtype=bool))
    assert (empty.auroc, empty.average_precision) == (None, None)


@pytest.fixture
def no_whole_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sample of at most 100 rows, so that longer dumps are ranked by their histograms."""
    monkeypatch.setattr(sample, "MAX_ROWS", 100)


@pytest.mark.usefixtures("no_whole_sample")
@pytest.mark.parametrize("kind", ["probabilities", "logits"])
@pytest.mark.parametrize(("prevalence", "gap", "shift"), [(0.5, 1, 0), (0.02, 2, -5), (0.002, 3, -9), (0.3, 0.5, 4)])
def test_values_from_the_histogram_agree_with_scikit_learn_within_a_thousandth(
    prevalence: float, gap: float, shift: float, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # the bins that a class has when there are 120 of them
    monkeypatch.setattr(histogram, "MAX_CELLS", histogram.MAX_CELLS // 120)
    scores, truth = scored(30_000, prevalence, gap)
    logits = scores + shift
    given_scores = logits if kind == "logits" else sigmoid(logits).astype(np.float32)
    profile = profile_of(setting(2, "binary", kind, has_truth=True), given_scores, truth.astype(int))
    assert profile.truth is not None
    assert profile.truth.ranking == "histogram"
    row = profile.truth.classes[1]
    assert row.auroc == pytest.approx(roc_auc_score(truth, given_scores), abs=1e-3)
    assert row.average_precision == pytest.approx(average_precision_score(truth, given_scores), abs=1e-3)


@pytest.mark.usefixtures("no_whole_sample")
def test_the_error_of_the_histogram_is_never_larger_than_stated() -> None:
    for spread in (1e-7, 1e-5, 1e-3, 0.1):
        scores, truth = scored(5_000, 0.2, 1)
        scores = 0.3 + spread * scores / 10
        profile = profile_of(setting(2, "binary", has_truth=True), scores, truth.astype(int))
        assert profile.truth is not None
        off = abs((profile.truth.classes[1].auroc or 0) - roc_auc_score(truth, scores))
        assert off <= profile.truth.ranking_error <= 0.5
        if spread == 1e-7:
            assert profile.truth.ranking_error > 0.3
        if spread == 0.1:
            assert profile.truth.ranking_error < 1e-3


@pytest.mark.usefixtures("no_whole_sample")
def test_competing_classes_are_ranked_by_their_probability_and_not_by_the_logit() -> None:
    logits = RNG.normal(size=(4_000, 3)) * 2 + 5 * RNG.normal(size=(4_000, 1))
    truth = (logits + RNG.gumbel(size=logits.shape)).argmax(axis=1)
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    dump = setting(3, "softmax", "logits", has_truth=True)
    expected = [roc_auc_score(truth == k, p[:, k]) for k in range(3)]
    exactly = evidence(ScoreBlock(0, logits, truth=truth), dump).rankings()
    np.testing.assert_allclose([r.auroc for r in exactly], expected, atol=1e-12)
    binned = profile_of(dump, logits, truth).truth
    assert binned is not None
    np.testing.assert_allclose([c.auroc for c in binned.classes], expected, atol=1e-3)
    assert abs(expected[0] - roc_auc_score(truth == 0, logits[:, 0])) > 0.01


@pytest.mark.usefixtures("no_whole_sample")
def test_the_histogram_and_the_exact_way_rank_the_same_rows_and_cells() -> None:
    n = 3_000
    scores = RNG.random((n, 3)).round(2)
    scores[:50, 0], scores[50:60, 1] = np.nan, np.inf
    truth, known = RNG.random((n, 3)) < scores.clip(0, 1), RNG.random((n, 3)) < 0.7
    cells = setting(3, "sigmoid", has_truth=True)
    classes = setting(3, "softmax", has_truth=True)
    index = np.where(RNG.random(n) < 0.1, -1, truth.argmax(axis=1))
    for dump, answer, mask in ((cells, truth, known), (classes, index, None)):
        found = evidence(ScoreBlock(0, scores, None, answer, mask), dump).rankings()
        binned = tally_of(dump, blocks(scores, answer, mask)).outcomes.histogram
        assert binned is not None
        ones, zeros = binned.sides()
        assert ones.sum(axis=1).tolist() == [r.positives for r in found]
        assert zeros.sum(axis=1).tolist() == [r.negatives for r in found]


def test_exact_values_computed_elsewhere_take_the_place_of_the_histogram() -> None:
    scores, truth = scored(500, 0.3, 1)
    dump = setting(2, "binary", "logits", has_truth=True)
    tally = tally_of(dump, blocks(scores, truth.astype(int)))
    elsewhere = Ranking(1, 1, 0.625, 0.5, 0.25)
    found = assemble(tally, LAYOUT, rankings=(elsewhere,)).truth
    assert found is not None
    assert [(c.auroc, c.average_precision) for c in found.classes] == [(0.625, 0.25), (0.625, 0.5)]
    assert (found.ranking, found.ranking_error) == ("exact", 0.0)
