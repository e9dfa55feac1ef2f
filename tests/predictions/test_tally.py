"""The tally's laws, and its counts against numpy's own on the same arrays."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from imbalance_doctor.predictions import distinct, pieces
from imbalance_doctor.predictions.blocks import ScoreBlock, Setting
from imbalance_doctor.predictions.moments import Moments
from imbalance_doctor.predictions.profile import assemble
from imbalance_doctor.predictions.tally import PredictionTally
from tests.predictions.tallied import LAYOUT, blocks, merged, profile_of, same, setting, tally_of

RNG = np.random.default_rng(20240611)
SCORES = st.sampled_from([0.0, 1e-7, 0.125, 0.3, 0.5, 0.75, 1.0, float("nan"), float("inf"), -float("inf")])
FINITE = st.floats(-50, 50, width=16)
TASKS = st.sampled_from(["softmax", "sigmoid", "binary"])


def softmax(logits: Any) -> Any:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


@st.composite
def dumps(draw: st.DrawFn) -> tuple[Setting, Any, Any, Any]:
    """A setting, scores with NaN, infinities and ties among them, and a truth with holes."""
    task = draw(TASKS)
    kind = draw(st.sampled_from(["probabilities", "logits"]))
    k = draw(st.integers(1, 4)) if task != "binary" else 2
    columns = 1 if task == "binary" else k
    n = draw(st.integers(1, 24))
    scores = draw(arrays.arrays(np.float32, (n, columns), elements=SCORES.map(np.float32)))
    if task == "sigmoid":
        truth = draw(arrays.arrays(bool, (n, k)))
        known = draw(st.none() | arrays.arrays(bool, (n, k)))
    else:
        truth, known = draw(arrays.arrays(np.int64, n, elements=st.integers(-1, k - 1))), None
    priors = tuple(draw(st.lists(st.sampled_from([0.0, 0.1, 0.5, 1.0]), min_size=k, max_size=k)))
    return setting(k, task, kind, has_truth=True, priors=priors), scores, truth, known


@settings(max_examples=40, deadline=None)
@given(dumps(), st.data())
def test_however_the_rows_are_cut_and_in_whatever_order_they_come_the_profile_is_that_of_the_whole(
    dump: tuple[Setting, Any, Any, Any], data: st.DataObject
) -> None:
    given_setting, scores, truth, known = dump
    cuts = data.draw(st.lists(st.integers(0, len(scores)), max_size=4))
    parts = data.draw(st.permutations(blocks(scores, truth, known, cuts)))
    whole = assemble(tally_of(given_setting, blocks(scores, truth, known)), LAYOUT)
    assert same(assemble(tally_of(given_setting, parts), LAYOUT), whole)
    assert same(assemble(merged(given_setting, parts), LAYOUT), whole)


@settings(max_examples=20, deadline=None)
@given(dumps(), st.data())
def test_merging_leaves_both_operands_alone(dump: tuple[Setting, Any, Any, Any], data: st.DataObject) -> None:
    given_setting, scores, truth, known = dump
    cut = data.draw(st.integers(0, len(scores)))
    left, right = (tally_of(given_setting, [part]) for part in blocks(scores, truth, known, [cut]))
    before = assemble(left, LAYOUT), assemble(right, LAYOUT)
    left.merge(right).update(ScoreBlock(99, scores, None, truth, known))
    assert same((assemble(left, LAYOUT), assemble(right, LAYOUT)), before)


@settings(max_examples=40, deadline=None)
@given(dumps())
def test_the_empty_tally_changes_nothing_and_no_row_is_lost(dump: tuple[Setting, Any, Any, Any]) -> None:
    given_setting, scores, truth, known = dump
    tally = tally_of(given_setting, blocks(scores, truth, known))
    profile = assemble(tally, LAYOUT)
    assert same(assemble(tally.merge(PredictionTally(given_setting)), LAYOUT), profile)
    assert same(assemble(PredictionTally(given_setting).merge(tally), LAYOUT), profile)
    assert profile.n_rows == profile.n_samples + profile.nan_rows == len(scores)
    assert profile.infinite_rows <= profile.nan_rows
    if given_setting.task == "softmax":
        assert sum(row.predicted for row in profile.classes) + profile.tied_rows == profile.n_samples
    if given_setting.task == "binary":
        assert sum(row.predicted for row in profile.classes) == profile.n_samples


@settings(max_examples=40, deadline=None)
@given(arrays.arrays(np.float64, (6, 3), elements=FINITE), st.sampled_from(["nan", "inf", "tie"]))
def test_rows_with_nan_infinity_or_ties_are_in_no_class(scores: Any, fault: str) -> None:
    bad = {"nan": [9e9, np.nan, 0], "inf": [np.inf, 0, 0], "tie": [9e9, 9e9, 0]}[fault]
    spoilt = np.vstack([scores, [bad] * 3])
    clean, dirty = (profile_of(setting(3, "softmax", "logits"), rows) for rows in (scores, spoilt))
    assert [c.predicted for c in dirty.classes] == [c.predicted for c in clean.classes]
    assert (dirty.nan_rows, dirty.tied_rows) == ((0, clean.tied_rows + 3) if fault == "tie" else (3, clean.tied_rows))


@settings(max_examples=40, deadline=None)
@given(
    arrays.arrays(np.float64, (8, 4), elements=FINITE), st.sampled_from([-8.0, 0.5, 64.0]), st.sampled_from([0.25, 8])
)
def test_shifting_a_row_and_scaling_all_logits_leave_the_argmax_alone(scores: Any, shift: float, scale: float) -> None:
    plain = profile_of(setting(4, "softmax", "logits"), scores)
    moved = profile_of(setting(4, "softmax", "logits"), scale * scores + shift * np.arange(8)[:, None])
    assert [c.predicted for c in moved.classes] == [c.predicted for c in plain.classes]
    assert moved.tied_rows == plain.tied_rows


@settings(max_examples=40, deadline=None)
@given(arrays.arrays(np.float16, (7, 3), elements=st.floats(-20, 20, width=16)), TASKS)
def test_half_precision_is_read_without_loss(scores: Any, task: str) -> None:
    if task == "binary":
        scores = scores[:, :1]
    profiles = [
        profile_of(setting(2 if task == "binary" else 3, task, "logits"), scores.astype(precision))
        for precision in (np.float16, np.float32, np.float64, ">f4")
    ]
    assert all(same(profile, profiles[0]) for profile in profiles)


@pytest.mark.parametrize("precision", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("k", [1, 3, 40, 300])
def test_counts_are_those_of_numpy(k: int, precision: Any) -> None:
    n = 4_321
    scores = RNG.random((n, k)).astype(precision)
    scores[RNG.random((n, k)) < 0.001] = 0.5
    scores[7, 0], scores[8, k - 1], scores[9, 0] = np.nan, np.inf, -np.inf
    good = scores[np.isfinite(scores).all(axis=1)]
    profile = profile_of(setting(k, "sigmoid"), scores)
    assert (profile.n_rows, profile.n_samples, profile.nan_rows, profile.infinite_rows) == (n, n - 3, 3, 2)
    assert [c.predicted for c in profile.classes] == (good >= 0.5).sum(axis=0).tolist()
    assert [c.predicted_above for c in profile.classes] == (good > 0.5).sum(axis=0).tolist()
    assert profile.all_zero_rows == int((good < 0.5).all(axis=1).sum())
    assert profile.all_one_rows == int((good >= 0.5).all(axis=1).sum())
    assert profile.positives_per_row == (good >= 0.5).sum() / (n - 3)
    wide = good.astype(np.float64)
    assert [c.min for c in profile.classes] == wide.min(axis=0).tolist()
    assert [c.max for c in profile.classes] == wide.max(axis=0).tolist()
    np.testing.assert_allclose([c.mean for c in profile.classes], wide.mean(axis=0), rtol=6e-12)
    np.testing.assert_allclose([c.std for c in profile.classes], wide.std(axis=0), rtol=6e-12)
    np.testing.assert_allclose(profile.row_sum, [wide.sum(1).min(), wide.sum(1).mean(), wide.sum(1).max()], rtol=6e-12)
    assert profile.score_range == (wide.min(), wide.max())


def test_argmax_counts_and_ties_are_those_of_numpy() -> None:
    scores = softmax(RNG.normal(size=(5_000, 7)).round(1))
    top = np.sort(scores, axis=1)
    untied = top[:, -1] > top[:, -2]
    profile = profile_of(setting(7, "softmax"), scores)
    assert [c.predicted for c in profile.classes] == np.bincount(scores[untied].argmax(1), minlength=7).tolist()
    assert profile.tied_rows == int((~untied).sum()) > 0
    assert profile.off_sum_rows == 0


def test_a_score_stored_in_single_precision_is_at_the_threshold_that_it_was_rounded_from() -> None:
    at_the_cut = np.full((4, 1), 0.7, dtype=np.float32)
    assert float(at_the_cut[0, 0]) < 0.7
    row = profile_of(setting(2, "binary", threshold=0.7), at_the_cut).classes[1]
    assert (row.predicted, row.predicted_above) == (4, 0)


def test_rows_whose_sum_is_off_one_are_counted_with_room_for_half_precision() -> None:
    scores = np.array([[0.5, 0.5004], [0.4, 0.6], [0.7, 0.2], [0.9, 0.3]])
    profile = profile_of(setting(2, "softmax"), scores)
    assert profile.off_sum_rows == 2
    assert profile.row_sum == (0.9, pytest.approx(sum(scores.ravel()) / 4, abs=1e-12), 1.2)


def test_shares_of_cells_outside_and_at_the_ends_of_the_unit_interval() -> None:
    probabilities = profile_of(setting(2, "sigmoid"), np.array([[0.0, 1.0], [1e-6, 0.5], [1.00001, -3.0], [0.2, 1.5]]))
    assert probabilities.outside_share == 2 / 8
    assert probabilities.saturated_share == 6 / 8
    logits = profile_of(setting(2, "sigmoid", "logits"), np.array([[13.9, -14.0], [13.0, 0.5]]))
    assert logits.saturated_share == 2 / 4


def test_probabilities_of_logits_are_those_of_the_link_function() -> None:
    logits = (5 * RNG.normal(size=(3_000, 5))).astype(np.float32)
    wide = logits.astype(np.float64)
    soft = profile_of(setting(5, "softmax", "logits"), logits)
    np.testing.assert_allclose([c.mean_probability for c in soft.classes], softmax(wide).mean(axis=0), rtol=6e-12)
    each = profile_of(setting(5, "sigmoid", "logits"), logits)
    np.testing.assert_allclose(
        [c.mean_probability for c in each.classes], (1 / (1 + np.exp(-wide))).mean(axis=0), rtol=6e-12
    )
    one = profile_of(setting(2, "binary", "logits"), logits[:, 0])
    assert one.classes[1].mean_probability == each.classes[0].mean_probability
    assert one.classes[0].mean_probability == pytest.approx(1 - (each.classes[0].mean_probability or 0), abs=1e-12)


@pytest.mark.parametrize("kind", ["probabilities", "logits"])
def test_adjusted_counts_subtract_the_log_prior_or_cut_at_the_prior(kind: str) -> None:
    priors = (0.7, 0.2, 0.1)
    logits = RNG.normal(size=(2_000, 3)) + np.log(priors)
    p = softmax(logits)
    soft = profile_of(setting(3, "softmax", kind, priors=priors), logits if kind == "logits" else p)
    assert [c.adjusted for c in soft.classes] == np.bincount((np.log(p) - np.log(priors)).argmax(1)).tolist()
    q = 1 / (1 + np.exp(-logits))
    each = profile_of(setting(3, "sigmoid", kind, priors=priors), logits if kind == "logits" else q)
    assert [c.adjusted for c in each.classes] == (q >= priors).sum(axis=0).tolist()
    one = profile_of(setting(2, "binary", kind, priors=(0.8, 0.2)), (logits if kind == "logits" else q)[:, 1])
    assert [c.adjusted for c in one.classes] == [int((q[:, 1] < 0.2).sum()), int((q[:, 1] >= 0.2).sum())]


def test_a_class_whose_prior_is_zero_gets_no_adjusted_rows_and_without_priors_there_are_none() -> None:
    scores = softmax(RNG.normal(size=(50, 3)))
    for kind, rows in (("probabilities", scores), ("logits", np.log(scores))):
        soft = profile_of(setting(3, "softmax", kind, priors=(0.5, 0.5, 0.0)), rows)
        assert [c.adjusted for c in soft.classes][2] == 0
        assert sum(c.adjusted or 0 for c in soft.classes) == 50
        each = profile_of(setting(3, "sigmoid", kind, priors=(1.0, 0.5, 0.0)), rows)
        assert [c.adjusted for c in each.classes][2] == 0
    assert profile_of(setting(3, "softmax"), scores).classes[0].adjusted is None


def test_the_spread_of_nearly_constant_scores_is_not_lost_to_cancellation() -> None:
    noise = RNG.normal(size=(100_000, 2))
    scores = np.array([0.25, 1e6]) + np.array([1e-9, 1e-3]) * noise
    found = profile_of(setting(2, "sigmoid", "logits"), scores).classes
    exact = [float(np.std(scores[:, i] - scores[0, i])) for i in (0, 1)]
    np.testing.assert_allclose([c.std for c in found], exact, rtol=1e-9)
    constant = profile_of(setting(2, "sigmoid"), np.full((100_000, 2), 0.1)).classes
    assert [(c.mean, c.std, c.min, c.max) for c in constant] == [(0.1, 0.0, 0.1, 0.1)] * 2


@settings(max_examples=40, deadline=None)
@given(
    arrays.arrays(np.float64, (2, 9), elements=st.floats(-1e6, 1e6)),
    st.integers(1, 8),
    st.sampled_from([0.0, 1e5, -1e8]),
)
def test_moments_merge_to_those_of_the_whole(values: Any, cut: int, offset: float) -> None:
    values = values + offset

    def of(part: Any) -> Moments:
        return Moments.of(part, part.min(axis=1), part.max(axis=1))

    joined, whole = of(values[:, :cut]).merge(of(values[:, cut:])), of(values)
    size = np.abs(values).max()
    np.testing.assert_allclose(joined.mean, values.mean(axis=1), rtol=1e-12, atol=1e-12 * size)
    np.testing.assert_allclose(joined.std, values.std(axis=1), rtol=1e-9, atol=1e-12 * size)
    np.testing.assert_allclose(whole.std, values.std(axis=1), rtol=1e-9, atol=1e-12 * size)


def test_distinct_rows_are_counted_up_to_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = RNG.integers(0, 4, size=(5_000, 3)) / 4
    rows[0] = -0.0
    expected = len(np.unique(np.abs(rows), axis=0))
    for precision in (np.float16, np.float64):
        assert profile_of(setting(3, "sigmoid"), rows.astype(precision)).distinct_rows == expected
    monkeypatch.setattr(distinct, "CAP", expected - 1)
    whole = tally_of(setting(3, "sigmoid"), blocks(rows))
    parts = merged(setting(3, "sigmoid"), blocks(rows, cuts=[1, 2_000]))
    assert whole.distinct.count is parts.distinct.count is None


def test_rows_that_differ_in_one_small_step_are_distinct() -> None:
    rows = np.full((2_000, 50), 0.25, dtype=np.float32)
    rows[:, 17] = np.nextafter(np.float32(0.5), np.float32(1)) + np.arange(2_000, dtype=np.float32) * 2**-24
    assert profile_of(setting(50, "sigmoid"), rows).distinct_rows == len(np.unique(rows[:, 17]))


@pytest.mark.parametrize("n", [0, 1, 8, 16, 255, 2_040, 2_048])
def test_true_cells_are_counted_eight_at_a_time_without_a_carry(n: int) -> None:
    mask = np.ones((3, n), dtype=bool)
    mask[1] = RNG.random(n) < 0.5
    mask[2] = False
    assert pieces.count_true(mask).tolist() == mask.sum(axis=1).tolist()


def test_predicted_labels_are_counted_and_rows_without_one_set_apart() -> None:
    profile = profile_of(setting(3, "softmax", "labels"), predicted=np.array([2, 2, 0, -1], dtype=np.int32))
    assert [c.predicted for c in profile.classes] == [1, 0, 2]
    assert (profile.n_rows, profile.n_samples, profile.nan_rows, profile.infinite_rows) == (4, 3, 1, 0)
    assert profile.never_predicted == ("c1",)
    assert [(c.mean, c.std, c.mean_probability, dict(c.quantiles)) for c in profile.classes] == [
        (None,) * 3 + ({},)
    ] * 3
    assert (profile.row_sum, profile.score_range, profile.positives_per_row) == (None, None, None)
    assert profile.distinct_rows == 2


def test_binary_labels_tell_all_zero_from_all_one_in_either_form() -> None:
    by_index = profile_of(setting(2, "binary", "labels"), predicted=np.array([0, 0, 0, 1], dtype=np.int32))
    by_cell = profile_of(setting(2, "binary", "labels"), np.array([[0], [0], [0], [1]]))
    for profile in (by_index, by_cell):
        assert [c.predicted for c in profile.classes] == [3, 1]
        assert (profile.all_zero_rows, profile.all_one_rows, profile.positives_per_row) == (3, 1, 0.25)
        assert (profile.distinct_rows, profile.classes[1].mean) == (2, None)


def test_a_matrix_of_answers_is_counted_without_statistics() -> None:
    answers = np.array([[0, 1], [0, 0], [1, 1]], dtype=np.uint8)
    profile = profile_of(setting(2, "sigmoid", "labels", has_truth=True), answers, truth=answers.astype(bool))
    assert [c.predicted for c in profile.classes] == [1, 2]
    assert (profile.all_zero_rows, profile.all_one_rows, profile.positives_per_row) == (1, 1, 1.0)
    assert profile.truth is not None
    assert (profile.truth.subset_accuracy, profile.truth.accuracy, profile.truth.log_loss) == (1.0, 1.0, None)
    assert [c.auroc for c in profile.truth.classes] == [None, None]
    assert profile.classes[0].mean is None


def test_one_label_a_row_can_be_held_against_several_true_ones() -> None:
    truth = np.array([[True, True], [False, True], [False, False]])
    profile = profile_of(setting(2, "sigmoid", "labels", has_truth=True), predicted=np.array([0, 1, -1]), truth=truth)
    assert [c.predicted for c in profile.classes] == [1, 1]
    assert (profile.n_samples, profile.nan_rows) == (2, 1)
    assert profile.truth is not None
    assert [c.true_positives for c in profile.truth.classes] == [1, 1]


def test_no_rows_and_only_bad_rows_leave_nothing_undefined_behind() -> None:
    for rows in (np.empty((0, 3)), np.full((5, 3), np.nan)):
        profile = profile_of(setting(3, "softmax", has_truth=True), rows, truth=np.zeros(len(rows), dtype=int))
        assert profile.n_samples == 0
        assert [(c.predicted, c.predicted_share, c.mean, c.min) for c in profile.classes] == [(0, 0.0, None, None)] * 3
        assert (profile.never_predicted, profile.always_predicted, profile.score_range) == ((), (), None)
        assert profile.truth is not None
        assert (profile.truth.n_joined, profile.truth.accuracy, profile.truth.macro_f1) == (0, None, 0.0)


def test_scores_of_any_size_leave_no_infinity_in_the_profile() -> None:
    scores = np.array([[1e308, -1e308], [1e308, 1e-320], [-1e308, 5.0]])
    dump = setting(2, "softmax", "logits", has_truth=True)
    for tally in (tally_of(dump, blocks(scores, [0, 0, 0])), merged(dump, blocks(scores, [0, 0, 0], None, [1, 2]))):
        profile = assemble(tally, LAYOUT)
        assert [c.predicted for c in profile.classes] == [2, 1]
        numbers = [value for c in profile.classes for value in (c.mean, c.std, c.min, c.max, c.mean_probability)]
        numbers += [value for c in profile.classes for value in c.quantiles.values()]
        assert profile.truth is not None
        numbers += [profile.truth.log_loss, profile.truth.ece]
        assert all(value is None or np.isfinite(value) for value in numbers)
