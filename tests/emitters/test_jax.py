"""The emitted JAX modules, executed: losses against formulas in numpy, gradients, labels that would wrap round."""

import math

import numpy as np
import pytest

from imbalance_doctor.emitters import emit
from tests.awkward import NAMES, values_for
from tests.emitters.refusals import refusal
from tests.emitters.samples import binary, sample

RNG = np.random.default_rng(3)
Z = RNG.normal(size=(6, 3))
Y = np.array([0, 2, 1, 2, 2, 0])
LABELS = np.array([[1, 0, 0], [0, 0, 0], [1, 1, 1], [0, 1, 0], [0, 0, 1], [1, 0, 1]])
P = 1 / (1 + np.exp(-Z))
POSITIVE, NEGATIVE = np.array([2.0, 5.0, 9.0]), np.array([3.0, 0.5, 0.25])


def softmax(z):
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)


def run(weights):
    """The module, executed in jax with 64 bits."""
    jax = pytest.importorskip("jax")
    pytest.importorskip("optax")
    jax.config.update("jax_enable_x64", True)
    found: dict = {}
    exec(emit("jax", weights), found)  # noqa: S102
    return jax, found


@pytest.mark.frameworks
@pytest.mark.parametrize("names", [("2", "10", "9"), ("b", "a", "c"), ('"); import os; ("', "\u202eleft", "no")])
def test_every_row_weighs_as_its_class_whatever_the_names(names):
    jax, module = run(sample(classes=names, values=tuple(POSITIVE)))
    expected = np.mean(POSITIVE[Y] * -np.log(softmax(Z)[np.arange(6), Y]))
    loss = module["weighted_cross_entropy"]
    assert float(loss(Z, Y)) == pytest.approx(expected, rel=1e-12)
    assert float(jax.jit(loss)(Z, Y)) == pytest.approx(expected, rel=1e-12)
    assert module["CLASSES"] == list(names)


@pytest.mark.frameworks
def test_the_gradient_is_the_weighted_error_of_the_softmax():
    jax, module = run(sample(values=tuple(POSITIVE)))
    expected = POSITIVE[Y][:, None] * (softmax(Z) - np.eye(3)[Y]) / 6
    assert np.asarray(jax.grad(module["weighted_cross_entropy"])(Z, Y)) == pytest.approx(expected, abs=1e-12)


@pytest.mark.frameworks
def test_a_negative_label_is_left_out_and_one_beyond_the_last_is_nan():
    jax, module = run(sample(values=tuple(POSITIVE)))
    loss = module["weighted_cross_entropy"]
    padded = np.array([0, 2, -1, -100, 2, 0])
    kept = padded >= 0
    assert float(loss(Z, padded)) == pytest.approx(float(loss(Z[kept], padded[kept])), rel=1e-12)
    assert np.asarray(jax.grad(loss)(Z, padded))[~kept].tolist() == [[0.0] * 3] * 2
    assert math.isnan(float(loss(Z, np.array([0, 2, 3, 2, 2, 0]))))
    assert float(loss(Z, np.full(6, -1))) == 0.0


@pytest.mark.frameworks
def test_sequences_of_labels_have_any_number_of_axes():
    _, module = run(sample(values=tuple(POSITIVE)))
    loss = module["weighted_cross_entropy"]
    assert float(loss(Z.reshape(2, 3, 3), Y.reshape(2, 3))) == pytest.approx(float(loss(Z, Y)), rel=1e-12)


@pytest.mark.frameworks
@pytest.mark.parametrize("kind", ["pos-weight", "pair"])
def test_each_label_has_its_own_factors(kind):
    negative = NEGATIVE if kind == "pair" else np.ones(3)
    changes = {"values_negative": tuple(NEGATIVE)} if kind == "pair" else {}
    jax, module = run(sample(kind, "multilabel", values=tuple(POSITIVE), **changes))
    terms = np.where(LABELS == 1, -POSITIVE * np.log(P), -negative * np.log(1 - P))
    assert float(module["weighted_bce"](Z, LABELS)) == pytest.approx(terms.mean(), rel=1e-12)
    gradient = np.where(LABELS == 1, -POSITIVE * (1 - P), negative * P) / LABELS.size
    assert np.asarray(jax.grad(module["weighted_bce"])(Z, LABELS)) == pytest.approx(gradient, abs=1e-12)


