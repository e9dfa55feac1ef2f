"""Losses made as the command line makes them: counts, the scheme of the card, the recipe."""

from collections.abc import Mapping, Sequence
from typing import Any

from imbalance_doctor import losses
from imbalance_doctor.model import ClassCounts, Recipe, Task, Weights
from imbalance_doctor.plugins import losses as shelf
from imbalance_doctor.weighting import apply


def made(
    loss: str,
    task: Task,
    counts: Sequence[int] | Mapping[str, int],
    n_samples: int | None = None,
    scheme: str = "auto",
    zero_count: str = "refuse",
    cap: float | None = None,
    **numbers: float,
) -> tuple[Weights, Recipe]:
    """The weights of a scheme, "auto" being that of the card, and the recipe of the loss for them."""
    name = losses.scheme(shelf().find(loss), task, scheme)
    known = ClassCounts.of(counts, n_samples=n_samples, task=task)
    weights = apply(known, name, zero_count=zero_count, cap=cap)
    return weights, losses.make(loss, weights, numbers)


def recipe(*arguments: Any, **options: Any) -> Recipe:
    """The recipe alone."""
    return made(*arguments, **options)[1]
