"""What known faults print, against numbers printed by the frameworks, in public logs and in the literature."""

import math

import numpy as np
import pytest
from sklearn.metrics import log_loss

from imbalance_doctor.history import constants
from imbalance_doctor.history.constants import CLIPS, constant_answers, double_sigmoid, double_softmax, floors, lines
from imbalance_doctor.history.faults import WIRING, fault
from imbalance_doctor.model import ClassCounts
from tests.v2ex import COUNTS

CLIP = {clip.name: clip for clip in CLIPS}
PRICES = {
    "keras2-bce": (15.4249485, 15.3332390),  # keras 2.15, run
    "keras3-bce": (16.1180957, 15.9423847),  # keras 3.15, run; early Keras, public logs
    "torch-bce": (100.0, 100.0),  # torch 2.13, run
    "log-loss-float64": (36.0436534, 36.0436534),  # scikit-learn 1.9.1, run
    "log-loss-1e-15": (34.5387764, 34.5387764),
    "xgboost-logloss": (36.8413615, 36.8413615),  # XGBoost 3.2.0, run
    "log-loss-1e-5": (11.5129, 11.5129),
    "log-loss-1e-6": (13.8155, 13.8155),
    "log-loss-1e-8": (18.4207, 18.4207),
    "log-loss-1e-10": (23.0259, 23.0259),
    "log-loss-1e-12": (27.6310, 27.6310),
}


@pytest.mark.parametrize(("name", "prices"), PRICES.items())
def test_a_clip_charges_what_its_framework_prints(name, prices):
    assert (CLIP[name].false_negative, CLIP[name].false_positive) == pytest.approx(prices, abs=5e-5)


def test_every_clip_has_a_printed_number():
    assert set(CLIP) == set(PRICES)


def test_the_clip_of_tf_keras_2_is_single_precision_arithmetic():
    epsilon, one = np.float32(1e-7), np.float32(1)
    assert CLIP["keras2-bce"].false_negative == pytest.approx(-math.log(float(epsilon + epsilon)), rel=1e-7)
    highest = one - epsilon
    assert CLIP["keras2-bce"].false_positive == pytest.approx(-math.log(float(one - highest + epsilon)), rel=1e-7)
    assert CLIP["keras3-bce"].false_positive == pytest.approx(-math.log(float(one - highest)), rel=1e-7)


@pytest.mark.parametrize(("dtype", "price"), [("float64", "log-loss-float64"), ("float32", "keras3-bce")])
def test_scikit_learn_charges_hard_answers_the_epsilon_of_their_type(dtype, price):
    printed = log_loss([0, 0, 1, 1], np.array([[1, 0], [0, 1], [0, 1], [0, 1]], dtype=dtype))
    assert printed / 0.25 == pytest.approx(CLIP[price].false_positive, rel=1e-6)


@pytest.mark.parametrize(
    ("name", "accuracy", "loss"),
    [
        ("keras2-bce-false-negatives", 0.5, 7.7125),
        ("keras2-bce-false-positives", 0.5, 7.6666),
        ("keras2-bce-false-positives", 0.497, 7.7126),
        ("keras3-bce-false-negatives", 0.6448, 5.7251),
        ("keras3-bce-false-positives", 0.44, 8.9277),
        ("torch-bce", 0.1, 90.0),
        ("xgboost-logloss", 0.5, 18.4207),
        ("hard-outputs", 0.25, 0.75),
        ("nll-on-probabilities", 0.9, -0.9),
        ("one-unit-softmax", 0.5, 0.0),
        ("softmax-before-cross-entropy-10", 0.1, 2.3612),
    ],
)
def test_a_line_prints_its_loss_beside_an_accuracy(name, accuracy, loss):
    line = next(line for line in lines(None) if line.name == name)
    assert line.loss(1 - accuracy) == pytest.approx(loss, abs=6e-5)


def test_a_softmax_in_the_log_or_several_classes_in_the_labels_rename_the_same_number():
    assert "keras3-bce-false-negatives" in {line.name for line in lines(None)}
    for several in (lines(None, categorical=True), lines(ClassCounts.of([5, 5, 5]))):
        names = {line.name: line.slope for line in several}
        assert names["categorical-saturation"] == pytest.approx(16.1180957, abs=1e-7)
        assert "keras3-bce-false-negatives" not in names


def test_the_labels_say_how_many_classes_there_are():
    numbers = {line.classes for line in lines(ClassCounts.of([50, 30, 20])) if line.classes}
    assert numbers == {3}
    assert not {line.classes for line in lines(ClassCounts.of([50, 30], n_samples=100)) if line.classes}


@pytest.mark.parametrize(
    ("k", "floor", "ceiling"),
    [
        (2, 0.3133, 1.3133),
        (3, 0.5514, 1.5514),
        (4, 0.7437, 1.7437),
        (5, 0.9048, 1.9048),
        (10, 1.4612, 2.4612),
        (20, 2.0782, 3.0782),
        (100, 3.6222, 4.6222),
        (120, 3.8017, 4.8017),
        (1000, 5.9095, 6.9095),
    ],
)
def test_a_double_softmax_never_leaves_its_band(k, floor, ceiling):
    assert double_softmax(k) == pytest.approx((floor, ceiling), abs=5e-5)


