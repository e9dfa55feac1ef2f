"""The two targets for the Trainer of Transformers: the text, and a real Trainer with a tiny random model."""

import ast
import copy
import math

import numpy as np
import pytest

from imbalance_doctor.emitters import emit
from imbalance_doctor.errors import UsageError
from tests.emitters.samples import binary, sample

TARGETS = ("hf-trainer", "hf-trainer-legacy")
POSITIVE, NEGATIVE = (2.0, 5.0, 9.0), (3.0, 0.5, 0.25)
PRIOR = (0.6, 0.3, 0.1)
LOG_PRIOR = tuple(math.log(p) for p in PRIOR)
UNSORTED = ("b", "a", '"); import os; ("')
CLASS_FORMS = {
    "class-weight": sample(classes=UNSORTED, values=POSITIVE),
    "offset": sample("offset", classes=UNSORTED, values=LOG_PRIOR),
    "margin": sample("margin", classes=UNSORTED, values=(0.01, 0.02, 0.05)),
}
LABEL_FORMS = {
    "pos-weight": sample("pos-weight", "multilabel", UNSORTED, POSITIVE),
    "pair": sample("pair", "multilabel", UNSORTED, POSITIVE, values_negative=NEGATIVE),
    "offset": sample("offset", "multilabel", UNSORTED, LOG_PRIOR),
}


def signature(target: str, name: str) -> str:
    functions = [node for node in ast.walk(ast.parse(emit(target, sample()))) if isinstance(node, ast.FunctionDef)]
    return next(ast.unparse(node.args) for node in functions if node.name == name)


def test_the_number_of_items_is_a_parameter_as_the_trainer_demands():
    assert signature("hf-trainer", "compute_loss_func") == "outputs, labels, num_items_in_batch=None"
    expected = "self, model, inputs, return_outputs=False, num_items_in_batch=None"
    assert signature("hf-trainer-legacy", "compute_loss") == expected


@pytest.mark.parametrize("target", TARGETS)
def test_repeated_samples_are_refused_because_the_trainer_has_its_own_sampler(target):
    with pytest.raises(UsageError, match="makes its own sampler") as caught:
        emit(target, sample("repeat"))
    assert "--scheme power" in caught.value.hint


@pytest.mark.parametrize("target", TARGETS)
def test_a_starting_bias_is_put_into_the_head(target):
    text = emit(target, sample("offset", scheme="prior-bias", values=(-0.5, -1.0, -2.0)))
    assert "def initialise_bias(head):" in text
    assert "BIAS_INIT = [-0.5, -1.0, -2.0]" in text


def entropies(z, y, kind):
    """Per item the loss times its weight, from logits (M, 3) and classes (M,)."""
    rows = np.arange(len(y))
    if kind == "offset":
        z = z + np.log(PRIOR)
    if kind == "margin":
        z = 30 * (z - np.eye(3)[y] * (0.01, 0.02, 0.05))
    terms = np.log(np.exp(z).sum(1)) - z[rows, y]
    return terms * (np.array(POSITIVE)[y] if kind == "class-weight" else 1.0)


def label_terms(z, y, kind):
    """Per label of each sample the loss times its factor."""
    if kind == "offset":
        return y * np.logaddexp(0, -z - LOG_PRIOR) + (1 - y) * np.logaddexp(0, z + LOG_PRIOR)
    w0 = NEGATIVE if kind == "pair" else (1.0,) * 3
    return np.array(POSITIVE) * y * np.logaddexp(0, -z) + np.array(w0) * (1 - y) * np.logaddexp(0, z)


def defined(target, weights):
    """What the emitted module defines."""
    found: dict = {}
    exec(emit(target, weights), found)  # noqa: S102
    return found


@pytest.fixture(scope="module")
def frameworks():
    torch = pytest.importorskip("torch")
    return torch, pytest.importorskip("transformers"), pytest.importorskip("accelerate")


def tiny(frameworks, head="BertForSequenceClassification", n_labels=3):
    """A random BERT of one layer, 16 wide, without dropout."""
    torch, transformers, _ = frameworks
    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=20,
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        num_labels=n_labels,
    )
    return getattr(transformers, head)(config)


