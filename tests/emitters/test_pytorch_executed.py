"""The emitted PyTorch modules in the real torch: value and gradient of every form, buffers, sampler, bias."""

import math

import numpy as np
import pytest

from imbalance_doctor.emitters import emit
from imbalance_doctor.model import Weights
from tests.awkward import NAMES
from tests.emitters.samples import binary, sample

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.frameworks

RNG = np.random.default_rng(11)
POSITIVE, NEGATIVE = (2.0, 5.0, 9.0), (3.0, 0.5, 0.25)
PRIOR = (0.6, 0.3, 0.1)
LOG_PRIOR = tuple(math.log(p) for p in PRIOR)
UNSORTED = ("b", "a", '"); import os; ("')
"""Whatever order a framework would sort these in, index 0 is 'b'."""

CLASS_FORMS = {
    "class-weight": sample(classes=UNSORTED, values=POSITIVE),
    "offset": sample("offset", classes=UNSORTED, values=LOG_PRIOR),
    "margin": sample("margin", classes=UNSORTED, values=(0.1, 0.2, 0.5)),
}
LABEL_FORMS = {
    "pos-weight": sample("pos-weight", "multilabel", UNSORTED, POSITIVE),
    "pair": sample("pair", "multilabel", UNSORTED, POSITIVE, values_negative=NEGATIVE),
    "offset": sample("offset", "multilabel", UNSORTED, LOG_PRIOR),
}


def namespace(weights: Weights, *, dense: bool = False) -> dict:
    """What the emitted module defines; `dense`: after its line for dense outputs was taken out of the comment."""
    text = emit("pytorch", weights)
    if dense:
        assert text.count("# SHAPE = (-1, 1, 1)\n") == 1
        text = text.replace("# SHAPE = (-1, 1, 1)\n", "SHAPE = (-1, 1, 1)\n")
    found: dict = {}
    exec(text, found)  # noqa: S102
    return found


def measured(criterion, z, y):
    """Loss and gradient in float64."""
    logits = torch.tensor(z, dtype=torch.float64, requires_grad=True)
    loss = criterion.double()(logits, torch.as_tensor(y))
    loss.backward()
    return loss.item(), logits.grad.numpy()


def numeric_gradient(function, z, step=1e-6):
    """Central differences of a loss in numpy."""
    found = np.zeros_like(z)
    for index in np.ndindex(z.shape):
        up, down = z.copy(), z.copy()
        up[index] += step
        down[index] -= step
        found[index] = (function(up) - function(down)) / (2 * step)
    return found


def class_loss(kind, y, scale=30.0):
    """The formula for logits (N, 3) and class indices, or (N, 3, H, W) and (N, H, W)."""

    def loss(z):
        z, each = np.moveaxis(z, 1, -1).reshape(-1, 3), y.ravel()
        rows = np.arange(len(each))
        w = np.ones(3)
        if kind == "class-weight":
            w = np.array(POSITIVE)
        elif kind == "offset":
            z = z + np.log(PRIOR)
        else:
            z = scale * (z - np.eye(3)[each] * (0.1, 0.2, 0.5))
        terms = np.log(np.exp(z - z.max(1, keepdims=True)).sum(1)) + z.max(1) - z[rows, each]
        return (w[each] * terms).sum() / w[each].sum()

    return loss


def label_loss(kind, y):
    """The formula for logits and 0/1 targets of one shape, labels along axis 1."""

    def along(numbers):
        return np.reshape(numbers, (1, 3) + (1,) * (y.ndim - 2))

    def loss(z):
        positive = 1.0 if kind == "offset" else along(POSITIVE)
        negative = along(NEGATIVE) if kind == "pair" else 1.0
        z = z + along(LOG_PRIOR) if kind == "offset" else z
        return (positive * y * np.logaddexp(0, -z) + negative * (1 - y) * np.logaddexp(0, z)).mean()

    return loss


