"""What is found in a text: weights that can be judged, and remarks on what cannot."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..errors import InputError
from ..model import GivenWeights
from .constants import MAX_NUMBERS, Tensor, UnreadableError, as_float, flat

AUTOMATIC = ("balanced", "auto", "balanced_subsample")


class SettledError(InputError):
    """The text was understood and is no good: no other reading of it can be meant."""


@dataclass
class Found:
    """Weights by the order of their place, and why other things were passed over."""

    weights: list[GivenWeights] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add(self, value: Any, **facts: Any) -> bool:
        """Take a value as weights; a remark where it is none that can be read. Returns whether it was taken."""
        where = facts["key"] + (f" (line {facts['line']})" if facts.get("line") else "")
        try:
            self.weights.append(given(value, **facts))
        except UnreadableError as error:
            self.remarks.append(f"{where}: {error.reason}")
            return False
        return True

    def choose(self, name: str, key: str | None = None) -> GivenWeights:
        """The weights meant. Raises InputError where there are none, or several and none of them is named."""
        if not self.weights:
            raise InputError(
                f"no weights can be read in {name}" + "".join(f"; {remark}" for remark in self.remarks[:3]),
                "give the numbers themselves: a list, an object of class to weight, or the line that builds the loss",
            )
        hits = [w for w in self.weights if key is None or named(w, key)]
        kept = list({same(w): w for w in reversed(hits)}.values())[::-1]
        if len(kept) == 1:
            return kept[0]
        listed = ", ".join(described(w) for w in (kept or self.weights)[:20])
        if not kept:
            raise InputError(f"{name} has no weights under {key!r}", f"it has {listed}")
        raise InputError(f"{name} holds {len(kept)} sets of weights: {listed}", "say which one with --key NAME or LINE")


def given(value: Any, **facts: Any) -> GivenWeights:
    """The noun of a list, mapping or number. Raises UnreadableError for anything else in it."""
    if isinstance(value, UnreadableError):
        raise value
    if isinstance(value, str):
        if value.lower() in AUTOMATIC:
            raise UnreadableError(f'"{value}" is computed by the framework from the labels: there is nothing to lint')
        raise UnreadableError("a text and no numbers")
    if value is None:
        raise UnreadableError("no weights")
    dtype = value.dtype if isinstance(value, Tensor) else ""
    if isinstance(value, Mapping):
        if not value:
            raise UnreadableError("an empty mapping")
        numbers = tuple(as_number(item) for item in value.values())
        text = all(isinstance(name, str) for name in value)
        return GivenWeights(numbers, names=tuple(map(str, value)), **{"text_keys": text, "dtype": dtype, **facts})
    numbers = tuple(as_number(item) for item in value) if isinstance(value, list) and _texts(value) else flat(value)
    if not numbers:
        raise UnreadableError("an empty list")
    return GivenWeights(numbers, **{"dtype": dtype, **facts})


def _texts(items: list[Any]) -> bool:
    return len(items) <= MAX_NUMBERS and any(isinstance(item, str) or item is None for item in items)


def as_number(item: Any) -> float:
    """One number, also where a format has it as text or as a list of one; NaN for null.

    Raises UnreadableError for anything else.
    """
    if isinstance(item, str):
        try:
            return float(item.replace("_", "x"))
        except ValueError:
            raise UnreadableError("something that is no number") from None
    if item is None:
        return math.nan
    if isinstance(item, (int, float)) and not isinstance(item, bool):
        return as_float(item)
    numbers = flat(item)
    if len(numbers) != 1:
        raise UnreadableError("several numbers for one class")
    return numbers[0]


def same(weights: GivenWeights) -> tuple[object, ...]:
    """What two findings of one set of weights have in common. NaN is taken by its text, since it equals nothing."""
    return tuple(map(repr, weights.values)), weights.values_negative, weights.names, weights.role, weights.gamma


def named(weights: GivenWeights, key: str) -> bool:
    """Whether weights stand under a key: the whole path, its last part, or the line.

    >>> named(GivenWeights((1.0, 2.0), key="model.loss.weight", line=7), "loss.weight")
    True
    """
    path = weights.key
    return key in (path, str(weights.line)) or path.endswith((f".{key}", f" {key}")) or path.startswith(f"{key} ")


def described(weights: GivenWeights) -> str:
    """Where weights stand and how they begin, for a choice."""
    n = len(weights.values)
    head = ", ".join(f"{x:.4g}" for x in weights.values[:3]) + (", …" if n > 3 else "")
    line = f" line {weights.line}" if weights.line else ""
    return f"{weights.key or 'the numbers'}{line} [{head}]"
