"""A recipe written out as a module of one framework."""

import ast
from dataclasses import replace

import numpy as np
import pytest

from imbalance_doctor.emitters import emit_loss
from imbalance_doctor.emitters._loss import NAMES, SHELLS, emit
from imbalance_doctor.errors import UsageError
from imbalance_doctor.model import Recipe
from imbalance_doctor.plugins import emitters
from tests.emitters.parsing import literals
from tests.emitters.samples import binary, sample
from tests.emitters.stand_ins import keras_modules, run, torch_modules

LOGITS = np.array([[0.5, -1.0, 2.0], [0.0, 3.0, -2.0]])
TARGETS = np.array([[1, 0, 1], [0, 0, 1]])
FACTORS = (2.0, 3.0, 5.0)


def recipe(**changes):
    """The mean of a factor a class times a softplus, which three of the four functions of a stand-in can do."""
    made = Recipe(
        "one-more",
        "A loss of no use",
        "columns",
        "element",
        {"FACTORS": FACTORS, "SCALE": 0.25},
        "# the factors\nloss = SCALE * factors * @softplus(logits) * targets\n",
        (0.1, 0.2, None),
        0.123456789,
        ("A note.",),
    )
    return replace(made, **changes)


def expected():
    return 0.25 * np.array(FACTORS) * np.log1p(np.exp(LOGITS)) * TARGETS


class TorchTensor(np.ndarray):
    """An array with torch's cast."""

    def to(self, dtype):
        return np.asarray(self, dtype=dtype)


def test_the_pytorch_module_computes_the_mean_of_the_body():
    module = run(emit("pytorch", sample(), recipe()), torch_modules())
    assert module["criterion"](LOGITS, TARGETS.view(TorchTensor)) == pytest.approx(expected().mean(), rel=1e-12)
    assert type(module["criterion"]).__name__ == "OneMoreLoss"


def test_the_keras_function_computes_one_value_a_sample():
    module = run(emit("keras", sample(), recipe()), keras_modules())
    assert module["one_more_loss"](TARGETS, LOGITS) == pytest.approx(expected().mean(axis=1), rel=1e-12)


@pytest.mark.parametrize(
    ("per", "torch", "keras", "jax"),
    [
        ("element", "loss.mean()", "ops.mean(loss, -1)", "loss.mean()"),
        ("sample", "loss.mean()", "loss", "loss.mean()"),
        ("batch", "loss", "loss", "loss"),
    ],
)
def test_the_mean_is_taken_over_what_the_body_leaves(per, torch, keras, jax):
    for target, result in {"pytorch": torch, "keras": keras, "jax": jax}.items():
        assert f"    return {result}\n" in emit(target, sample(), recipe(per=per))


@pytest.mark.parametrize("target", SHELLS)
def test_numbers_are_literals_and_vectors_as_long_as_the_classes(target):
    text = emit(target, sample(), recipe())
    assert literals(text)["FACTORS"] == list(FACTORS)
    assert "SCALE = 0.25\n" in text
    assert "assert len(FACTORS) == len(CLASSES)" in text
    with pytest.raises(AssertionError, match="one number per class"):
        run_data(text.replace("2.0, 3.0", "3.0"))


def run_data(text):
    """The literals and guards of a module, without its imports and code."""
    kept = [node for node in ast.parse(text).body if isinstance(node, ast.Assign | ast.Assert)]
    kept = [node for node in kept if "criterion" not in ast.unparse(node)]
    exec(compile(ast.Module(kept, []), "literals", "exec"), {})  # noqa: S102


@pytest.mark.parametrize("target", SHELLS)
def test_the_comment_states_the_boundary_the_floor_and_the_notes(target):
    text = emit(target, sample(), recipe())
    assert "from a true posterior of 0.1 to 0.2 on, by class." in text.replace("\n# ", " ")
    assert "# A model that learnt nothing stays at 0.123457: the floor for these counts." in text
    assert "# A note." in text


@pytest.mark.parametrize("target", SHELLS)
def test_what_there_is_not_is_not_stated(target):
    text = emit(target, sample(), recipe(boundary=(None,) * 3, floor=None, notes=()))
    assert "posterior" not in text
    assert "learnt nothing" not in text


@pytest.mark.parametrize("target", SHELLS)
def test_one_logit_is_for_the_class_at_index_1_and_has_its_boundary(target):
    made = recipe(targets="one-logit", boundary=(0.9, 0.1), constants={"SCALE": 2.0}, body="loss = SCALE * logits\n")
    text = emit(target, binary(), made)
    assert "class at index 1, yes." in text
    assert "a true posterior of 0.1 on" in text


@pytest.mark.parametrize("target", SHELLS)
def test_a_long_note_or_shape_stays_within_100_columns(target):
    text = emit(target, sample(), recipe(notes=("word " * 60,), shape="Logits of a kind " * 12))
    assert max(map(len, text.splitlines())) <= 100
    assert "Logits of a kind" in ast.get_docstring(definition(text))


def definition(text):
    return next(node for node in ast.parse(text).body if isinstance(node, ast.ClassDef | ast.FunctionDef))


def test_only_what_is_used_is_imported():
    plain = recipe(constants={}, body="loss = @softplus(logits) * targets\n")
    assert "import torch\n" not in emit("pytorch", sample(), plain)
    assert "from jax import numpy" not in emit("jax", sample(), plain)
    assert "import torch\n" in emit("pytorch", sample(), recipe())
    assert "from jax import numpy as jnp\n" in emit("jax", sample(), recipe())


def test_a_target_without_losses_is_refused_with_those_that_have_them():
    with pytest.raises(UsageError, match="no loss can be written for csv") as caught:
        emit_loss("csv", sample(), recipe())
    for target in SHELLS:
        assert f"--to {target}" in caught.value.hint


def test_a_target_with_losses_writes_its_own():
    for target in set(SHELLS) & set(emitters()):
        assert emit_loss(target, sample(), recipe()) == emit(target, sample(), recipe())


@pytest.mark.frameworks
@pytest.mark.parametrize("name", NAMES)
def test_every_function_of_the_vocabulary_exists_in_every_framework(name):
    jax = pytest.importorskip("jax")
    torch = pytest.importorskip("torch")
    ops = pytest.importorskip("keras").ops
    scope = {"torch": torch, "F": torch.nn.functional, "jax": jax, "jnp": jax.numpy, "ops": ops}
    for target in SHELLS:
        text = emit(target, sample(), recipe(body=f"loss = @{name}\n"))
        (spelled,) = [line.split(" = ")[1] for line in text.splitlines() if line.strip().startswith("loss = ")]
        assert callable(eval(spelled, scope))  # noqa: S307