@pytest.mark.parametrize("kind", CLASS_FORMS)
@pytest.mark.parametrize("dense", [False, True])
def test_a_loss_of_class_indices_has_the_value_and_gradient_of_its_formula(kind, dense):
    # W is 3, the number of classes: what went along W would pass unseen.
    z = RNG.normal(size=(4, 3, 3, 3) if dense else (7, 3))
    y = RNG.integers(0, 3, size=(4, 3, 3) if dense else 7)
    criterion = namespace(CLASS_FORMS[kind], dense=dense and kind == "offset")["criterion"]
    value, gradient = measured(criterion, z, y)
    expected = class_loss(kind, y)
    # The weights are held in float32.
    assert value == pytest.approx(expected(z), rel=1e-6)
    np.testing.assert_allclose(gradient, numeric_gradient(expected, z), rtol=1e-4, atol=1e-7)


@pytest.mark.parametrize("kind", LABEL_FORMS)
@pytest.mark.parametrize("shape", [(6, 3), (2, 3, 2, 3)])
def test_a_loss_of_labels_has_the_value_and_gradient_of_its_formula(kind, shape):
    z = RNG.normal(size=shape)
    y = RNG.integers(0, 2, size=shape).astype(float)
    criterion = namespace(LABEL_FORMS[kind], dense=len(shape) > 2)["criterion"]
    value, gradient = measured(criterion, z, y)
    expected = label_loss(kind, y)
    assert value == pytest.approx(expected(z), rel=1e-6)
    np.testing.assert_allclose(gradient, numeric_gradient(expected, z), rtol=1e-4, atol=1e-7)


@pytest.mark.parametrize("kind", LABEL_FORMS)
def test_without_the_line_for_dense_outputs_the_weights_go_along_the_width(kind):
    """The trap the comment warns of: an error at most widths, a wrong loss where W is C."""
    criterion = namespace(LABEL_FORMS[kind])["criterion"]
    z, y = RNG.normal(size=(2, 3, 2, 3)), RNG.integers(0, 2, size=(2, 3, 2, 3)).astype(float)
    assert measured(criterion, z, y)[0] != pytest.approx(label_loss(kind, y)(z), rel=1e-3)
    swapped = np.swapaxes(z, 1, 3), np.swapaxes(y, 1, 3)
    assert measured(criterion, z, y)[0] == pytest.approx(label_loss(kind, swapped[1])(swapped[0]), rel=1e-6)
    with pytest.raises(RuntimeError, match="must match"):
        measured(criterion, z[..., :2], y[..., :2])


@pytest.mark.parametrize(("kind", "negative"), [("pos-weight", 1.0), ("pair", 0.5)])
@pytest.mark.parametrize("shape", [(5,), (5, 1), (2, 1, 3, 2)])
def test_one_logit_is_for_the_class_at_index_1_whatever_its_name(kind, negative, shape):
    changes = {"values_negative": (9.0, 0.5)} if kind == "pair" else {}
    criterion = namespace(binary(kind, classes=("z", "a"), values=(9.0, 4.0), **changes))["criterion"]
    z, y = RNG.normal(size=shape), RNG.integers(0, 2, size=shape).astype(float)
    value, gradient = measured(criterion, z, y)
    terms = 4 * y * np.logaddexp(0, -z) + negative * (1 - y) * np.logaddexp(0, z)
    slopes = (-4 * y / (1 + np.exp(z)) + negative * (1 - y) / (1 + np.exp(-z))) / z.size
    assert value == pytest.approx(terms.mean(), rel=1e-6)
    np.testing.assert_allclose(gradient, slopes, rtol=1e-6)


@pytest.mark.parametrize(
    "weights", [*CLASS_FORMS.values(), *LABEL_FORMS.values(), binary("pos-weight"), binary("pair"), binary("offset")]
)
def test_a_model_that_holds_the_criterion_has_no_further_key_in_its_state_and_moves_the_weights(weights):
    model = torch.nn.Linear(2, 3)
    keys = set(model.state_dict())
    model.criterion = namespace(weights)["criterion"]
    assert set(model.state_dict()) == keys
    buffers = [b for _, b in model.criterion.named_buffers()]
    assert buffers
    assert {b.dtype for b in buffers} == {torch.float32}
    assert {b.device.type for b in model.to("meta").criterion.buffers()} == {"meta"}