def rows(torch, labels):
    """Sixteen samples of five random tokens with these labels."""
    ids = torch.randint(0, 20, (16, 5), generator=torch.Generator().manual_seed(1))
    return [
        {"input_ids": i, "attention_mask": torch.ones(5, dtype=torch.int64), "labels": y}
        for i, y in zip(ids, labels, strict=True)
    ]


def trainer(frameworks, target, weights, model, data, folder, batch=16, steps=1):
    _, transformers, _ = frameworks
    arguments = transformers.TrainingArguments(
        output_dir=str(folder),
        max_steps=1,
        per_device_train_batch_size=batch,
        per_device_eval_batch_size=16,
        gradient_accumulation_steps=steps,
        learning_rate=0.0,
        max_grad_norm=1e9,
        logging_steps=1,
        use_cpu=True,
        report_to="none",
        save_strategy="no",
        disable_tqdm=True,
    )
    found = defined(target, weights)
    options = {"compute_loss_func": found["compute_loss_func"]} if target == "hf-trainer" else {}
    make = transformers.Trainer if target == "hf-trainer" else found["ImbalanceTrainer"]
    return make(
        model=copy.deepcopy(model),
        args=arguments,
        train_dataset=data,
        eval_dataset=data,
        data_collator=transformers.default_data_collator,
        **options,
    )


def logged(run):
    """Loss and gradient norm of the one optimiser step."""
    run.train()
    return run.state.log_history[0]["loss"], run.state.log_history[0]["grad_norm"]


def by_hand(torch, model, data, loss_of):
    """Logits of all samples at once, the expected loss and the norm of its gradient by the chain rule."""
    model.train()
    inputs = {k: torch.stack([row[k] for row in data]) for k in ("input_ids", "attention_mask")}
    logits = model(**inputs).logits
    z = logits.detach().double().numpy()
    slopes, step = np.zeros_like(z), 1e-5
    for index in np.ndindex(z.shape):
        up, down = z.copy(), z.copy()
        up[index] += step
        down[index] -= step
        slopes[index] = (loss_of(up) - loss_of(down)) / (2 * step)
    logits.backward(torch.tensor(slopes, dtype=logits.dtype))
    norm = math.sqrt(sum(float((p.grad.double() ** 2).sum()) for p in model.parameters() if p.grad is not None))
    return loss_of(z), norm


FRAMEWORK = pytest.mark.frameworks
QUIET = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning")


@FRAMEWORK
@QUIET
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("kind", CLASS_FORMS)
def test_loss_and_gradient_are_the_same_in_one_batch_of_16_and_in_4_steps_of_4(target, kind, frameworks, tmp_path):
    torch = frameworks[0]
    y = np.array([0] * 11 + [1] * 4 + [2])
    data, model = rows(torch, torch.as_tensor(y)), tiny(frameworks)
    value, norm = by_hand(torch, copy.deepcopy(model), data, lambda z: entropies(z, y, kind).sum() / 16)
    for batch, steps in ((16, 1), (4, 4)):
        found = logged(trainer(frameworks, target, CLASS_FORMS[kind], model, data, tmp_path, batch, steps))
        assert found == pytest.approx((value, norm), rel=2e-4)


@FRAMEWORK
@QUIET
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("kind", LABEL_FORMS)
def test_labels_are_counted_one_by_one(target, kind, frameworks, tmp_path):
    torch = frameworks[0]
    y = np.random.default_rng(2).integers(0, 2, (16, 3)).astype(np.float32)
    data, model = rows(torch, torch.as_tensor(y)), tiny(frameworks)
    value, norm = by_hand(torch, copy.deepcopy(model), data, lambda z: label_terms(z, y, kind).sum() / 48)
    for batch, steps in ((16, 1), (4, 4)):
        found = logged(trainer(frameworks, target, LABEL_FORMS[kind], model, data, tmp_path, batch, steps))
        assert found == pytest.approx((value, norm), rel=2e-4)


