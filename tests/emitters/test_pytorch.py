"""The emitted PyTorch modules, run on numpy stand-ins and compared with the formulas."""

import ast
import math

import numpy as np
import pytest

from imbalance_doctor.emitters import emit
from imbalance_doctor.model import Weights
from tests.emitters.parsing import literals
from tests.emitters.samples import binary, sample
from tests.emitters.stand_ins import run, tensor, torch_modules

RNG = np.random.default_rng(3)
Z = RNG.normal(size=(6, 3))
Y = np.array([0, 1, 2, 2, 1, 0])
LABELS = np.array([[1, 0, 0], [0, 0, 0], [1, 1, 1], [0, 1, 0], [0, 0, 1], [1, 0, 1]])
POSTERIOR = 1 / (1 + np.exp(-Z))


def softmax(z):
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)


def true_class(p):
    return p[np.arange(len(Y)), Y]


def module(weights: Weights):
    return run(emit("pytorch", weights), torch_modules())


def test_class_weights_go_into_cross_entropy_which_divides_by_the_weights_of_the_batch():
    weights = np.array([0.5, 2.0, 7.0])
    loss = module(sample(values=tuple(weights)))["criterion"](Z, Y)
    each = -np.log(true_class(softmax(Z)))
    assert loss == pytest.approx(sum(weights[Y] * each) / sum(weights[Y]), rel=1e-12)


def test_one_sample_alone_is_not_weighted_at_all():
    criterion = module(sample(values=(0.5, 2.0, 7.0)))["criterion"]
    assert criterion(Z[2:3], Y[2:3]) == pytest.approx(-math.log(softmax(Z)[2, 2]), rel=1e-12)


def test_pos_weights_multiply_the_positive_term_of_each_label():
    loss = module(sample("pos-weight", "multilabel", values=(2.0, 5.0, 9.0)))["criterion"](Z, LABELS)
    terms = np.where(LABELS == 1, -np.array([2.0, 5.0, 9.0]) * np.log(POSTERIOR), -np.log(1 - POSTERIOR))
    assert loss == pytest.approx(terms.mean(), rel=1e-12)


def test_a_binary_pos_weight_is_that_of_the_class_at_index_1():
    loss = module(binary("pos-weight", values=(0.25, 4.0)))["criterion"](Z[:, 0], LABELS[:, 0])
    terms = np.where(LABELS[:, 0] == 1, -4 * np.log(POSTERIOR[:, 0]), -np.log(1 - POSTERIOR[:, 0]))
    assert loss == pytest.approx(terms.mean(), rel=1e-12)


def test_a_pair_multiplies_both_terms_of_each_label():
    positive, negative = (2.0, 5.0, 9.0), (3.0, 0.5, 0.25)
    weights = sample("pair", "multilabel", values=positive, values_negative=negative)
    terms = np.where(LABELS == 1, -np.array(positive) * np.log(POSTERIOR), -np.array(negative) * np.log(1 - POSTERIOR))
    assert module(weights)["criterion"](Z, LABELS) == pytest.approx(terms.mean(), rel=1e-12)


def test_a_binary_pair_is_that_of_the_class_at_index_1():
    criterion = module(binary("pair", values=(9.0, 4.0), values_negative=(9.0, 0.5)))["criterion"]
    assert criterion(Z[:1, 0], np.array([1])) == pytest.approx(-4 * math.log(POSTERIOR[0, 0]), rel=1e-12)
    assert criterion(Z[:1, 0], np.array([0])) == pytest.approx(-0.5 * math.log(1 - POSTERIOR[0, 0]), rel=1e-12)


def test_logit_adjustment_multiplies_the_odds_by_the_prior_inside_the_loss():
    prior = np.array([0.6, 0.3, 0.1])
    loss = module(sample("offset", values=tuple(np.log(prior).tolist())))["criterion"](Z, Y)
    adjusted = softmax(Z) * prior
    adjusted /= adjusted.sum(axis=1, keepdims=True)
    assert loss == pytest.approx(-np.log(true_class(adjusted)).mean(), rel=1e-12)


def test_logit_adjustment_of_labels_multiplies_each_label_s_odds():
    odds = np.array([1.0, 0.25, 0.01])
    loss = module(sample("offset", "multilabel", values=tuple(np.log(odds).tolist())))["criterion"](Z, LABELS)
    adjusted = odds * np.exp(Z) / (1 + odds * np.exp(Z))
    assert loss == pytest.approx(np.where(LABELS == 1, -np.log(adjusted), -np.log(1 - adjusted)).mean(), rel=1e-12)