@pytest.mark.frameworks
@pytest.mark.parametrize(("kind", "w0"), [("pos-weight", 1.0), ("pair", 0.5)])
def test_a_single_output_is_for_the_class_at_index_1(kind, w0):
    changes = {"values_negative": (7.0, 0.5)} if kind == "pair" else {}
    _, module = run(binary(kind, values=(9.0, 4.0), **changes))
    p, t = P[:, 0], LABELS[:, 0]
    expected = np.mean(np.where(t == 1, -4 * np.log(p), -w0 * np.log(1 - p)))
    assert float(module["weighted_bce"](Z[:, 0], t)) == pytest.approx(expected, rel=1e-12)


@pytest.mark.frameworks
def test_logit_adjustment_multiplies_the_odds_by_the_prior_inside_the_loss():
    prior = np.array([0.6, 0.3, 0.1])
    _, module = run(sample("offset", values=tuple(np.log(prior).tolist())))
    adjusted = softmax(Z) * prior
    adjusted /= adjusted.sum(axis=1, keepdims=True)
    loss = module["logit_adjusted_loss"]
    assert float(loss(Z, Y)) == pytest.approx(-np.log(adjusted[np.arange(6), Y]).mean(), rel=1e-12)
    padded = np.array([0, 2, -1, 2, 2, 0])
    assert float(loss(Z, padded)) == pytest.approx(float(loss(Z[padded >= 0], padded[padded >= 0])), rel=1e-12)


@pytest.mark.frameworks
def test_logit_adjustment_of_labels_multiplies_each_label_s_odds():
    odds = np.array([1.0, 0.25, 0.01])
    _, module = run(sample("offset", "multilabel", values=tuple(np.log(odds).tolist())))
    adjusted = odds * np.exp(Z) / (1 + odds * np.exp(Z))
    terms = np.where(LABELS == 1, -np.log(adjusted), -np.log(1 - adjusted))
    assert float(module["logit_adjusted_loss"](Z, LABELS)) == pytest.approx(terms.mean(), rel=1e-12)


@pytest.mark.frameworks
def test_a_margin_is_taken_from_the_true_logit_alone():
    margins = np.array([0.1, 0.2, 0.5])
    _, module = run(sample("margin", values=tuple(margins)))
    moved = Z.copy()
    moved[np.arange(6), Y] -= margins[Y]
    expected = -np.log(softmax(30 * moved)[np.arange(6), Y]).mean()
    assert float(module["margin_loss"](Z, Y)) == pytest.approx(expected, rel=1e-12)


@pytest.mark.frameworks
def test_a_prior_bias_is_an_initialiser_of_the_last_layer():
    jax, module = run(sample("offset", values=(-0.5, -1.0, -2.0), scheme="prior-bias"))
    assert module["bias_init"](jax.random.key(0), (3,)).tolist() == pytest.approx([-0.5, -1.0, -2.0])
    jax, module = run(binary("offset", values=(2.0, -2.0), scheme="prior-bias"))
    assert module["bias_init"](jax.random.key(0), (1,)).tolist() == [-2.0]


@pytest.mark.frameworks
def test_the_boundary_moves_to_the_posterior_that_is_promised():
    """A constant logit trained on 10 positives in 100 under pos_weight 9 stands at the cut: posterior 0.1."""
    jax, module = run(binary("pos-weight", values=(1 / 9, 9.0)))
    targets = np.repeat([1.0, 0.0], [10, 90])
    slope = jax.grad(lambda z: module["weighted_bce"](z * np.ones(100), targets))
    assert float(slope(0.0)) == pytest.approx(0, abs=1e-12)
    assert float(slope(0.5)) > 0 > float(slope(-0.5))


@pytest.mark.frameworks
def test_every_awkward_name_survives():
    _, module = run(sample(classes=NAMES, values=values_for(len(NAMES))))
    assert tuple(module["CLASSES"]) == NAMES
    assert tuple(module["WEIGHTS"]) == values_for(len(NAMES))


def test_it_has_no_sampler():
    error = refusal("jax", "multiclass", "repeat")
    assert "JAX loads no data" in error.message
    assert "--scheme power" in error.hint


def test_a_weight_on_both_terms_of_a_label_is_refused():
    assert "the boundary does not move" in refusal("jax", "multilabel", "class-weight").message
