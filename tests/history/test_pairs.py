"""Which loss belongs to which metric."""

import math

import pytest

from imbalance_doctor.history.pairs import finite, is_accuracy, pairs, partner, share, stem, written
from tests.history.curves import series


@pytest.mark.parametrize(
    ("loss", "metric", "rest"),
    [
        ("loss", "accuracy", ""),
        ("val_loss", "val_sparse_categorical_accuracy", ""),
        ("train/loss", "train/acc", ""),
        ("eval_g0_loss", "eval_g0_accuracy", "g0"),
        ("epoch_loss", "epoch_accuracy", "epoch"),
        ("train-logloss", "train-error", ""),
        ("valid_0's binary_logloss", "valid_0's binary_error", "0_s"),
        ("head1_loss", "head1_binary_accuracy", "head1"),
    ],
)
def test_names_agree_once_role_and_split_are_taken_off(loss, metric, rest):
    assert stem(series(loss, [1.0])) == stem(series(metric, [1.0])) == rest


def test_parts_of_a_loss_have_no_accuracy_of_their_own():
    parts = [series(name, [1.0, 0.5]) for name in ("total_loss", "loss_cls", "loss_box_reg")]
    parts += [series(name, [0.5, 0.7]) for name in ("fast_rcnn/cls_accuracy", "mask_rcnn/accuracy")]
    assert pairs(parts) == []


def test_one_loss_and_one_accuracy_belong_together_whatever_they_are_called():
    (pair,) = pairs([series("my_loss", [1.0]), series("head_acc", [0.5])])
    assert (pair.loss.name, pair.metric.name) == ("my_loss", "head_acc")


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("acc", True), ("top_5_accuracy", False), ("top1_acc", True), ("error", True), ("terror", False), ("f1", False)],
)
def test_accuracy_is_of_the_first_answer(name, is_one):
    assert is_accuracy(series(name, [0.5])) is is_one


def test_per_cent_and_error_rates_become_shares():
    assert [p.value for p in share(series("acc", ["49.85", "50.62"]))] == pytest.approx([0.4985, 0.5062])
    assert share(series("acc", ["49.85"]))[0].half_width == pytest.approx(5e-5)
    assert share(series("error", ["0.5015"]))[0].value == pytest.approx(0.4985)


def test_a_column_has_the_digits_of_its_longest_value():
    acc = series("acc", ["0.5", "0.4985", "0.51"])
    assert written(acc) == 4
    assert {point.decimals for point in finite(acc)} == {4}
    assert written(series("acc", [0.5])) is None


def test_what_is_no_number_is_left_out_and_what_is_too_large_is_held():
    assert [p.value for p in finite(series("loss", [1.0, math.nan, 1e300, math.inf]))] == [1.0, 1e100]


def test_the_partner_of_a_loss_is_its_accuracy_else_another_score():
    loss, f1, acc = series("loss", [1.0]), series("f1", [0.1]), series("acc", [0.5])
    assert partner(loss, [loss, f1, acc]) is acc
    assert partner(loss, [loss, f1]) is f1
    assert partner(loss, [loss, series("val_acc", [0.5]), series("acc", [math.nan])]) is None
