"""The losses of a softmax, of focal kind, and over a batch, emitted and run: value, gradient, extremes, trained cut."""

import numpy as np
import pytest

from tests.losses.cases import made
from tests.losses.frameworks import TARGETS, namespace, torch_criterion, value_and_gradient
from tests.losses.softmax_formulas import SOFTMAX

pytestmark = pytest.mark.frameworks

COUNTS = {"binary": [900, 100], "multiclass": [500, 300, 150, 50], "multilabel": [500, 300, 40, 7]}
CASES = [
    ("weighted-cross-entropy", "binary", "auto"),
    ("weighted-cross-entropy", "multiclass", "auto"),
    ("weighted-cross-entropy", "multiclass", "uniform"),
    ("focal", "binary", "auto"),
    ("focal", "binary", "balanced-pair"),
    ("focal", "multiclass", "auto"),
    ("focal", "multiclass", "balanced"),
    ("focal", "multilabel", "auto"),
    ("focal", "multilabel", "complement-pair"),
    ("class-balanced-focal", "multiclass", "auto"),
    ("balanced-softmax", "multiclass", "auto"),
    ("logit-adjusted", "multiclass", "auto"),
    ("ldam", "binary", "auto"),
    ("ldam", "multiclass", "auto"),
    ("am-softmax", "binary", "auto"),
    ("am-softmax", "multiclass", "auto"),
    ("softmax-top-k", "multilabel", "auto"),
    ("soft-labels", "binary", "auto"),
    ("soft-labels", "multiclass", "auto"),
    ("soft-labels", "multilabel", "auto"),
    ("dice", "binary", "auto"),
    ("dice", "multilabel", "auto"),
    ("flooding", "binary", "auto"),
    ("flooding", "multiclass", "auto"),
    ("flooding", "multilabel", "auto"),
]
EVERY = pytest.mark.parametrize(("loss", "task", "scheme"), CASES)


def case(loss, task, scheme="auto", **numbers):
    return made(loss, task, COUNTS[task], 1000 if task == "multilabel" else None, scheme=scheme, **numbers)


def data(weights, recipe, seed=5):
    """Logits, within -1 ... 1 where they are cosines, and random targets, one row without labels among them."""
    rng = np.random.default_rng(seed)
    k = len(weights.classes)
    width = {"indices": k, "one-logit": 1, "columns": k}[recipe.targets]
    extra = recipe.constants["MAX_LABELS"] + 1 if recipe.loss == "softmax-top-k" else 0
    spread = 0.3 if recipe.loss in ("ldam", "am-softmax") else 2
    logits = rng.normal(0, spread, (24, width + extra))
    if recipe.targets == "indices":
        return logits, rng.integers(0, k, 24)
    targets = rng.integers(0, 2, (24, width))
    targets[3] = 0
    return logits, targets


@EVERY
@pytest.mark.parametrize("target", TARGETS)
def test_value_and_gradient_are_those_of_the_formula(target, loss, task, scheme):
    torch = pytest.importorskip("torch")
    weights, recipe = case(loss, task, scheme)
    logits, targets = data(weights, recipe)
    value, gradient = value_and_gradient(target, weights, recipe, logits, targets, "float64")
    z = torch.tensor(logits, requires_grad=True)
    expected = SOFTMAX[loss](z, torch.tensor(targets), weights, torch)
    expected.backward()
    assert value == pytest.approx(float(expected.detach()), rel=1e-6)
    np.testing.assert_allclose(gradient, z.grad.numpy(), rtol=1e-6, atol=1e-7)


@EVERY
@pytest.mark.parametrize("target", TARGETS)
def test_huge_logits_in_single_precision_have_a_finite_loss_and_gradient(target, loss, task, scheme):
    weights, recipe = case(loss, task, scheme)
    logits, targets = data(weights, recipe)
    huge = np.random.default_rng(8).choice([-1e4, -300.0, 0.0, 300.0, 1e4], logits.shape)
    value, gradient = value_and_gradient(target, weights, recipe, huge, targets, "float32")
    assert np.isfinite(value)
    assert np.isfinite(gradient).all()


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("task", ["binary", "multiclass", "multilabel"])
@pytest.mark.parametrize("gamma", [0.0, 0.5])
def test_a_small_gamma_is_smooth_where_the_model_is_sure(target, task, gamma):
    weights, recipe = case("focal", task, gamma=gamma)
    _, targets = data(weights, recipe)
    sure = (
        np.where(targets[..., None] == np.arange(4), 200.0, -200.0) if task == "multiclass" else 400.0 * targets - 200
    )
    value, gradient = value_and_gradient(target, weights, recipe, sure, targets, "float32")
    assert value == pytest.approx(0, abs=1e-30)
    assert np.isfinite(gradient).all()


