"""The verdict: which sign decides first, the traps that must not be flagged, and laws over random dumps."""

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imbalance_doctor.model import Verdict
from imbalance_doctor.predictions.symptoms import symptom
from imbalance_doctor.predictions.verdict import DECISIONS, judge
from tests.rules.predictions.dumps import (
    BINARY,
    HARD,
    HEALTHY_BINARY,
    HEALTHY_SOFTMAX,
    TAGS,
    calibrated,
    ignorant,
    logistic,
    softmax_of,
)
from tests.zoo.judge import profile_of_scores

COLLAPSED = {"all_zero", "all_one", "single_class", "constant", "prior_only"}


def verdict(scores, truth=None, priors=None, **options) -> str:
    return profile_of_scores(scores, truth, priors, **options).verdict


def test_every_verdict_can_be_given_and_every_decision_says_why():
    assert {name for name, _ in DECISIONS} == set(get_args(Verdict))
    assert all(sign.__doc__ for _, sign in DECISIONS if sign.__name__ != "<lambda>")


def test_the_verdict_does_not_read_itself():
    for name in get_args(Verdict):
        assert judge(replace(HEALTHY_BINARY, verdict=name)) == "healthy"


# what decides first


def test_nan_comes_before_everything_that_the_remaining_rows_say():
    z = 5.0 + np.arange(600.0).reshape(200, 3)
    z[:5] = np.nan
    assert verdict(z) == "cannot_judge"
    assert verdict(z[5:]) == "miswired"


def test_wiring_comes_before_ties():
    saturated = np.where(np.random.default_rng(0).random((500, 3)) < 0.7, 30.0, -30.0)
    assert verdict(saturated) == "miswired"
    assert verdict(saturated, kind="logits") == "cannot_judge"


def test_a_constant_explains_a_single_class():
    assert verdict(np.tile([0.7, 0.2, 0.1], (200, 1))) == "constant"
    truth = np.repeat([0, 1, 2], [140, 40, 20])
    assert verdict(np.tile([0.7, 0.2, 0.1], (200, 1)), truth) == "constant"
    assert verdict(np.zeros(200, int), truth, **HARD) == "single_class"


def test_the_cause_of_all_zero_is_named_where_the_truth_proves_one():
    q, y = calibrated(5000, 0.03, 1.0)
    noise, z = ignorant(5000, 0.03)
    assert verdict(q, y, **BINARY) == "threshold"
    assert verdict(noise, z, **BINARY) == "prior_only"
    assert verdict(q, None, (0.97, 0.03), **BINARY) == "all_zero"
    assert verdict(5 * noise, z, **BINARY) == "all_zero"  # no ranking, and the mean is far from the prior


def test_labels_that_are_never_answered_are_a_threshold_problem_if_they_rank():
    known, y = calibrated(3000, 0.3, 3.0)
    rare, z = calibrated(3000, 0.02, 1.5)
    lost, w = ignorant(3000, 0.02)
    assert verdict(np.column_stack([known, 0.5 * rare]), np.column_stack([y, z]), **TAGS) == "threshold"
    assert verdict(np.column_stack([known, lost]), np.column_stack([y, w]), **TAGS) == "partial"


# what must not be flagged


def test_a_rare_class_detector_that_rightly_says_no():
    q, y = calibrated(3000, 0.01, 3.5)
    calm = y == 0
    assert verdict(q, y, **BINARY) == "healthy"
    assert verdict(q[calm], y[calm], **BINARY) == "healthy"
    assert verdict(q[calm][:900], None, (0.99, 0.01), **BINARY) == "healthy"  # nine are due: none may well be
    assert verdict(np.column_stack([1 - q, q]), y) == "healthy"
    assert verdict((q > 0.5).astype(int), y, **HARD) == "healthy"


def test_four_missed_positives_prove_nothing_unless_the_scores_rank_them():
    q, y = calibrated(2000, 0.002, 3.0)
    assert verdict(0.4 * q, y, **BINARY) == "healthy"
    assert verdict(np.zeros(2000, int), y, **HARD) == "cannot_judge"


