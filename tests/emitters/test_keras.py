"""The emitted Keras modules, run on numpy stand-ins and compared with the formulas."""

import numpy as np
import pytest

from imbalance_doctor.emitters import emit
from imbalance_doctor.model import Weights
from tests.emitters.parsing import literals
from tests.emitters.samples import binary, sample
from tests.emitters.stand_ins import keras_modules, run

RNG = np.random.default_rng(5)
Z = RNG.normal(size=(4, 3))
Y = np.array([0, 1, 2, 2])
LABELS = np.array([[1, 0, 0], [0, 0, 0], [1, 1, 1], [0, 1, 0]])
POSTERIOR = 1 / (1 + np.exp(-Z))


def softmax(z):
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)


def module(weights: Weights):
    return run(emit("keras", weights), keras_modules())


def test_class_weights_are_keyed_by_index_whatever_the_names():
    for names in (("cat", "dog", "bird"), ("10", "2", "0")):
        namespace = module(sample(classes=names, values=(0.5, 2.0, 7.0)))
        assert namespace["CLASS_WEIGHT"] == {0: 0.5, 1: 2.0, 2: 7.0}
        assert namespace["CLASSES"] == list(names)
    assert module(binary())["CLASS_WEIGHT"] == {0: 0.25, 1: 4.0}


def test_the_dict_is_guarded_against_an_index_that_is_missing():
    text = emit("keras", sample()).replace("    1: 3.0,  # 45\n", "")
    with pytest.raises(AssertionError, match="one weight per output"):
        run(text, keras_modules())


@pytest.mark.parametrize("kind", ["pos-weight", "pair"])
def test_each_label_has_its_own_factors(kind):
    positive, negative = np.array([2.0, 5.0, 9.0]), np.array([3.0, 0.5, 0.25])
    weights = sample(kind, "multilabel", values=tuple(positive))
    if kind == "pair":
        weights = sample(kind, "multilabel", values=tuple(positive), values_negative=tuple(negative))
    loss = module(weights)["weighted_bce"](LABELS, Z)
    terms = np.where(
        LABELS == 1, -positive * np.log(POSTERIOR), -(negative if kind == "pair" else 1) * np.log(1 - POSTERIOR)
    )
    assert loss == pytest.approx(terms.mean(axis=1), rel=1e-12)


@pytest.mark.parametrize(("kind", "w0"), [("pos-weight", 1.0), ("pair", 0.5)])
def test_a_single_output_is_for_the_class_at_index_1(kind, w0):
    negative = (9.0, 0.5) if kind == "pair" else None
    loss = module(binary(kind, values=(9.0, 4.0), values_negative=negative))["weighted_bce"](LABELS[:, :1], Z[:, :1])
    p = POSTERIOR[:, 0]
    assert loss == pytest.approx(np.where(LABELS[:, 0] == 1, -4 * np.log(p), -w0 * np.log(1 - p)), rel=1e-12)


def test_logit_adjustment_multiplies_the_odds_by_the_prior_inside_the_loss():
    prior = np.array([0.6, 0.3, 0.1])
    loss = module(sample("offset", values=tuple(np.log(prior).tolist())))["logit_adjusted_loss"](Y, Z)
    adjusted = softmax(Z) * prior
    adjusted /= adjusted.sum(axis=1, keepdims=True)
    assert loss == pytest.approx(-np.log(adjusted[np.arange(4), Y]), rel=1e-12)


def test_logit_adjustment_of_labels_multiplies_each_label_s_odds():
    odds = np.array([1.0, 0.25, 0.01])
    weights = sample("offset", "multilabel", values=tuple(np.log(odds).tolist()))
    adjusted = odds * np.exp(Z) / (1 + odds * np.exp(Z))
    terms = np.where(LABELS == 1, -np.log(adjusted), -np.log(1 - adjusted))
    assert module(weights)["logit_adjusted_loss"](LABELS, Z) == pytest.approx(terms.mean(axis=1), rel=1e-12)


@pytest.mark.parametrize("shape", [(4,), (4, 1)])
def test_a_margin_is_taken_from_the_true_logit_alone(shape):
    margins = np.array([0.1, 0.2, 0.5])
    moved = Z.copy()
    moved[np.arange(4), Y] -= margins[Y]
    expected = -np.log(softmax(30 * moved)[np.arange(4), Y])
    loss = module(sample("margin", values=tuple(margins)))["margin_loss"](Y.reshape(shape), Z)
    assert loss == pytest.approx(expected, rel=1e-12)


def test_a_prior_bias_is_an_initialiser_of_the_last_layer():
    initialiser = module(sample("offset", values=(-0.5, -1.0, -2.0), scheme="prior-bias"))["bias_initializer"]
    assert initialiser((3,), dtype="float64").tolist() == [-0.5, -1.0, -2.0]
    one = module(binary("offset", values=(2.0, -2.0), scheme="prior-bias"))["bias_initializer"]
    assert one((1,), dtype="float64").tolist() == [-2.0]


@pytest.mark.parametrize("kind", ["pos-weight", "pair", "offset"])
def test_a_metric_on_logits_is_told_to_cut_at_zero(kind):
    assert "BinaryAccuracy(threshold=0.0)" in emit("keras", sample(kind, "multilabel"))


def test_counts_stand_beside_the_weights():
    text = emit("keras", sample())
    assert literals(text)["COUNTS"] == [90, 45, 30]
    assert "    1: 3.0,  # 45\n" in text
