"""The constants as the frameworks themselves print them: each log is made by a real training run.

Needs Keras 3 and PyTorch; without them the tests are skipped. What tf.keras 2 printed is in test_fingerprints.
"""

import math
import os

import pytest

from imbalance_doctor.model import ClassCounts, HistoryProfile
from tests.history.curves import findings, log, printed

pytestmark = [pytest.mark.frameworks, pytest.mark.filterwarnings("ignore")]

N = 1000
BINARY = ClassCounts.of({"0": 700, "1": 300})


@pytest.fixture(scope="module")
def torch():
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)
    return torch


@pytest.fixture(scope="module")
def keras(torch):
    os.environ.setdefault("KERAS_BACKEND", "torch")
    return pytest.importorskip("keras")


def fit(keras, outputs, targets, loss, *, metric="accuracy", weight=0.0, activation=None, epochs=3) -> HistoryProfile:
    """Epochs of one dense layer on `outputs`, which begins as the identity plus `weight`."""
    import numpy as np

    x = np.asarray(outputs, dtype="float32").reshape(len(targets), -1)
    units = x.shape[1]
    model = keras.Sequential([keras.Input((units,)), keras.layers.Dense(units, activation=activation)])
    model.layers[0].set_weights([np.eye(units, dtype="float32"), np.full(units, weight, dtype="float32")])
    model.compile(keras.optimizers.SGD(0.01), loss=loss, metrics=[metric])
    history = model.fit(x, np.asarray(targets), epochs=epochs, batch_size=100, verbose=0).history
    return log({name: printed(values) for name, values in history.items()})


def names(history: HistoryProfile) -> list[tuple[str, str]]:
    return [(hit.name, hit.match) for hit in history.fingerprints]


def last_loss(history: HistoryProfile) -> float:
    return next(series.last for series in history.series if series.role == "loss")


def zeros_and_ones(positives: int = 300) -> list[list[float]]:
    return [[1.0]] * positives + [[0.0]] * (N - positives)


def test_keras_3_on_raw_outputs_below_zero_charges_16_1181_a_missed_positive(keras):
    history = fit(keras, [[-5.0]] * N, zeros_and_ones(), "binary_crossentropy")
    assert last_loss(history) == pytest.approx(4.8354, abs=1e-4)
    assert names(history) == [("keras3-bce-false-negatives", "exact")]
    assert history.verdict == "frozen"


def test_keras_3_on_raw_outputs_above_one_charges_15_9424_a_false_alarm(keras):
    history = fit(keras, [[5.0]] * N, zeros_and_ones(), "binary_crossentropy")
    assert last_loss(history) == pytest.approx(11.1597, abs=1e-4)
    assert names(history) == [("keras3-bce-false-positives", "exact")]


def test_keras_3_with_errors_of_both_signs_lies_between(keras):
    outputs = [[-5.0]] * 200 + [[5.0]] * 300 + [[-5.0]] * 500
    assert names(fit(keras, outputs, zeros_and_ones(), "binary_crossentropy")) == [("keras3-bce-mixed", "compatible")]


def test_keras_3_charges_16_1181_for_a_saturated_wrong_class(keras):
    one_class = [[1.0] + [0.0] * 9] * N
    truth = [[float(i % 10 == k) for k in range(10)] for i in range(N)]
    history = fit(keras, one_class, truth, "categorical_crossentropy", metric="categorical_accuracy")
    assert names(history) == [("categorical-saturation", "exact")]
    assert last_loss(history) == pytest.approx(14.5063, abs=2e-4)


def test_keras_3_logits_under_the_metric_accuracy_move_the_loss_and_not_the_metric(keras):
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    history = fit(keras, [[-5.0]] * N, zeros_and_ones(), loss, epochs=6)
    assert {f.rule.name for f in findings(history)} >= {"frozen-metric"}
    assert history.fingerprints == ()


def test_keras_3_softmax_over_one_unit_has_no_loss(keras):
    loss, metric = "categorical_crossentropy", "binary_accuracy"
    history = fit(keras, [[-5.0]] * N, zeros_and_ones(), loss, activation="softmax", metric=metric)
    assert names(history) == [("one-unit-softmax", "exact")]


