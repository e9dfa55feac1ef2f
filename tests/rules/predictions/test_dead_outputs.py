"""The constants against those found by minimising each loss numerically, printed to four digits or more elsewhere."""

import math

import pytest

from imbalance_doctor.rules.predictions._dead_outputs import (
    CLOSE,
    SLOPES,
    dead_output,
    explain,
    sigmoid_table,
    softmax_table,
)

ORACLE = {
    "focal loss, gamma 2": {0.5: 0.5, 0.1: 0.3057871981, 0.01: 0.1536243731, 0.001: 0.0727464727},
    "focal loss, gamma 2, alpha 0.25": {0.5: 0.3988240464, 0.1: 0.2265889431, 0.01: 0.1083798191, 0.001: 0.0503470234},
    "focal loss, gamma 2, alpha 0.75": {0.5: 0.6011759539, 0.1: 0.3988240490, 0.01: 0.2138457238, 0.001: 0.1044321460},
    "asymmetric loss, gammas 4 and 1, margin 0.05": {
        0.5: 0.6384520891,
        0.1: 0.4680290628,
        0.01: 0.3214427005,
        0.001: 0.2228105551,
    },
    "asymmetric loss, gammas 4 and 0, margin 0.05": {
        0.5: 0.6837063691,
        0.1: 0.4775176229,
        0.01: 0.3191761221,
        0.001: 0.2191127696,
    },
    "Poly-1 cross-entropy, epsilon 1": {0.5: 0.5, 0.1: 0.0569995318, 0.01: 0.0050631935, 0.001: 0.0005006258},
}


@pytest.mark.parametrize(("loss", "prior"), [(loss, p) for loss, row in ORACLE.items() for p in row])
def test_the_constant_is_the_numerical_minimum(loss, prior):
    assert dead_output(loss, prior) == pytest.approx(ORACLE[loss][prior], rel=1e-6)


def test_every_loss_has_an_oracle():
    assert set(SLOPES) == set(ORACLE)


@pytest.mark.parametrize(
    ("outputs", "loss"),
    [
        ([0.1, 0.01], "plain cross-entropy or squared error"),
        ([0.5, 0.5], "balanced weights, pos_weight (1-p)/p, or no training at all"),
        ([0.3058, 0.1536], "focal loss, gamma 2"),
        ([0.2266, 0.1084], "focal loss, gamma 2, alpha 0.25"),
        ([0.057, 0.00506], "Poly-1 cross-entropy, epsilon 1"),
        ([0.25, 0.0913], "pos_weight sqrt((1-p)/p)"),
        ([1e-9, 1e-9], "absolute error (MAE), which goes to 0 or 1"),
    ],
)
def test_two_labels_at_ten_and_one_per_cent_name_their_loss(outputs, loss):
    assert explain(outputs, sigmoid_table([0.1, 0.01])) == [loss]


def test_losses_that_cannot_be_told_apart_are_named_together():
    both = explain([0.3214, 0.468], sigmoid_table([0.01, 0.1]))
    assert [name[:27] for name in both] == ["asymmetric loss, gammas 4 a"] * 2
    assert "plain cross-entropy or squared error" in explain([0.5], sigmoid_table([0.5]))
    assert len(explain([0.5], sigmoid_table([0.5]))) > 3


def test_a_constant_of_no_loss_names_none():
    assert explain([0.9, 0.7], sigmoid_table([0.1, 0.01])) == []
    assert explain([], {}) == []


def test_the_limit_is_a_distance_of_logits():
    p = 0.01
    odds = p / (1 - p)
    near, far = (odds * math.exp(CLOSE * factor) for factor in (0.9, 1.1))
    assert explain([near / (1 + near)], sigmoid_table([p]))
    assert not explain([far / (1 + far)], sigmoid_table([p]))


def test_classes_that_compete_settle_at_prior_root_or_even():
    table = softmax_table([0.81, 0.16, 0.03])
    assert explain([0.81, 0.16, 0.03], table) == ["plain cross-entropy"]
    assert explain([1 / 3] * 3, table) == ["balanced weights, logit-adjusted cross-entropy, or no training at all"]
    assert explain([0.612, 0.272, 0.118], table) == ["weights in proportion to 1/sqrt(p)"]