@pytest.mark.parametrize(("loss", "task", "scheme"), [c for c in CASES if c[0] not in ("dice", "flooding")])
def test_half_precision_is_taken_as_it_comes(loss, task, scheme):
    weights, recipe = case(loss, task, scheme)
    logits, targets = data(weights, recipe)
    value, gradient = value_and_gradient("pytorch", weights, recipe, logits, targets, "float16")
    exact, _ = value_and_gradient("pytorch", weights, recipe, logits, targets, "float64")
    assert value == pytest.approx(exact, rel=2e-2)
    assert np.isfinite(gradient).all()


@pytest.mark.parametrize("target", TARGETS)
def test_self_adjusting_dice_has_the_value_and_gradient_of_the_formula(target):
    torch = pytest.importorskip("torch")
    weights, recipe = case("dice", "multilabel", self_adjusting=0.5)
    logits, targets = data(weights, recipe)
    value, gradient = value_and_gradient(target, weights, recipe, logits, targets, "float64")
    z, y = torch.tensor(logits, requires_grad=True), torch.tensor(targets)
    p = (1 - torch.sigmoid(z)) ** 0.5 * torch.sigmoid(z)
    expected = (1 - (2 * (p * y).sum(0) + 1) / (p.sum(0) + y.sum(0) + 1)).mean()
    expected.backward()
    assert value == pytest.approx(float(expected.detach()), rel=1e-6)
    np.testing.assert_allclose(gradient, z.grad.numpy(), rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("task", ["binary", "multiclass"])
def test_weighted_cross_entropy_is_torch_s_own_in_all_three(task):
    torch = pytest.importorskip("torch")
    weights, recipe = case("weighted-cross-entropy", task)
    logits, targets = data(weights, recipe)
    n = np.array(COUNTS[task])
    own = torch.nn.CrossEntropyLoss(weight=torch.tensor(1000 / (len(n) * n)))
    expected = float(own(torch.tensor(logits), torch.tensor(targets)))
    for target in TARGETS:
        assert value_and_gradient(target, weights, recipe, logits, targets, "float64")[0] == pytest.approx(
            expected, 1e-6
        )


def test_keras_class_weight_divides_by_the_batch_as_the_comment_says():
    keras = pytest.importorskip("keras")
    weights, recipe = case("weighted-cross-entropy", "multiclass")
    logits, targets = data(weights, recipe)
    model = keras.Sequential([keras.Input((4,)), keras.layers.Activation("linear")])
    model.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    sample_weight = np.array(weights.values)[targets]
    own = model.evaluate(logits, targets, batch_size=24, sample_weight=sample_weight, verbose=0)
    value, _ = value_and_gradient("keras", weights, recipe, logits, targets, "float64")
    assert own == pytest.approx(value * sample_weight.mean(), rel=1e-5)


@pytest.mark.parametrize("loss", ["weighted-cross-entropy", "flooding", "focal", "softmax-top-k", "dice"])
def test_keras_compiles_and_fits_what_was_emitted(loss):
    keras = pytest.importorskip("keras")
    weights, recipe = case(loss, "multiclass" if loss in ("weighted-cross-entropy", "flooding") else "multilabel")
    logits, targets = data(weights, recipe)
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(logits.shape[1])])
    model.compile(
        keras.optimizers.Adam(0.05), loss=namespace("keras", weights, recipe)[f"{loss.replace('-', '_')}_loss"]
    )
    x = np.random.default_rng(1).normal(size=(24, 3))
    history = model.fit(x, targets, batch_size=24, epochs=30, verbose=0).history["loss"]
    assert history[-1] < history[0]


@pytest.mark.parametrize("alpha", [None, 0.25])
def test_focal_is_keras_own(alpha):
    keras = pytest.importorskip("keras")
    weights, recipe = case("focal", "multilabel", **({} if alpha is None else {"alpha": alpha}))
    logits, targets = data(weights, recipe)
    own = keras.losses.BinaryFocalCrossentropy(
        gamma=2.0, from_logits=True, apply_class_balancing=alpha is not None, alpha=0.25
    )
    value, _ = value_and_gradient("keras", weights, recipe, logits, targets, "float64")
    assert value == pytest.approx(float(own(targets, logits)), rel=1e-5)


def test_softmax_focal_is_keras_own():
    keras = pytest.importorskip("keras")
    weights, recipe = case("focal", "multiclass")
    logits, targets = data(weights, recipe)
    own = keras.losses.CategoricalFocalCrossentropy(alpha=1.0, gamma=2.0, from_logits=True)
    value, _ = value_and_gradient("keras", weights, recipe, logits, targets, "float64")
    assert value == pytest.approx(float(own(np.eye(4)[targets], logits)), rel=1e-5)