def test_a_detector_with_one_class():
    assert verdict(np.zeros(50, int), **HARD, classes=("balloon",)) == "healthy"
    assert verdict(np.linspace(0.7, 0.99, 50)[:, None], classes=("balloon",)) == "healthy"


def test_no_score_of_a_softmax_need_reach_one_half():
    q, y = softmax_of(1000, (0.1,) * 10, 1.2)
    assert float((q.max(axis=1) < 0.5).mean()) > 0.7
    assert verdict(q, y) == "healthy"
    assert verdict(q) == "healthy"


@pytest.mark.parametrize("options", [BINARY, TAGS, {}, HARD])
def test_perfect_predictions(options):
    y = np.repeat([0, 1], [190, 10])
    if options == HARD:
        assert verdict(y, y, **HARD) == "healthy"
    elif options == BINARY:
        assert verdict(y.astype(float), y, **BINARY) == "healthy"
    else:
        assert verdict(np.eye(2)[y], np.eye(2, dtype=bool)[y] if options == TAGS else y, **options) == "healthy"


def test_an_accuracy_far_below_the_majority_with_a_good_ranking():
    """2 % positives, balanced weights: accuracy 0.75 where answering nothing has 0.98."""
    q, y = calibrated(10_000, 0.02, 1.4)
    odds = 49 * q / (1 - q)
    profile = profile_of_scores(odds / (1 + odds), y, **BINARY)
    assert profile.truth.accuracy < 0.8
    assert profile.verdict == "healthy"


def test_a_thousand_classes_answered_unevenly():
    rng = np.random.default_rng(0)
    truth = np.repeat(np.arange(1000), 20)
    answers = np.where(rng.random(20_000) < 0.7, truth, rng.choice(1000, 20_000, p=rng.dirichlet(np.full(1000, 2.0))))
    assert verdict(answers, truth, **HARD) == "healthy"


def test_scores_that_are_thin_but_move_in_the_right_order():
    q, y = softmax_of(2000, (0.1,) * 10, 0.25)
    assert float(q.std()) < 0.05
    assert verdict(q, y) == "healthy"


# little to go by


@pytest.mark.parametrize("n", [0, 1, 2, 19])
def test_fewer_than_twenty_rows_are_not_judged(n):
    assert verdict(np.tile([0.9, 0.1], (n, 1))) == "cannot_judge"


def test_only_zeros_without_a_word_of_other_classes():
    assert verdict(np.zeros(1000, int), **HARD) == "cannot_judge"
    assert verdict(np.zeros(1000, int), **HARD, classes=("0", "1")) == "all_zero"
    assert verdict(np.ones(1000, int), **HARD, classes=("0", "1")) == "all_one"
    assert verdict(np.zeros(1000, int), **HARD, classes=("cat", "dog")) == "single_class"


def test_a_dump_of_ties_is_not_a_collapse_to_class_zero():
    assert verdict(np.zeros((1000, 4)), kind="logits") == "cannot_judge"
    assert verdict(np.full((1000, 4), 0.25)) == "cannot_judge"


# laws


@st.composite
def labelled(draw):
    """Predicted labels of three to five classes that mostly agree with a truth of 60 rows or more a class."""
    k, seed = draw(st.integers(3, 5)), draw(st.integers(0, 10**6))
    rng = np.random.default_rng(seed)
    truth = rng.permutation(np.repeat(np.arange(k), rng.integers(60, 400, k)))
    return truth, np.where(rng.random(len(truth)) < draw(st.sampled_from([0.4, 0.7, 0.95])), truth, 0), rng


@settings(max_examples=30, deadline=None)
@given(labelled())
def test_predictions_that_equal_the_truth_are_healthy_and_constant_ones_never(case):
    truth, _, _ = case
    assert verdict(truth, truth, **HARD) == "healthy"
    for only in range(int(truth.max()) + 1):
        assert verdict(np.full(len(truth), only), truth, **HARD) in COLLAPSED


