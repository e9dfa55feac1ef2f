"""One file per target: weights in, text out."""

from collections.abc import Iterator
from typing import Any

from ..errors import UsageError
from ..model import Recipe, Weights
from ..plugins import Plugin, emitters
from ._refusals import misfit


def emit(target: str, weights: Weights) -> str:
    """The weights in the syntax of a target, ending in one newline.

    Raises UsageError for an unknown target, and for a task or kind of scheme that the target would ignore or
    misread, with the reason and the nearest thing that works. Raises OutputError for a class name that the syntax
    cannot hold.
    """
    return str(_fitting(target, weights).verb(weights))


def emit_rows(target: str, weights: Weights, rows: Any, suffix: str = "") -> Iterator[bytes]:
    """The rows of the input with their weights, for a target that has the verb `emit_rows`; errors as for `emit`."""
    emitter = _fitting(target, weights)
    return iter(emitter.module.emit_rows(weights, rows, suffix))


def _fitting(target: str, weights: Weights) -> Plugin:
    """The target. Raises UsageError when it cannot express these weights."""
    emitter = emitters().find(target)
    if weights.task == "binary" and len(weights.classes) != 2:
        raise UsageError(f"a binary task has two classes, not {len(weights.classes)}", "use --task multiclass")
    if not emitter.card.takes(weights.scheme, weights.kind, weights.task):
        raise misfit(emitter.card, weights)
    return emitter


def emit_loss(target: str, weights: Weights, recipe: Recipe) -> str:
    """The module of a loss, with the constants of these weights filled in.

    Raises UsageError for a target that no loss can be written for.
    """
    from . import _loss

    emitter = emitters().find(target)
    if emitter.name not in _loss.SHELLS:
        raise UsageError(
            f"no loss can be written for {emitter.name}",
            f"use --to {', --to '.join(_loss.SHELLS)}; or leave --loss out",
        )
    return _loss.emit(emitter.name, weights, recipe)
