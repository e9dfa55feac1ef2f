"""The few functions of torch and keras that emitted modules call, in numpy, written from their documentation.

They let a test run an emitted module and compare its loss with a formula where the frameworks are not installed.
"""

import contextlib
import sys
from collections.abc import Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np


class Tensor(np.ndarray):
    """An array with torch's names for what numpy calls otherwise."""

    def amax(self, dim: int) -> Any:
        return self.max(axis=dim)

    def view(self, shape: Any) -> Any:
        return self.reshape(shape) if isinstance(shape, tuple) else super().view(shape)

    def movedim(self, source: int, destination: int) -> Any:
        return np.moveaxis(self, source, destination)

    def copy_(self, other: Any) -> None:
        self[...] = np.broadcast_to(other, self.shape)


def tensor(data: Any, dtype: Any = None) -> Any:
    return np.asarray(data, dtype=np.float64 if dtype is not None else None).view(Tensor)


def softplus(x: Any) -> Any:
    return np.logaddexp(0, x)


def cross_entropies(logits: Any, targets: Any) -> Any:
    """Per sample, from logits (N, K) and class indices (N,)."""
    return np.logaddexp.reduce(logits, axis=1) - logits[np.arange(len(targets)), targets]


def binary_cross_entropies(logits: Any, targets: Any, pos_weight: Any = 1.0) -> Any:
    return pos_weight * targets * softplus(-logits) + (1 - targets) * softplus(logits)


class Module:
    def register_buffer(self, name: str, value: Any, persistent: bool = True) -> None:
        assert not persistent, "a persistent buffer changes the state dict"
        setattr(self, name, value)

    def __call__(self, *args: Any) -> Any:
        return self.forward(*args)  # type: ignore[attr-defined]


class CrossEntropyLoss(Module):
    """The weighted mean divides by the weights of the batch."""

    def __init__(self, weight: Any) -> None:
        self.weight = weight

    def forward(self, logits: Any, targets: Any) -> Any:
        weights = self.weight[targets]
        return (weights * cross_entropies(logits, targets)).sum() / weights.sum()


class BCEWithLogitsLoss(Module):
    def __init__(self, pos_weight: Any) -> None:
        self.pos_weight = pos_weight

    def forward(self, logits: Any, targets: Any) -> Any:
        return binary_cross_entropies(logits, targets, self.pos_weight).mean()


def torch_modules() -> dict[str, Any]:
    functional = SimpleNamespace(
        softplus=softplus,
        one_hot=lambda targets, n: np.eye(n)[targets],
        cross_entropy=lambda logits, targets: cross_entropies(logits, targets).mean(),
        binary_cross_entropy_with_logits=lambda logits, targets: binary_cross_entropies(logits, targets).mean(),
    )
    nn = SimpleNamespace(
        Module=Module,
        CrossEntropyLoss=CrossEntropyLoss,
        BCEWithLogitsLoss=BCEWithLogitsLoss,
        functional=functional,
    )
    data = SimpleNamespace(WeightedRandomSampler=SimpleNamespace)
    data.WeightedRandomSampler = lambda weights, **options: SimpleNamespace(weights=weights, **options)
    torch = SimpleNamespace(
        tensor=tensor,
        as_tensor=np.asarray,
        float32="float32",
        float64="float64",
        where=lambda condition, a, b: np.where(condition, a, b).view(Tensor),
        no_grad=contextlib.nullcontext,
        nn=nn,
    )
    return {"torch": torch, "torch.nn": nn, "torch.nn.functional": functional, "torch.utils.data": data}


def keras_modules() -> dict[str, Any]:
    ops = SimpleNamespace(
        convert_to_tensor=lambda x, dtype=None: np.asarray(x, dtype=dtype),
        cast=lambda x, dtype: np.asarray(x).astype(dtype),
        softplus=softplus,
        mean=np.mean,
        reshape=np.reshape,
        one_hot=lambda indices, n, dtype: np.eye(n, dtype=dtype)[indices],
    )
    losses = SimpleNamespace(
        sparse_categorical_crossentropy=lambda y, z, from_logits: cross_entropies(z, y),
        binary_crossentropy=lambda y, z, from_logits: binary_cross_entropies(z, y).mean(axis=-1),
    )
    return {"keras": SimpleNamespace(ops=ops, losses=losses), "keras.ops": ops}


@contextlib.contextmanager
def installed(modules: dict[str, Any]) -> Iterator[None]:
    """With these under their names in `sys.modules`, whatever was there before coming back at the end."""
    before = {name: sys.modules.get(name) for name in modules}
    for name, content in modules.items():
        sys.modules[name] = ModuleType(name)
        sys.modules[name].__dict__.update(vars(content))
    try:
        yield
    finally:
        for name, module in before.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module


def run(text: str, modules: dict[str, Any]) -> dict[str, Any]:
    """The namespace an emitted module leaves behind."""
    namespace: dict[str, Any] = {}
    with installed(modules):
        exec(text, namespace)  # noqa: S102
    return namespace
