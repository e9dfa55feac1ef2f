"""From scores to predictions, with and without a correction."""

import numpy as np
import pytest

from imbalance_doctor.model import Remedy
from imbalance_doctor.predictions.blocks import Setting
from imbalance_doctor.predictions.decisions import Cut, cut_of, decide, in_class_order, winners

SOFTMAX = Setting(("a", "b", "c"), "probabilities", "softmax", 0.5)
SIGMOID = Setting(("a", "b", "c"), "probabilities", "sigmoid", 0.5)
BINARY = Setting(("no", "yes"), "logits", "binary", 0.0)


def test_the_largest_score_wins_and_a_tie_or_a_nan_or_an_infinity_wins_nothing() -> None:
    scores = np.array([[1, 2, 0], [2, 2, 0], [1, np.nan, 0], [np.inf, 0, 0], [0, 0, 0.5]])
    assert winners(scores).tolist() == [1, -1, -1, -1, 2]


def test_offsets_are_added_to_logits_and_to_logarithms_of_probabilities() -> None:
    p = np.array([[0.7, 0.2, 0.1], [0.98, 0.01, 0.01]])
    cut = Cut(offsets=np.array([0.0, np.log(4), np.nan]))
    assert decide(p, SOFTMAX, cut).tolist() == [1, 0]  # 0.2 * 4 > 0.7, 0.01 * 4 < 0.98
    logits = Setting(SOFTMAX.classes, "logits", "softmax", 0.0)
    assert decide(np.log(p) + 17, logits, cut).tolist() == [1, 0]


def test_a_probability_of_zero_is_no_obstacle() -> None:
    p = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 0.0]])
    assert decide(p, SOFTMAX, Cut(offsets=np.array([3.0, 0.0, 0.0]))).tolist() == [1, 0]


def test_a_threshold_is_reached_by_equality_and_nan_keeps_the_cut() -> None:
    scores = np.array([[0.5, 0.3, 0.49], [0.4, 0.29, 0.51]], np.float32)
    assert decide(scores, SIGMOID).tolist() == [[True, False, False], [False, False, True]]
    cut = Cut(thresholds=np.array([np.nan, float(np.float32(0.3)), 0.6]))
    assert decide(scores, SIGMOID, cut).tolist() == [[True, True, False], [False, False, False]]


def test_a_score_that_is_nan_reaches_no_threshold() -> None:
    assert decide(np.array([[np.nan], [1.0]]), BINARY).tolist() == [0, 1]


def test_the_threshold_of_a_binary_task_is_that_of_class_one() -> None:
    scores = np.array([[-2.0], [-1.0], [1.0]])
    thresholds, offsets = in_class_order(Cut(thresholds=np.array([-1.0])), BINARY)
    assert (thresholds, offsets) == ((None, -1.0), None)
    remedy = Remedy("x", "macro-f1", None, None, None, thresholds, offsets, False)
    assert decide(scores, BINARY, cut_of(remedy, BINARY)).tolist() == [0, 1, 1]


@pytest.mark.parametrize("values", [(0.1, None, 0.3), (None, None, None)])
def test_what_stays_as_it_is_survives_the_way_through_a_remedy(values: tuple[float | None, ...]) -> None:
    remedy = Remedy("x", "macro-f1", None, None, None, values, None, False)
    assert in_class_order(cut_of(remedy, SIGMOID), SIGMOID) == (values, None)
    remedy = Remedy("x", "macro-f1", None, None, None, None, values, False)
    assert in_class_order(cut_of(remedy, SOFTMAX), SOFTMAX) == (None, values)


def test_shifts_and_positive_factors_of_logits_change_no_winner() -> None:
    z = np.random.default_rng(3).normal(size=(50, 4))
    shift = np.random.default_rng(4).normal(size=(50, 1)) * 100
    assert winners(z + shift).tolist() == winners(z).tolist() == winners(z * 7).tolist()
