"""One file per loss: class counts and weights in, a recipe out."""

import inspect
import math
from collections.abc import Iterable, Mapping

from ..errors import UsageError
from ..model import Recipe, Weights
from ..plugins import Plugin, losses, schemes, unknown_name

NONE = ""
"""Stands on a card for a loss that takes no weights: the counts alone."""


def scheme(plugin: Plugin, task: str, asked: str) -> str:
    """The scheme whose numbers the loss takes: as asked, or its own where "auto" is asked.

    Raises UsageError for a task the loss is not for, and for a scheme it would ignore or misread.
    """
    takes: Mapping[str, str] = plugin.card.schemes
    own = takes.get(task)
    if own is None:
        # As binary a file is read only where it holds two classes; as one of the others it always is.
        other = next(t for t in takes if t != "binary")
        raise UsageError(
            f"the loss {plugin.name} is not for a {task} task, only for {', '.join(takes)}",
            f"name another loss, see 'imbalance-doctor list losses'; or --task {other}",
        )
    if own == NONE:
        if asked not in ("auto", "uniform"):
            raise UsageError(
                f"the loss {plugin.name} takes no weights: --scheme {asked} has no place in it",
                "leave --scheme out",
            )
        return "uniform"
    if asked == "auto":
        return own
    kind = schemes().find(asked).card.kind
    wanted = plugin.card.kinds.get(task, schemes().find(own).card.kind)
    fitting = [n for n, s in schemes().items() if s.card.kind == wanted and not starts_only(s) and n != own]
    if starts_only(schemes().find(asked)):
        raise UsageError(
            f"{asked} is where the bias of the last layer starts: in the loss {plugin.name} it would be a correction",
            f"use --scheme {own}; for the start, --scheme {asked} without --loss",
        )
    if kind != wanted and asked != "uniform":
        raise UsageError(
            f"the loss {plugin.name} takes a scheme of kind {wanted} for a {task} task, and {asked} is of kind {kind}",
            f"use --scheme {own}" + (f", or another of its kind: {', '.join(fitting)}" if fitting else ""),
        )
    return asked


def starts_only(scheme: Plugin) -> bool:
    """Whether the numbers of a scheme are for the start of training, not for the loss."""
    return bool(getattr(scheme.module, "START_ONLY", False))


def tunables(plugin: Plugin) -> tuple[str, ...]:
    """The names of the numbers of a loss that a user can set."""
    parameters = inspect.signature(plugin.verb).parameters.values()
    return tuple(p.name for p in parameters if p.kind is p.KEYWORD_ONLY)


def require_known(plugin: Plugin, scheme: str, numbers: Iterable[str]) -> None:
    """Raises UsageError for a number that neither the loss nor the scheme has."""
    theirs = tunables(schemes().find(scheme)) if scheme != "auto" else ()
    known = (*tunables(plugin), *theirs)
    for name in numbers:
        if name not in known:
            raise unknown_name(f"number of the loss {plugin.name} or the scheme {scheme}", name, list(known))


def require_factors(plugin: Plugin, scheme: str, given: Mapping[str, object]) -> None:
    """Raises UsageError for an option that scales weights, by name, where the loss is given none to scale."""
    for option in (name for name, value in given.items() if value is not None and scheme == "uniform"):
        others = NONE not in plugin.card.schemes.values()
        raise UsageError(
            f"without weights in the loss {plugin.name} there is nothing for {option} to act on",
            f"leave {option} out" + (", or name a scheme with --scheme" if others else ""),
        )


def make(name: str, weights: Weights, parameters: Mapping[str, float]) -> Recipe:
    """The recipe of a loss for these weights. Raises UsageError for a number it does not have or that is not finite."""
    plugin = losses().find(name)
    known = tunables(plugin)
    for parameter, value in parameters.items():
        if parameter not in known:
            has = f"its numbers: {', '.join(known)}" if known else "it has none to set"
            raise UsageError(f"the loss {plugin.name} has no number {parameter!r}", has)
        if not math.isfinite(value):
            raise UsageError(f"{parameter} must be a finite number, not {value!r}")
    made = plugin.verb(weights, **parameters)
    assert isinstance(made, Recipe)
    return made