def test_the_cut_of_a_trained_bias_moves_to_the_promised_posterior():
    """Only a bias, no feature: under the weight w the optimum is sigmoid(b) = w p / (w p + 1 - p)."""
    criterion = namespace(binary("pos-weight", values=(1.0, 9.0)))["criterion"].double()
    for p, fires in ((0.09, False), (0.11, True)):  # 1 / (1 + 9) = 0.1
        bias = torch.zeros(1, dtype=torch.float64, requires_grad=True)
        y = (torch.arange(100) < round(100 * p)).double()
        optimiser = torch.optim.LBFGS([bias], max_iter=50)

        def closure(bias=bias, y=y, optimiser=optimiser):
            optimiser.zero_grad()
            loss = criterion(bias.expand(100), y)
            loss.backward()
            return loss

        optimiser.step(closure)
        assert (bias.item() > 0) is fires


def test_rows_drawn_by_their_weights_come_in_equal_numbers():
    """The commented alternative of class weights, run."""
    counts = (900, 90, 10)
    text = emit("pytorch", sample(counts=counts, values=tuple(1000 / (3 * n) for n in counts)))
    (line,) = [row[2:] for row in text.splitlines() if row.startswith("# WeightedRandomSampler(")]
    torch.manual_seed(0)
    labels = np.repeat(np.arange(3), counts)
    found: dict = {"WeightedRandomSampler": torch.utils.data.WeightedRandomSampler, "labels": labels}
    exec(f"{text}drawn = list({line})", found)  # noqa: S102
    shares = np.bincount(labels[found["drawn"]], minlength=3) / 1000
    # Standard deviation sqrt(2/9 / 1000) = 0.015.
    np.testing.assert_allclose(shares, 1 / 3, atol=0.06)


@pytest.mark.parametrize("task", ["multiclass", "multilabel"])
def test_the_sampler_repeats_rows_by_their_factors(task):
    made = namespace(sample("repeat", task, values=(1.0, 1.5, 4.0)))["sampler"]
    labels = np.repeat(np.arange(3), (1000, 200, 100))
    torch.manual_seed(0)
    sampler = made(np.eye(3)[labels] if task == "multilabel" else labels)
    drawn = np.bincount(labels[list(sampler)], minlength=3)
    assert len(sampler) == 1000 + 300 + 400
    np.testing.assert_allclose(drawn, (1000, 300, 400), atol=80)


def test_a_model_that_starts_at_the_prior_answers_the_prior():
    shares = (0.9, 0.09, 0.01)
    weights = sample("offset", values=tuple(math.log(s) for s in shares), scheme="prior-bias")
    head = torch.nn.Linear(4, 3)
    torch.nn.init.zeros_(head.weight)
    namespace(weights)["initialise_bias"](head)
    assert head(torch.ones(1, 4)).softmax(1).tolist()[0] == pytest.approx(shares, rel=1e-6)
    one = torch.nn.Linear(4, 1)
    torch.nn.init.zeros_(one.weight)
    namespace(binary("offset", values=(3.0, -3.0), scheme="prior-bias"))["initialise_bias"](one)
    assert one(torch.ones(1, 4)).item() == pytest.approx(-3.0)


def test_the_commented_bias_lines_put_the_log_odds_into_the_head():
    text = emit("pytorch", sample("pos-weight", "multilabel"))
    start = text.index("# with torch.no_grad():")
    head = torch.nn.Linear(4, 3)
    exec(text + "".join(row[2:] + "\n" for row in text[start:].splitlines()), {"head": head})  # noqa: S102
    # 90, 45 and 30 of 200 samples
    assert head.bias.tolist() == pytest.approx([math.log(x) for x in (90 / 110, 45 / 155, 30 / 170)], rel=1e-6)


def test_names_that_try_to_run_are_data():
    classes = tuple(NAMES)
    found = namespace(sample(classes=classes, values=tuple(1.0 + i for i in range(len(classes)))))
    assert tuple(found["CLASSES"]) == classes
    assert found["criterion"].weight.tolist() == [1.0 + i for i in range(len(classes))]
