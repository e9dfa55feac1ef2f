"""The emitted Keras modules in the real Keras: the loss a compiled model reports and the step it takes.

The model is one layer on rows of the unit matrix, without bias: its kernel is the logits, and after one step of plain
gradient descent at a rate of 1 the kernel has moved by the gradient.
"""

import math
import os

import numpy as np
import pytest

from imbalance_doctor.emitters import emit
from imbalance_doctor.model import Weights
from tests.awkward import NAMES
from tests.emitters import commented
from tests.emitters.samples import binary, sample

pytestmark = [pytest.mark.frameworks, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

RNG = np.random.default_rng(17)
Z = RNG.normal(size=(6, 3)).astype("float32")
Y = np.array([0, 1, 2, 2, 1, 0])
LABELS = np.array([[1, 0, 0], [0, 1, 1], [0, 0, 0], [1, 1, 1], [0, 1, 0], [0, 0, 1]], dtype="float32")
POSITIVE, NEGATIVE = (2.0, 5.0, 9.0), (3.0, 0.5, 0.25)
PRIOR = (0.6, 0.3, 0.1)
LOG_PRIOR = tuple(math.log(p) for p in PRIOR)
MARGINS = (0.01, 0.02, 0.05)


@pytest.fixture(scope="module")
def keras():
    pytest.importorskip("torch").set_num_threads(1)
    os.environ.setdefault("KERAS_BACKEND", "torch")
    return pytest.importorskip("keras")


def model_of(keras, logits):
    """A model whose outputs for the rows of the unit matrix are these logits."""
    rows, width = logits.shape
    model = keras.Sequential([keras.Input((rows,)), keras.layers.Dense(width, use_bias=False)])
    model.layers[0].set_weights([logits])
    return model


def compiled(keras, weights: Weights, logits=Z):
    """A model on which the commented `model.compile` of the emitted text was run."""
    model = model_of(keras, logits)
    names = {"model": model, "optimizer": keras.optimizers.SGD(1.0), "BinaryAccuracy": keras.metrics.BinaryAccuracy}
    commented.run(emit("keras", weights), "model.compile(", **names)
    return model


def step(model, targets, **options):
    """The reported loss of one batch, and the gradient to the logits."""
    before = model.layers[0].get_weights()[0]
    rows = np.eye(len(before), dtype="float32")
    loss = model.fit(rows, targets, batch_size=len(rows), epochs=1, verbose=0, **options).history["loss"][0]
    return loss, before - model.layers[0].get_weights()[0]


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)


def entropy(z, w=(1.0,) * 3):
    """Mean weighted cross entropy over the rows, not divided by the weights, and its gradient."""
    w, p = np.array(w)[Y], softmax(z.astype("float64"))
    return -(w * np.log(p[np.arange(6), Y])).mean(), w[:, None] * (p - np.eye(3)[Y]) / 6


def bce(z, w1, w0, y=LABELS):
    """Mean of the two weighted terms over the elements, and its gradient."""
    z = z.astype("float64")
    w1, w0 = np.array(w1), np.array(w0)
    loss = w1 * y * np.logaddexp(0, -z) + w0 * (1 - y) * np.logaddexp(0, z)
    return loss.mean(), (w0 * (1 - y) * sigmoid(z) - w1 * y * sigmoid(-z)) / z.size


def assert_step(found, expected):
    assert found[0] == pytest.approx(expected[0], rel=1e-5)
    np.testing.assert_allclose(found[1], expected[1], rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("names", [("cat", "dog", "bird"), ("10", "9", "2"), NAMES[12:15]])
def test_class_weight_multiplies_the_loss_of_a_row_by_index_and_divides_by_the_batch(keras, names):
    found: dict = {}
    exec(emit("keras", sample(classes=names, values=POSITIVE)), found)  # noqa: S102
    for targets, loss in ((Y, "Sparse"), (np.eye(3)[Y], "")):
        model = model_of(keras, Z)
        loss = getattr(keras.losses, f"{loss}CategoricalCrossentropy")(from_logits=True)
        model.compile(keras.optimizers.SGD(1.0), loss=loss)
        assert_step(step(model, targets, class_weight=found["CLASS_WEIGHT"]), entropy(Z, POSITIVE))


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        (sample("pos-weight", "multilabel", values=POSITIVE), bce(Z, POSITIVE, 1.0)),
        (sample("pair", "multilabel", values=POSITIVE, values_negative=NEGATIVE), bce(Z, POSITIVE, NEGATIVE)),
        (sample("offset", "multilabel", values=LOG_PRIOR), bce(Z + np.array(LOG_PRIOR), 1.0, 1.0)),
    ],
    ids=["pos-weight", "pair", "offset"],
)
def test_every_label_has_its_own_factors(keras, weights, expected):
    assert_step(step(compiled(keras, weights), LABELS), expected)