def test_focal_is_optax_s_own():
    optax = pytest.importorskip("optax")
    weights, recipe = case("focal", "multilabel", alpha=0.25)
    logits, targets = data(weights, recipe)
    value, _ = value_and_gradient("jax", weights, recipe, logits, targets, "float32")
    own = optax.sigmoid_focal_loss(logits.astype(np.float32), targets.astype(np.float32), alpha=0.25, gamma=2.0)
    assert value == pytest.approx(float(own.mean()), rel=1e-5)


def test_soft_labels_towards_the_even_answer_are_torch_s_label_smoothing():
    torch = pytest.importorskip("torch")
    weights, recipe = case("soft-labels", "multiclass", to_prior=0)
    logits, targets = (torch.tensor(x) for x in data(weights, recipe))
    own = torch.nn.CrossEntropyLoss(label_smoothing=0.1)
    value = torch_criterion(weights, recipe)(logits, targets)
    assert float(value) == pytest.approx(float(own(logits, targets)), rel=1e-6)


def trained(torch, criterion, targets, outputs):
    """The logits per kind of sample, (kinds, outputs), trained full-batch on (kinds, rows) or (kinds, rows, C)."""
    targets = torch.tensor(targets)
    z = torch.full((len(targets), outputs), 0.1, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([z], max_iter=300, tolerance_change=1e-14, line_search_fn="strong_wolfe")

    def closure():
        optimiser.zero_grad()
        loss = criterion(z.repeat_interleave(targets.shape[1], 0), targets.flatten(0, 1))
        loss.backward()
        return loss

    optimiser.step(closure)
    return z.detach().numpy()


@pytest.mark.parametrize(
    ("loss", "task", "scheme"), [c for c in CASES if c[1] != "multiclass" and c[0] not in ("dice", "softmax-top-k")]
)
def test_a_trained_model_names_a_label_from_the_promised_posterior_on(loss, task, scheme):
    """Kinds of sample whose posteriors lie a twentieth of the way, and half the way, below and above the promised."""
    torch = pytest.importorskip("torch")
    weights, recipe = case(loss, task, scheme)
    one_of_two = recipe.targets == "indices"
    cuts = np.array(recipe.boundary[1:] if task == "binary" else recipe.boundary)
    posteriors = [cuts / 2, cuts * 0.95, cuts + (1 - cuts) * 0.05, cuts + (1 - cuts) / 2]
    rows = np.array([np.arange(2000)[:, None] < np.round(q * 2000) for q in posteriors])
    targets = rows[:, :, 0].astype(np.int64) if one_of_two else rows.astype(np.float64)
    logits = trained(torch, torch_criterion(weights, recipe), targets, 2 if one_of_two else len(cuts))
    named = logits[:, 1:] > logits[:, :1] if one_of_two else logits > 0
    assert not named[:2].any()
    assert named[2:].all()


@pytest.mark.parametrize(("loss", "scheme"), [(c[0], c[2]) for c in CASES if c[1] == "multiclass" and c[0] != "ldam"])
def test_a_trained_model_names_a_class_from_the_promised_posterior_on(loss, scheme):
    """Two kinds of sample for each class: just below it another class is named, just above it this one.

    The others share the rest of the posterior as they are counted.
    """
    torch = pytest.importorskip("torch")
    weights, recipe = case(loss, "multiclass", scheme)
    counts = np.array(weights.counts)
    kinds = []
    for c, cut in enumerate(recipe.boundary):
        for q in (cut * 0.95, cut + (1 - cut) * 0.05):
            posteriors = counts * (1 - q) / (counts.sum() - counts[c])
            posteriors[c] = q
            ends = np.round(np.cumsum(posteriors) * 4000)
            kinds.append(np.searchsorted(ends, np.arange(4000), side="right"))
    logits = trained(torch, torch_criterion(weights, recipe), np.array(kinds), len(counts))
    named = (logits.argmax(axis=1).reshape(-1, 2) == np.arange(len(counts))[:, None]).tolist()
    assert named == [[False, True]] * len(counts)


def test_trained_dice_says_yes_to_half_the_dice_it_reaches_and_no_below():
    """Three kinds of sample, 80, 40 and 25 of 100 positive. With the first two it reaches 2 x 120 / (200 + 145)."""
    torch = pytest.importorskip("torch")
    weights, recipe = made("dice", "binary", [155, 145])
    rows = np.array([np.arange(100)[:, None] < n for n in (80, 40, 25)], dtype=np.float64)
    logits = trained(torch, torch_criterion(weights, recipe), rows, 1)[:, 0]
    assert 0.25 < 120 / 345 < 0.4
    assert (logits > 0).tolist() == [True, True, False]
