"""The emitted PaddlePaddle criteria and sampler, executed: values, gradients, class order, frequencies."""

import math

import numpy as np
import pytest

from imbalance_doctor.emitters import emit
from tests.emitters.refusals import refusal
from tests.emitters.samples import binary, sample

NAMES = ("10", "9", '"); import os; ("')
RNG = np.random.default_rng(3)
Z = RNG.normal(size=(6, 3))
Y = np.array([0, 2, 1, 2, 2, 0])
LABELS = np.array([[1, 0, 0], [0, 0, 0], [1, 1, 1], [0, 1, 0], [0, 0, 1], [1, 0, 1]], dtype=float)
P = 1 / (1 + np.exp(-Z))
POSITIVE, NEGATIVE = np.array([2.0, 5.0, 9.0]), np.array([3.0, 0.5, 0.25])


def softmax(z):
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)


def run(weights):
    paddle = pytest.importorskip("paddle")
    found: dict = {}
    exec(emit("paddle", weights), found)  # noqa: S102
    return paddle, found


def measured(paddle, criterion, z, y):
    """Loss and gradient in float32."""
    logits = paddle.to_tensor(z, dtype="float32", stop_gradient=False)
    loss = criterion(logits, paddle.to_tensor(y))
    loss.backward()
    return float(loss), logits.grad.numpy()


@pytest.mark.frameworks
def test_cross_entropy_weighs_a_row_as_its_class_and_divides_by_the_weights():
    paddle, module = run(sample(classes=NAMES, values=tuple(POSITIVE)))
    loss, gradient = measured(paddle, module["criterion"], Z, Y)
    w = POSITIVE[Y]
    assert loss == pytest.approx((w * -np.log(softmax(Z)[np.arange(6), Y])).sum() / w.sum(), rel=1e-5)
    assert gradient == pytest.approx(w[:, None] * (softmax(Z) - np.eye(3)[Y]) / w.sum(), abs=1e-6)


@pytest.mark.frameworks
@pytest.mark.parametrize("kind", ["pos-weight", "pair"])
def test_each_label_has_its_own_factors(kind):
    negative = NEGATIVE if kind == "pair" else np.ones(3)
    changes = {"values_negative": tuple(NEGATIVE)} if kind == "pair" else {}
    paddle, module = run(sample(kind, "multilabel", NAMES, tuple(POSITIVE), **changes))
    loss, gradient = measured(paddle, module["criterion"], Z, LABELS.astype("float32"))
    terms = np.where(LABELS == 1, -POSITIVE * np.log(P), -negative * np.log(1 - P))
    assert loss == pytest.approx(terms.mean(), rel=1e-5)
    expected = np.where(LABELS == 1, -POSITIVE * (1 - P), negative * P) / LABELS.size
    assert gradient == pytest.approx(expected, abs=1e-6)


@pytest.mark.frameworks
@pytest.mark.parametrize(("kind", "w0"), [("pos-weight", 1.0), ("pair", 0.5)])
def test_a_single_output_is_for_the_class_at_index_1(kind, w0):
    changes = {"values_negative": (7.0, 0.5)} if kind == "pair" else {}
    paddle, module = run(binary(kind, values=(9.0, 4.0), **changes))
    t = LABELS[:, :1].astype("float32")
    loss, _ = measured(paddle, module["criterion"], Z[:, :1], t)
    p = P[:, :1]
    assert loss == pytest.approx(np.where(t == 1, -4 * np.log(p), -w0 * np.log(1 - p)).mean(), rel=1e-5)


@pytest.mark.frameworks
def test_logit_adjustment_multiplies_the_odds_by_the_prior_inside_the_loss():
    prior = np.array([0.6, 0.3, 0.1])
    paddle, module = run(sample("offset", classes=NAMES, values=tuple(np.log(prior).tolist())))
    adjusted = softmax(Z) * prior
    adjusted /= adjusted.sum(axis=1, keepdims=True)
    loss, _ = measured(paddle, module["criterion"], Z, Y)
    assert loss == pytest.approx(-np.log(adjusted[np.arange(6), Y]).mean(), rel=1e-5)


@pytest.mark.frameworks
def test_logit_adjustment_of_labels_multiplies_each_label_s_odds():
    odds = np.array([1.0, 0.25, 0.01])
    paddle, module = run(sample("offset", "multilabel", NAMES, tuple(np.log(odds).tolist())))
    adjusted = odds * np.exp(Z) / (1 + odds * np.exp(Z))
    loss, _ = measured(paddle, module["criterion"], Z, LABELS.astype("float32"))
    assert loss == pytest.approx(np.where(LABELS == 1, -np.log(adjusted), -np.log(1 - adjusted)).mean(), rel=1e-5)


@pytest.mark.frameworks
@pytest.mark.parametrize("task", ["multiclass", "multilabel"])
def test_the_sampler_draws_rows_by_their_factors(task):
    paddle, module = run(sample("repeat", task, NAMES, (1.0, 2.0, 5.0)))
    factors = np.array([1.0, 5.0, 2.0, 5.0, 5.0, 1.0]) if task == "multiclass" else np.array([1, 1, 5, 2, 5, 5.0])
    sampler = module["sampler"](Y if task == "multiclass" else LABELS)
    assert len(sampler) == factors.sum()
    paddle.seed(1)
    np.random.seed(1)
    drawn = np.bincount([i for _ in range(400) for i in sampler], minlength=6)
    share = factors / factors.sum()
    error = np.sqrt(share * (1 - share) / drawn.sum())
    assert (np.abs(drawn / drawn.sum() - share) < 5 * error).all()


def test_weights_are_float32_tensors():
    assert 'weight=paddle.to_tensor(WEIGHTS, dtype="float32")' in emit("paddle", sample())


@pytest.mark.parametrize(
    ("task", "kind", "scheme", "why", "instead"),
    [
        ("multiclass", "offset", "prior-bias", "not written", "--scheme balanced"),
        ("multilabel", "offset", "prior-bias", "not written", "--scheme balanced-pair"),
        ("multiclass", "margin", "", "not written", "--to json"),
        ("multilabel", "class-weight", "", "the boundary does not move", "--scheme pos-weight"),
    ],
)
def test_a_refusal_gives_the_reason_and_what_works(task, kind, scheme, why, instead):
    error = refusal("paddle", task, kind, scheme)
    assert why in error.message
    assert instead in error.hint


def test_logarithms_of_the_prior_are_written_in_full():
    values = tuple(math.log(p) for p in (0.6, 0.3, 0.1))
    assert f"LOG_PRIOR = [{', '.join(map(repr, values))}]" in emit("paddle", sample("offset", values=values))