@pytest.mark.parametrize("names", [("z", "a"), ("1", "0")])
@pytest.mark.parametrize(("kind", "w0"), [("pos-weight", 1.0), ("pair", 0.5)])
def test_a_single_output_is_for_the_class_at_index_1(keras, names, kind, w0):
    changes = {"values_negative": (9.0, 0.5)} if kind == "pair" else {}
    weights = binary(kind, classes=names, values=(9.0, 4.0), **changes)
    expected = bce(Z[:, :1], 4.0, w0, LABELS[:, :1])
    for targets in (LABELS[:, :1], LABELS[:, 0], LABELS[:, :1].astype("int32")):
        assert_step(step(compiled(keras, weights, Z[:, :1]), targets), expected)


@pytest.mark.parametrize("shape", [(6,), (6, 1)])
def test_offsets_are_added_inside_the_loss_and_margins_taken_from_the_true_logit(keras, shape):
    weights = sample("offset", values=LOG_PRIOR)
    assert_step(step(compiled(keras, weights), Y.reshape(shape)), entropy(Z + np.array(LOG_PRIOR)))
    loss, gradient = entropy(30 * (Z - np.eye(3)[Y] * MARGINS))
    margin = sample("margin", values=MARGINS)
    assert_step(step(compiled(keras, margin), Y.reshape(shape)), (loss, 30 * gradient))


def test_the_metric_of_the_emitted_line_cuts_the_logits_at_zero(keras):
    """Three of four right at 0; at the default of 0.5 the logits of 0.2 and 0.1 count as negative: one of four."""
    logits = np.array([[0.2], [-0.2], [3.0], [0.1]], dtype="float32")
    model = compiled(keras, binary("pos-weight"), logits)
    found = model.evaluate(np.eye(4), np.ones((4, 1)), verbose=0)
    assert found[1] == pytest.approx(0.75)


@pytest.mark.parametrize(
    ("weights", "start", "expected"),
    [
        (sample("offset", values=LOG_PRIOR, scheme="prior-bias"), "softmax", PRIOR),
        (binary("offset", values=(math.log(9), -math.log(9)), scheme="prior-bias"), "sigmoid", (0.1,)),
    ],
    ids=["classes", "one output"],
)
def test_a_layer_with_the_initialiser_starts_at_the_prior(keras, weights, start, expected):
    layer = commented.run(emit("keras", weights), "keras.layers.Dense(", keras=keras)["found"]
    model = keras.Sequential([keras.Input((2,)), layer, keras.layers.Activation(start)])
    assert model.predict(np.zeros((1, 2)), verbose=0)[0].tolist() == pytest.approx(expected, rel=1e-5)


def test_training_moves_the_cut_to_the_promised_posterior(keras):
    """Four kinds of rows with known shares of the positive: under a pos_weight of 4 a share of 0.2 is even."""
    model = compiled(keras, binary("pos-weight", values=(9.0, 4.0)), np.zeros((4, 1), dtype="float32"))
    shares = np.array([0.1, 0.18, 0.22, 0.5])
    y = np.concatenate([np.arange(100) < round(100 * p) for p in shares]).astype("float32")[:, None]
    model.optimizer.learning_rate = 4.0
    model.fit(np.repeat(np.eye(4), 100, axis=0), y, batch_size=400, epochs=40, verbose=0)
    found = model.predict(np.eye(4), verbose=0)[:, 0]
    np.testing.assert_allclose(sigmoid(found), 4 * shares / (4 * shares + 1 - shares), atol=5e-3)
    assert (found > 0).tolist() == [False, False, True, True]


def test_the_traps_of_the_documentation_are_real(keras):
    def fitted(targets, loss, **options):
        model = model_of(keras, Z)
        model.compile(keras.optimizers.SGD(1.0), loss=loss(from_logits=True))
        return step(model, targets, **options)

    sparse, binary_loss = keras.losses.SparseCategoricalCrossentropy, keras.losses.BinaryCrossentropy
    # Names as keys: ignored. A missing index: 1.
    assert_step(fitted(Y, sparse, class_weight={"cat": 5.0, "dog": 2.0, "bird": 9.0}), entropy(Z))
    assert_step(fitted(Y, sparse, class_weight={0: 2.0, 2: 9.0}), entropy(Z, (2.0, 1.0, 9.0)))
    # Several labels: each row weighs as its argmax column, the first of its labels.
    rows = np.array(POSITIVE)[LABELS.argmax(axis=1)][:, None]
    assert_step(fitted(LABELS, binary_loss, class_weight=dict(enumerate(POSITIVE))), bce(Z, rows, rows))
    # The validation loss is not weighted.
    model = model_of(keras, Z)
    model.compile(keras.optimizers.SGD(0.0), loss=sparse(from_logits=True))
    rows = np.eye(6, dtype="float32")
    log = model.fit(
        rows, Y, validation_data=(rows, Y), class_weight=dict(enumerate(POSITIVE)), batch_size=6, verbose=0
    ).history
    assert log["loss"][0] == pytest.approx(entropy(Z, POSITIVE)[0], rel=1e-5)
    assert log["val_loss"][0] == pytest.approx(entropy(Z)[0], rel=1e-5)