def test_a_double_sigmoid_is_pinned_near_ln_2_on_rare_labels():
    assert double_sigmoid(0.01) == pytest.approx(0.6893, abs=5e-5)
    assert double_sigmoid(1.0) == pytest.approx(0.3133, abs=5e-5)
    assert double_sigmoid(0.0) == pytest.approx(0.6931, abs=5e-5)


def test_dice_of_one_class_is_one_less_the_share_of_the_classes():
    assert constants.one_class_dice(3) == pytest.approx(0.6667, abs=5e-5)
    assert constants.one_class_dice(5) == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("k", "loss"), [(2, 0.6931), (3, 1.0986), (4, 1.3863), (10, 2.3026), (20, 2.9957), (1000, 6.9078)]
)
def test_without_labels_the_floors_are_ln_k(k, loss):
    assert floors(None)[f"uniform-output-{k}"] == pytest.approx(loss, abs=5e-5)


@pytest.mark.parametrize(
    ("p", "entropy", "pos_weight", "pair", "focal", "focal_25", "mse"),
    [
        (0.1, 0.3251, 1.2477, 0.1248, 0.0878, 0.0311, 0.09),
        (0.01, 0.0560, 1.3724, 0.01372, 0.01732, 0.00542, 0.0099),
        (0.001, 0.0079, 1.3849, 0.001385, 0.00265, 0.00077, 0.000999),
    ],
)
def test_with_two_classes_every_loss_has_a_floor_of_its_own(p, entropy, pos_weight, pair, focal, focal_25, mse):
    found = floors(ClassCounts.of({"no": round(100_000 * (1 - p)), "yes": round(100_000 * p)}))
    names = (
        "prior-entropy",
        "bce-pos-weight-mean-prior",
        "bce-complement-pair-mean-prior",
        "focal-2-prior",
        "focal-2-alpha-25-mean-prior",
        "mse-prior",
    )
    expected = (entropy, pos_weight, pair, focal, focal_25, mse)
    for name, value in zip(names, expected, strict=True):
        assert found[name] == pytest.approx(value, rel=0.01), name


def test_with_several_classes_the_entropy_is_that_of_the_shares():
    assert floors(ClassCounts.of([90, 9, 1]))["prior-entropy"] == pytest.approx(0.3576, abs=5e-5)
    assert floors(ClassCounts.of(COUNTS))["prior-entropy"] == pytest.approx(3.9580, abs=5e-5)


@pytest.mark.parametrize(("n", "mean"), [(50_000, 0.0623), (55_000, 0.0579), (60_000, 0.0541)])
def test_of_label_sets_it_is_the_mean_entropy_of_the_labels(n, mean):
    found = floors(ClassCounts.of(COUNTS, n_samples=n))
    assert found["prior-entropy"] == pytest.approx(mean, abs=5e-5)
    assert found["bce-sum-prior"] == pytest.approx(120 * mean, rel=1e-3)
    assert found["uniform-output"] == pytest.approx(0.6931, abs=5e-5)


def test_no_floor_is_named_twice_and_none_is_zero():
    for counts in (ClassCounts.of([700, 300]), ClassCounts.of([90, 9, 1]), ClassCounts.of(COUNTS, n_samples=55_000)):
        values = list(floors(counts).values())
        assert len(set(values)) == len(values)
        assert min(values) > 0


def test_labels_without_samples_have_no_floors_and_no_answers():
    empty = ClassCounts.of({"a": 0, "b": 0})
    assert floors(empty) == {}
    assert constant_answers(empty) == {}


FER_2013 = ClassCounts.of([3995, 436, 4097, 7215, 4830, 3171, 4965])
SLEEP = ClassCounts.of({"N2": 17_009, "N1": 2_804, "N3": 5_703, "REM": 6_551, "W": 8_285})
"""17,009 of 40,352 are published with the log; the others only add up to the rest."""


def test_a_constant_answer_scores_the_share_of_its_class():
    assert constant_answers(FER_2013)["0"]["accuracy"] == pytest.approx(0.139155, abs=5e-7)
    sleep = constant_answers(SLEEP)["N2"]
    assert sleep["accuracy"] == pytest.approx(0.42152, abs=5e-6)
    assert sleep["macro_f1"] == pytest.approx(0.11861, abs=5e-6)


def test_the_binary_f1_of_always_yes_is_that_of_the_second_class():
    answers = constant_answers(ClassCounts.of({"no": 990, "yes": 10}))
    assert answers["yes"]["f1"] == pytest.approx(2 * 0.01 / 1.01)
    assert "f1" not in answers["no"]


def test_of_label_sets_the_constant_answer_is_none_at_all():
    answers = constant_answers(ClassCounts.of(COUNTS, n_samples=55_000))
    assert answers["all zero"]["accuracy"] == pytest.approx(0.98710, abs=5e-6)


def test_every_name_has_its_words():
    names = [line.name for line in (*lines(None), *lines(ClassCounts.of([5, 5, 5])))]
    for name in names:
        known = fault(name)
        assert known.kind == "wiring"
        assert known.title
        assert known.meaning
        assert known.remedy
    for name in (*floors(None), *floors(ClassCounts.of([700, 300]))):
        assert fault(name).kind == "floor"
        assert fault(name).title
    assert len({known.title for known in WIRING.values()}) == len(WIRING)