def test_a_margin_is_taken_from_the_true_logit_alone():
    margins = np.array([0.1, 0.2, 0.5])
    namespace = module(sample("margin", values=tuple(margins)))
    moved = Z.copy()
    moved[np.arange(6), Y] -= margins[Y]
    expected = -np.log(true_class(softmax(namespace["SCALE"] * moved))).mean()
    assert namespace["SCALE"] == 30.0
    assert namespace["criterion"](Z, Y) == pytest.approx(expected, rel=1e-12)


def test_a_sampler_repeats_a_row_by_the_factor_of_its_class():
    sampler = module(sample("repeat", values=(1.0, 1.5, 3.0)))["sampler"](Y)
    assert sampler.weights.tolist() == [1.0, 1.5, 3.0, 3.0, 1.5, 1.0]
    assert (sampler.num_samples, sampler.replacement) == (11, True)


def test_a_row_with_several_labels_repeats_as_its_rarest_and_one_without_labels_once():
    sampler = module(sample("repeat", "multilabel", values=(1.0, 1.5, 3.0)))["sampler"](LABELS)
    assert sampler.weights.tolist() == [1.0, 1.0, 3.0, 1.5, 3.0, 3.0]


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        (sample("offset", values=(-0.5, -1.0, -2.0), scheme="prior-bias"), [-0.5, -1.0, -2.0]),
        (binary("offset", values=(2.0, -2.0), scheme="prior-bias"), [-2.0]),
    ],
)
def test_a_prior_bias_is_put_into_the_last_layer(weights, expected):
    class Head:
        bias = tensor([0.0] * len(expected))

    module(weights)["initialise_bias"](Head)
    assert Head.bias.tolist() == expected


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        # counts 90, 45, 30 of 165 samples: shares of a softmax
        (sample(), [90 / 165, 45 / 165, 30 / 165]),
        # of 200 samples: odds of a sigmoid for each label
        (sample("pos-weight", "multilabel"), [90 / 110, 45 / 155, 30 / 170]),
        # two logits, and one
        (binary(), [90 / 135, 45 / 135]),
        (binary("pos-weight"), [45 / 90]),
    ],
)
def test_the_starting_bias_is_the_log_of_the_share_or_of_the_odds(weights, expected):
    found = literals(emit("pytorch", weights))["BIAS_INIT"]
    assert found == pytest.approx([math.log(x) for x in expected], rel=1e-15)


@pytest.mark.parametrize("counts", [(90, 45, 0), (200, 45, 30)])
def test_a_class_on_no_sample_or_on_all_has_no_starting_bias(counts):
    text = emit("pytorch", sample("pos-weight", "multilabel", counts=counts))
    assert "BIAS_INIT" not in literals(text)
    assert "# No BIAS_INIT" in text


def test_the_positive_class_is_named_only_if_its_name_is_plain():
    assert "index 1, yes. " in emit("pytorch", binary("pos-weight"))
    text = emit("pytorch", binary("pos-weight", classes=("a", 'x"\nimport os')))
    assert "index 1, CLASSES[1]. " in text
    assert [n.names[0].name for n in ast.parse(text).body if isinstance(n, ast.Import)] == ["torch"]


def test_the_head_gives_scale_and_boundary_of_the_class_that_is_used():
    top = emit("pytorch", binary("pos-weight", values=(0.25, 4.0), boundary_after=(0.8, 0.2))).split("import")[0]
    # 45 positives of weight 4, 90 negatives of weight 1
    assert "# 2 classes, 135 samples, sample mean 2\n" in top
    assert "# with these numbers a 0.5 cut fires at a true posterior of 0.2\n" in top
    assert "posterior of 0.166667 to 0.5, by class\n" in emit("pytorch", sample())


def test_a_scheme_that_is_not_plain_does_not_reach_a_comment():
    text = emit("pytorch", sample(scheme="x\nimport os", normalisation="coding: utf-7", parameters={"a\nb": "c\nd"}))
    assert "# scheme unnamed, kind class-weight, task multiclass, normalisation unnamed\n" in text
    assert r"# parameters: unnamed = 'c\nd'" in text
