"""The losses with one sigmoid per label, emitted and run: value, gradient, extremes, and the cut of a trained model."""

import numpy as np
import pytest

from tests.losses.cases import made
from tests.losses.frameworks import TARGETS, torch_criterion, value_and_gradient
from tests.losses.sigmoid_formulas import FORMULAS

pytestmark = pytest.mark.frameworks

COUNTS = {"binary": [900, 100], "multiclass": [500, 300, 150, 50], "multilabel": [500, 300, 40, 7]}
TASKS = {"distribution-balanced": ("multilabel",), "zlpr": ("multiclass", "multilabel")}
CASES = [
    (loss, task)
    for loss in FORMULAS
    for task in ("binary", "multiclass", "multilabel")
    if task in TASKS.get(loss, ("binary", "multilabel"))
]
EVERY = pytest.mark.parametrize(("loss", "task"), CASES)


def case(loss, task, **numbers):
    return made(loss, task, COUNTS[task], 1000 if task == "multilabel" else None, **numbers)


def data(task, seed=5):
    """Logits of spread 2 and random targets, one row without labels among them."""
    rng = np.random.default_rng(seed)
    if task == "multiclass":
        return rng.normal(0, 2, (24, 4)), rng.integers(0, 4, 24)
    shape = (24, 1) if task == "binary" else (24, 4)
    targets = rng.integers(0, 2, shape)
    targets[3] = 0
    return rng.normal(0, 2, shape), targets


@EVERY
@pytest.mark.parametrize("target", TARGETS)
def test_value_and_gradient_are_those_of_the_formula(target, loss, task):
    torch = pytest.importorskip("torch")
    weights, recipe = case(loss, task)
    logits, targets = data(task)
    value, gradient = value_and_gradient(target, weights, recipe, logits, targets, "float64")
    z = torch.tensor(logits, requires_grad=True)
    expected = FORMULAS[loss](z, torch.tensor(targets), weights, torch)
    expected.backward()
    assert value == pytest.approx(float(expected.detach()), rel=1e-6)
    np.testing.assert_allclose(gradient, z.grad.numpy(), rtol=1e-6, atol=1e-9)


@EVERY
@pytest.mark.parametrize("target", TARGETS)
def test_huge_logits_in_single_precision_have_a_finite_loss_and_gradient(target, loss, task):
    weights, recipe = case(loss, task)
    _, targets = data(task)
    shape = (24, 4) if task != "binary" else (24, 1)
    huge = np.random.default_rng(8).choice([-1e4, -300.0, 0.0, 300.0, 1e4], shape)
    value, gradient = value_and_gradient(target, weights, recipe, huge, targets, "float32")
    assert np.isfinite(value)
    assert np.isfinite(gradient).all()


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("numbers", [(0, 0, 0), (0, 0, 0.05), (2.5, 0.5, 0), (1, 0, 0.05)])
def test_other_focusing_numbers_of_the_asymmetric_loss_are_as_smooth(target, numbers):
    torch = pytest.importorskip("torch")
    gamma_neg, gamma_pos, clip = numbers
    weights, recipe = case("asymmetric", "multilabel", gamma_neg=gamma_neg, gamma_pos=gamma_pos, clip=clip)
    logits, targets = data("multilabel")
    logits[0] = [-3.0, -8.0, -9.0, -20.0]
    value, gradient = value_and_gradient(target, weights, recipe, logits, targets, "float64")
    z = torch.tensor(logits, requires_grad=True)
    expected = FORMULAS["asymmetric"](z, torch.tensor(targets), weights, torch, numbers)
    expected.backward()
    assert value == pytest.approx(float(expected.detach()), rel=1e-6)
    # Where the formula takes 0 to a power its own gradient is NaN; the emitted one is finite there too.
    known = np.isfinite(z.grad.numpy())
    np.testing.assert_allclose(gradient[known], z.grad.numpy()[known], rtol=1e-6, atol=1e-9)
    assert np.isfinite(gradient).all()


def test_pos_weight_is_torch_s_own():
    torch = pytest.importorskip("torch")
    weights, recipe = case("bce-pos-weight", "multilabel")
    logits, targets = (torch.tensor(x) for x in data("multilabel"))
    own = torch.nn.BCEWithLogitsLoss(pos_weight=torch.tensor([1, 7 / 3, 24, 993 / 7], dtype=torch.float64))
    assert float(torch_criterion(weights, recipe)(logits, targets)) == pytest.approx(
        float(own(logits, targets.double())), rel=1e-7
    )


def test_soft_truncation_with_k_1_is_optax_s_focal_loss_with_gamma_1():
    optax = pytest.importorskip("optax")
    weights, recipe = case("soft-truncation", "multilabel")
    logits, targets = data("multilabel")
    value, _ = value_and_gradient("jax", weights, recipe, logits, targets, "float32")
    own = optax.sigmoid_focal_loss(logits.astype(np.float32), targets.astype(np.float32), gamma=1.0)
    assert value == pytest.approx(float(own.mean()), rel=1e-5)


def trained(torch, criterion, rows, outputs):
    """The logits per bin, (bins, outputs), after full-batch training on `rows` of targets, (bins, rows, outputs)."""
    z = torch.full((len(rows), outputs), 0.3, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.Adam([z], lr=0.05)
    targets = torch.tensor(rows)
    for _ in range(250):
        optimiser.zero_grad()
        spread = z[:, None, :].expand(len(rows), targets.shape[1], outputs)
        flat = targets.reshape(-1, outputs) if targets.ndim == 3 else targets.reshape(-1)
        criterion(spread.reshape(-1, outputs), flat).backward()
        optimiser.step()
    return z.detach().numpy()


@pytest.mark.parametrize(("loss", "task"), [case for case in CASES if case[0] != "zlpr"])
def test_a_trained_model_names_a_label_from_the_promised_posterior_on(loss, task):
    """Four kinds of sample, whose posteriors lie a sixth and two thirds below and above the promised one."""
    torch = pytest.importorskip("torch")
    # Rows weighed alike: what the row of a label carries besides would move its boundary.
    numbers = {"b": 0} if loss == "distribution-balanced" else {}
    weights, recipe = case(loss, task, **numbers)
    cuts = np.array(recipe.boundary[1:] if task == "binary" else recipe.boundary)
    n = 1500
    posteriors = [cuts / 3, cuts * 5 / 6, cuts + (1 - cuts) / 6, cuts + (1 - cuts) * 2 / 3]
    rows = [np.arange(n)[:, None] < np.round(q * n) for q in posteriors]
    logits = trained(torch, torch_criterion(weights, recipe), np.array(rows, dtype=np.float64), len(cuts))
    assert (logits[:2] < 0).all()
    assert (logits[2:] > 0).all()


def test_trained_zlpr_scores_a_class_above_0_from_the_posterior_an_even_rest_leaves_it():
    """0.3934 with four rivals, 0.4376 with two: computed once by hand for this loss."""
    torch = pytest.importorskip("torch")
    for k, cut in ((5, 0.3934), (3, 0.4376)):
        weights, recipe = made("zlpr", "multiclass", [10] * k)
        rows = []
        for q in (cut - 0.02, cut + 0.02):
            rest = np.arange(2000 - round(q * 2000)) % (k - 1) + 1
            rows.append(np.concatenate([np.zeros(round(q * 2000), dtype=np.int64), rest]))
        logits = trained(torch, torch_criterion(weights, recipe), np.array(rows), k)
        assert logits[0, 0] < 0 < logits[1, 0]