def test_keras_3_squared_error_of_hard_outputs_and_accuracy_add_up_to_one(keras):
    import numpy as np

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, activation="sigmoid")])
    model.layers[0].set_weights([np.full((1, 1), 200, dtype="float32"), np.zeros(1, dtype="float32")])
    model.compile(keras.optimizers.SGD(1.0), loss="mse", metrics=["accuracy"])
    x = np.full((N, 1), -1, dtype="float32")
    history = model.fit(x, np.asarray(zeros_and_ones()), epochs=3, batch_size=100, verbose=0).history
    assert names(log({k: printed(v) for k, v in history.items()})) == [("hard-outputs", "exact")]


def torch_log(torch, outputs, targets, loss, correct, *, epochs=3, lr=0.1, digits=4, counts=None) -> HistoryProfile:
    """Epochs of full-batch training of `outputs` themselves; `correct` turns them into right and wrong answers."""
    free = torch.tensor(outputs, dtype=torch.float32, requires_grad=True)
    optimiser = torch.optim.SGD([free], lr=lr)
    losses, scores = [], []
    for _ in range(epochs):
        value = loss(free, targets)
        losses.append(float(value))
        scores.append(float(correct(free, targets).float().mean()))
        optimiser.zero_grad()
        if value.requires_grad:
            value.backward()
            optimiser.step()
    return log({"loss": printed(losses, digits), "accuracy": printed(scores, digits)}, counts)


def yes_no(z, y):
    return (z > 0) == (y > 0.5)


def same_class(z, y):
    return z.argmax(1) == y


def test_torch_bceloss_charges_100_where_the_sigmoid_has_rounded_to_one(torch):
    y = torch.tensor([1.0] * 300 + [0.0] * 700)
    history = torch_log(torch, [40.0] * N, y, lambda z, y: torch.nn.BCELoss()(z.sigmoid(), y), yes_no)
    assert last_loss(history) == pytest.approx(70.0, abs=1e-3)
    assert names(history) == [("torch-bce", "exact")]


def test_torch_nllloss_on_probabilities_is_minus_the_accuracy(torch):
    y = torch.arange(N) % 4
    z = [[60.0, 0.0, 0.0, 0.0]] * N
    history = torch_log(torch, z, y, lambda z, y: torch.nn.NLLLoss()(z.softmax(1), y), same_class)
    assert names(history) == [("nll-on-probabilities", "exact")]


@pytest.mark.parametrize(("k", "stuck"), [(3, 1.2181), (10, 2.3612), (100, 4.6122)])
def test_torch_cross_entropy_of_a_softmax_stuck_on_one_class(torch, k, stuck):
    y = torch.arange(300 * k) % k
    z = [[60.0] + [0.0] * (k - 1)] * (300 * k)
    counts = ClassCounts.of([300] * k)
    history = torch_log(
        torch, z, y, lambda z, y: torch.nn.CrossEntropyLoss()(z.softmax(1), y), same_class, counts=counts
    )
    assert last_loss(history) == pytest.approx(stuck, abs=1e-4)
    assert (f"softmax-before-cross-entropy-{k}", "exact") in names(history)


def training(torch, head, *, epochs=30) -> HistoryProfile:
    """A small network on ten separable classes; `head` is what stands between its outputs and CrossEntropyLoss."""
    torch.manual_seed(0)
    y = torch.randint(0, 10, (2000,))
    x = torch.randn(10, 16)[y] + torch.randn(2000, 16)
    model = torch.nn.Sequential(torch.nn.Linear(16, 64), torch.nn.ReLU(), torch.nn.Linear(64, 10))
    optimiser = torch.optim.Adam(model.parameters(), lr=0.01)
    losses, scores = [], []
    for _ in range(epochs):
        loss = right = 0.0
        for batch in range(0, 2000, 100):
            z = head(model(x[batch : batch + 100]))
            value = torch.nn.functional.cross_entropy(z, y[batch : batch + 100])
            optimiser.zero_grad()
            value.backward()
            optimiser.step()
            loss += float(value.detach()) / 20
            right += float(same_class(z, y[batch : batch + 100]).float().mean()) / 20
        losses.append(loss)
        scores.append(right)
    return log({"loss": printed(losses), "accuracy": printed(scores)}, ClassCounts.of([200] * 10))