@FRAMEWORK
@QUIET
@pytest.mark.parametrize("target", TARGETS)
def test_tokens_labelled_minus_100_are_neither_weighed_nor_counted(target, frameworks, tmp_path):
    """Steps with unlike numbers of tokens: only the count of all steps together gives the same gradient."""
    torch = frameworks[0]
    y = np.random.default_rng(3).integers(0, 3, (16, 5))
    y[np.arange(5)[None, :] > np.arange(16)[:, None] % 4] = -100
    data, model = rows(torch, torch.as_tensor(y)), tiny(frameworks, "BertForTokenClassification")
    known = y.ravel() != -100

    def loss_of(z):
        return entropies(z.reshape(-1, 3)[known], y.ravel()[known], "class-weight").sum() / known.sum()

    value, norm = by_hand(torch, copy.deepcopy(model), data, loss_of)
    for batch, steps in ((16, 1), (4, 4)):
        found = logged(trainer(frameworks, target, CLASS_FORMS["class-weight"], model, data, tmp_path, batch, steps))
        assert found == pytest.approx((value, norm), rel=2e-4)


@FRAMEWORK
@QUIET
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("n_outputs", [1, 2])
@pytest.mark.parametrize(("kind", "w0"), [("pos-weight", 1.0), ("pair", 0.5)])
def test_a_binary_model_of_one_output_or_two(target, n_outputs, kind, w0, frameworks, tmp_path):
    torch = frameworks[0]
    changes = {"values_negative": (9.0, 0.5)} if kind == "pair" else {}
    weights = binary(kind, classes=("z", "a"), values=(9.0, 4.0), **changes)
    y = np.array([0] * 12 + [1] * 4)
    data, model = rows(torch, torch.as_tensor(y)), tiny(frameworks, n_labels=n_outputs)

    def loss_of(z):
        z = z[:, -1] - (z[:, 0] if n_outputs == 2 else 0.0)
        return (4 * y * np.logaddexp(0, -z) + w0 * (1 - y) * np.logaddexp(0, z)).mean()

    expected = by_hand(torch, copy.deepcopy(model), data, loss_of)
    found = logged(trainer(frameworks, target, weights, model, data, tmp_path, 4, 4))
    assert found == pytest.approx(expected, rel=2e-4)


@FRAMEWORK
@QUIET
@pytest.mark.parametrize("target", TARGETS)
def test_the_evaluation_loss_is_the_weighted_one(target, frameworks, tmp_path):
    torch = frameworks[0]
    y = np.array([0] * 11 + [1] * 4 + [2])
    data, model = rows(torch, torch.as_tensor(y)), tiny(frameworks)
    value, _ = by_hand(torch, copy.deepcopy(model), data, lambda z: entropies(z, y, "class-weight").sum() / 16)
    found = trainer(frameworks, target, CLASS_FORMS["class-weight"], model, data, tmp_path).evaluate()
    assert found["eval_loss"] == pytest.approx(value, rel=1e-5)


@FRAMEWORK
@pytest.mark.parametrize(("kind", "shape"), [("class-weight", (6, 3)), ("pos-weight", (6, 3))])
def test_without_a_number_of_items_it_is_the_mean_and_a_batch_without_items_is_zero(kind, shape, frameworks):
    torch = frameworks[0]
    weights = CLASS_FORMS[kind] if kind in CLASS_FORMS else LABEL_FORMS[kind]
    function = defined("hf-trainer", weights)["compute_loss_func"]
    z = np.random.default_rng(4).normal(size=shape)
    y = np.array([0, 1, 2, 2, 1, 0]) if kind == "class-weight" else np.eye(3)[[0, 1, 2, 2, 1, 0]]
    terms = entropies(z, y, kind) if kind == "class-weight" else label_terms(z, y, kind)
    outputs = {"logits": torch.tensor(z)}
    assert function(outputs, torch.as_tensor(y)).item() == pytest.approx(terms.mean(), rel=1e-6)
    assert function(outputs, torch.as_tensor(y), num_items_in_batch=torch.tensor(7)).item() == pytest.approx(
        terms.sum() / 7, rel=1e-6
    )
    assert function(outputs, torch.full(y.shape, -100)).item() == 0.0
    # In half precision the sum stays finite.
    half = function({"logits": torch.tensor(z).half() * 1000}, torch.as_tensor(y))
    assert math.isfinite(half.item())