@settings(max_examples=20, deadline=None)
@given(labelled())
def test_moving_answers_to_the_dominant_class_never_mends_a_collapse(case):
    truth, answers, rng = case
    ill = False
    for i in rng.permutation(np.flatnonzero(answers))[:: max(1, len(truth) // 12)]:
        answers[answers == answers[i]] = 0
        now = verdict(answers, truth, **HARD) in COLLAPSED
        assert now or not ill
        ill = now


@st.composite
def scored(draw):
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    k = draw(st.integers(2, 5))
    priors = rng.dirichlet(np.full(k, draw(st.sampled_from([0.5, 5.0]))))
    n, distance = draw(st.sampled_from([60, 300, 1500])), draw(st.sampled_from([0.3, 1.0, 3.0]))
    q, y = softmax_of(n, tuple(np.maximum(priors, 0.01)), distance, draw(st.integers(0, 99)))
    return np.log(q), y, rng


@settings(max_examples=40, deadline=None)
@given(scored(), st.floats(0.05, 20), st.sampled_from([None, "priors", "truth"]))
def test_a_shift_per_row_and_a_temperature_leave_it_unchanged_whether_the_dump_has_collapsed(case, t, known):
    z, y, rng = case
    shares = np.bincount(y, minlength=z.shape[1]) / len(y)
    options = {"truth": {"truth": y}, "priors": {"priors": shares}, None: {}}[known]
    before = verdict(z, **options, kind="logits")
    shifted = z + rng.normal(0, 10, (len(z), 1))
    assert verdict(shifted, **options, kind="logits") == before
    if known == "truth":  # without it the mean probability, which a temperature moves, says what is due
        hot, cold = (profile_of_scores(scores, y, kind="logits") for scores in (z, t * z))
        assert symptom(hot) == symptom(cold)
        if z.shape[1] == 2:  # with more classes a temperature moves the ranking of each against the rest
            assert (hot.verdict in COLLAPSED) == (cold.verdict in COLLAPSED)


@settings(max_examples=40, deadline=None)
@given(scored(), st.sampled_from(["nan", "tie"]), st.integers(0, 40), st.booleans())
def test_rows_of_nan_and_ties_never_make_a_collapse(case, what, percent, aimed):
    """Whichever rows they replace: any, or those of the classes that are answered least."""
    z, y, rng = case
    if verdict(z, y, kind="logits") not in ("healthy", "partial"):
        return
    n = len(z) * percent // 100
    answers = z.argmax(axis=1)
    rare = np.argsort(np.bincount(answers, minlength=z.shape[1])[answers], kind="stable")
    rows = rare[:n] if aimed else rng.permutation(len(z))[:n]
    z[rows] = np.nan if what == "nan" else 0.0
    assert verdict(z, y, kind="logits") not in COLLAPSED
    assert verdict(z[:, ::-1], y.max() - y, kind="logits") not in COLLAPSED


@settings(max_examples=20, deadline=None)
@given(scored())
def test_the_order_of_the_rows_and_the_width_of_the_floats_do_not_matter(case):
    z, y, rng = case
    half = z.astype(np.float16)
    order = rng.permutation(len(z))
    first = profile_of_scores(half, y, kind="logits")
    assert profile_of_scores(half.astype(np.float64), y, kind="logits").verdict == first.verdict
    assert profile_of_scores(half[order], y[order], kind="logits", rows=37).verdict == first.verdict


def test_probabilities_and_their_logits_get_the_same_verdict():
    for q, y in (calibrated(2000, 0.1, 1.0), calibrated(2000, 0.1, 3.0), ignorant(2000, 0.1)):
        z = np.log(q / (1 - q))
        assert np.allclose(logistic(z), q)
        assert verdict(q, y, **BINARY) == verdict(z, y, **BINARY, kind="logits")
    assert HEALTHY_SOFTMAX.verdict == HEALTHY_BINARY.verdict == "healthy"