def test_torch_a_softmax_before_cross_entropy_is_found_while_it_learns(torch):
    history = training(torch, lambda z: z.softmax(1))
    assert names(history) == [("softmax-before-cross-entropy-10", "compatible")]
    assert history.verdict == "learning"


def test_torch_log_softmax_before_cross_entropy_is_harmless(torch):
    history = training(torch, lambda z: z.log_softmax(1))
    assert history.verdict == "learning"
    assert findings(history) == []


def test_torch_a_sigmoid_before_bce_with_logits_answers_all_ones(torch):
    y = torch.tensor([1.0] * 300 + [0.0] * 700)
    z = [40.0] * 300 + [-40.0] * 700
    history = torch_log(
        torch,
        z,
        y,
        lambda z, y: torch.nn.BCEWithLogitsLoss()(z.sigmoid(), y),
        lambda z, y: (z.sigmoid().sigmoid() >= 0.5) == (y > 0.5),
        counts=BINARY,
    )
    assert ("sigmoid-before-bce-with-logits", "exact") in names(history)


@pytest.mark.parametrize("k", [2, 4, 10])
def test_torch_a_head_of_zeros_without_a_learning_rate_stands_on_ln_k(torch, k):
    y = torch.arange(N) % k
    history = torch_log(torch, [[0.0] * k] * N, y, torch.nn.CrossEntropyLoss(), same_class, lr=0.0)
    assert last_loss(history) == pytest.approx(math.log(k), abs=1e-4)
    assert names(history) == [(f"uniform-output-{k}", "exact")]
    assert history.verdict == "frozen"


def bias_only(torch, loss, *, steps=4000, lr=0.5):
    """The history of a head that sees nothing but a bias, 300 positives in 1,000; every hundredth step is a record."""
    y = torch.tensor([1.0] * 300 + [0.0] * 700)
    bias = torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.SGD([bias], lr=lr)
    losses, scores = [], []
    for step in range(steps):
        z = bias.expand(N)
        value = loss(z, y)
        if step % 100 == 0:
            losses.append(float(value.detach()))
            scores.append(float(yes_no(z, y).float().mean()))
        optimiser.zero_grad()
        value.backward()
        optimiser.step()
    return log({"loss": printed(losses, 6), "accuracy": printed(scores, 6)}, BINARY)


def test_torch_a_bias_alone_learns_the_prior_entropy(torch):
    history = bias_only(torch, torch.nn.BCEWithLogitsLoss())
    assert names(history)[0] == ("prior-entropy", "exact")
    assert "chance-plateau" in {f.rule.name for f in findings(history)}


@pytest.mark.parametrize(
    ("name", "floor", "positive", "negative"),
    [
        ("bce-pos-weight-mean-prior", 0.970406, 7 / 3, 1.0),
        ("bce-complement-pair-mean-prior", 0.291122, 0.7, 0.3),
    ],
)
def test_torch_a_bias_alone_stands_on_the_floor_of_its_weights(torch, name, floor, positive, negative):
    def weighted(z, y):
        weights = torch.where(y > 0.5, positive, negative)
        return torch.nn.functional.binary_cross_entropy_with_logits(z, y, weight=weights)

    history = bias_only(torch, weighted)
    assert last_loss(history) == pytest.approx(floor, abs=1e-6)
    assert name in dict(names(history))


def test_torch_a_bias_alone_stands_on_the_floor_of_focal_loss(torch):
    def focal(z, y):
        p = torch.where(y > 0.5, z.sigmoid(), 1 - z.sigmoid())
        return ((1 - p) ** 2 * -p.log()).mean()

    assert names(bias_only(torch, focal))[0] == ("focal-2-prior", "exact")


def test_torch_an_infinite_pos_weight_is_nan_from_the_first_record(torch):
    y = torch.zeros(N)
    loss = torch.nn.BCEWithLogitsLoss(pos_weight=torch.tensor(math.inf))
    history = torch_log(torch, [0.0] * N, y, loss, yes_no)
    assert history.verdict == "not_finite"
