"""The bounded sample: which rows it holds depends on nothing but the rows."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imbalance_doctor.predictions import sample as module
from imbalance_doctor.predictions.blocks import ScoreSample
from imbalance_doctor.predictions.distinct import splitmix64
from tests.predictions.tallied import blocks, merged, profile_of, setting, tally_of

RNG = np.random.default_rng(5)
SOFTMAX = setting(3, "softmax", "logits", has_truth=True)


def sample_of(tally: Any) -> ScoreSample:
    found = tally.sample
    assert found is not None
    return found


def equal(a: ScoreSample, b: ScoreSample) -> bool:
    def alike(x: Any, y: Any) -> bool:
        return (x is None and y is None) or bool(np.array_equal(x, y))

    parts = ("rows", "scores", "truth", "known", "whole")
    return all(alike(getattr(a, part), getattr(b, part)) for part in parts)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 300), max_size=6), st.data())
def test_blocks_and_the_order_of_merging_do_not_change_the_sample(cuts: list[int], data: st.DataObject) -> None:
    rng = np.random.default_rng(len(cuts))
    scores, truth = rng.normal(size=(300, 3)), rng.integers(-1, 3, size=300)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MAX_ROWS", 40)
        whole = sample_of(tally_of(SOFTMAX, blocks(scores, truth)))
        parts = data.draw(st.permutations(blocks(scores, truth, None, cuts)))
        assert equal(sample_of(tally_of(SOFTMAX, parts)), whole)
        assert equal(sample_of(merged(SOFTMAX, parts)), whole)
    assert len(whole.rows) == 40
    assert not whole.whole


def test_the_sample_holds_the_rows_with_the_smallest_hashes_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ROWS", 25)
    scores = RNG.normal(size=(1_000, 3)).astype(np.float32)
    scores[::7, 1] = np.nan
    truth = RNG.integers(0, 3, size=1_000)
    found = sample_of(tally_of(SOFTMAX, blocks(scores, truth, None, [100, 101, 900])))
    good = np.flatnonzero(np.isfinite(scores).all(axis=1))
    expected = np.sort(good[np.argsort(splitmix64(good.astype(np.uint64)))[:25]])
    assert found.rows.tolist() == expected.tolist()
    assert found.scores.dtype == np.float64
    assert (found.scores == scores[expected]).all()
    assert found.truth is not None
    assert (found.truth == truth[expected]).all()


def test_few_rows_are_kept_whole_and_bad_rows_left_out() -> None:
    scores = np.array([[0.1, 0.9], [np.nan, 0.5], [0.5, 0.5]])
    found = sample_of(tally_of(setting(2, "softmax"), blocks(scores)))
    assert found.rows.tolist() == [0, 2]
    assert found.whole
    assert found.truth is None
    assert found.known is None


def test_known_cells_travel_with_their_rows() -> None:
    scores, truth = RNG.random((6, 2)), RNG.random((6, 2)) < 0.5
    known = np.ones((6, 2), dtype=bool)
    known[4, 1] = False
    dump = setting(2, "sigmoid", has_truth=True)
    first, second = blocks(scores, truth, None, [3])[0], blocks(scores, truth, known, [3])[1]
    found = sample_of(tally_of(dump, [second, first]))
    assert found.known is not None
    assert (found.known == known).all()
    assert found.truth is not None
    assert (found.truth == truth).all()
    assert sample_of(tally_of(dump, blocks(scores, truth, np.ones((6, 2), dtype=bool)))).known is None


def test_rows_without_truth_are_kept_and_marked() -> None:
    found = sample_of(tally_of(setting(2, "binary", has_truth=True), blocks(RNG.random(5), None)))
    assert found.scores.shape == (5, 1)
    assert found.truth is not None
    assert found.truth.tolist() == [-1] * 5
    cells = sample_of(tally_of(setting(2, "sigmoid", has_truth=True), blocks(RNG.random((5, 2)), None)))
    assert cells.known is not None
    assert not cells.known.any()


def test_there_is_no_sample_of_labels_or_of_nothing() -> None:
    labels = tally_of(setting(2, "softmax", "labels"), blocks(None, predicted=np.array([0, 1])))
    assert labels.sample is None
    assert tally_of(SOFTMAX, []).sample is None
    assert tally_of(SOFTMAX, blocks(np.full((3, 3), np.inf))).sample is None


def test_cells_and_rows_are_both_bounded() -> None:
    assert module.capacity(3) == 50_000
    assert module.capacity(1_000) * 1_000 == 4_000_000


def test_the_sample_is_spread_over_the_rows_and_its_quantiles_are_near_those_of_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MAX_ROWS", 2_000)
    n = 100_000
    scores = np.linspace(0, 1, n)[:, None]
    tally = tally_of(setting(2, "binary"), blocks(scores, cuts=range(5_000, n, 5_000)))
    rows = sample_of(tally).rows
    # 2,000 random rows: the largest gap to the uniform distribution exceeds 1.95 / sqrt(2,000) once in a thousand
    assert np.abs(rows / n - np.arange(2_000) / 2_000).max() < 1.95 / np.sqrt(2_000)
    quantiles = profile_of(setting(2, "binary"), scores).classes[1].quantiles
    assert all(abs(value - float(key) / 100) < 0.045 for key, value in quantiles.items())


def test_quantiles_of_a_whole_sample_are_those_of_numpy() -> None:
    scores = RNG.normal(size=(777, 3)).astype(np.float32)
    classes = profile_of(setting(3, "sigmoid", "logits"), scores).classes
    for index, row in enumerate(classes):
        assert list(row.quantiles) == ["1", "10", "20", "50", "80", "90", "99"]
        expected = np.percentile(scores[:, index].astype(np.float64), [float(key) for key in row.quantiles])
        np.testing.assert_allclose(list(row.quantiles.values()), expected, rtol=1e-13)
