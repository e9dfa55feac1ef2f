"""An emitted loss run by the framework it was emitted for: its value and its gradient to the logits."""

import os
from typing import Any

import numpy as np
import pytest

from imbalance_doctor.emitters._loss import emit
from imbalance_doctor.model import Recipe, Weights

TARGETS = ("pytorch", "keras", "jax")


def namespace(target: str, weights: Weights, recipe: Recipe) -> dict[str, Any]:
    """What the emitted module leaves behind."""
    found: dict[str, Any] = {}
    exec(emit(target, weights, recipe), found)  # noqa: S102
    return found


def torch_criterion(weights: Weights, recipe: Recipe) -> Any:
    """The emitted PyTorch loss, with its constants in float64."""
    return namespace("pytorch", weights, recipe)["criterion"].double()


def value_and_gradient(target: str, weights: Weights, recipe: Recipe, logits: Any, targets: Any, dtype: str) -> Any:
    """The mean loss and its gradient to the logits, as a float and an array. Skips where the framework is missing."""
    run = {"pytorch": in_torch, "keras": in_keras, "jax": in_jax}[target]
    return run(weights, recipe, np.asarray(logits), np.asarray(targets), dtype)


def in_torch(weights: Weights, recipe: Recipe, logits: Any, targets: Any, dtype: str) -> Any:
    torch = pytest.importorskip("torch")
    criterion = namespace("pytorch", weights, recipe)["criterion"].to(getattr(torch, dtype))
    return in_autograd(torch, criterion, logits, targets, dtype)


def in_keras(weights: Weights, recipe: Recipe, logits: Any, targets: Any, dtype: str) -> Any:
    torch = pytest.importorskip("torch")
    os.environ.setdefault("KERAS_BACKEND", "torch")
    keras = pytest.importorskip("keras")
    if keras.backend.backend() != "torch":
        pytest.skip("the gradient is taken on the torch backend")
    loss = namespace("keras", weights, recipe)[f"{recipe.loss.replace('-', '_')}_loss"]
    return in_autograd(torch, lambda z, y: loss(y, z).mean(), logits, targets, dtype)


def in_autograd(torch: Any, loss: Any, logits: Any, targets: Any, dtype: str) -> Any:
    z = torch.tensor(logits, dtype=getattr(torch, dtype), requires_grad=True)
    value = loss(z, torch.tensor(targets))
    value.backward()
    return float(value.detach()), z.grad.numpy()


def in_jax(weights: Weights, recipe: Recipe, logits: Any, targets: Any, dtype: str) -> Any:
    jax = pytest.importorskip("jax")
    loss = namespace("jax", weights, recipe)[f"{recipe.loss.replace('-', '_')}_loss"]
    before = jax.config.jax_enable_x64
    jax.config.update("jax_enable_x64", dtype == "float64")
    try:
        value, gradient = jax.value_and_grad(loss)(jax.numpy.asarray(logits, dtype=dtype), jax.numpy.asarray(targets))
        return float(value), np.asarray(gradient)
    finally:
        jax.config.update("jax_enable_x64", before)
