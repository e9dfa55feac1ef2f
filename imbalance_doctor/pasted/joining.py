"""Which number is whose: given weights set against the classes, whatever their form.

One number, a list, a mapping by name or by index, and one number more than classes (a background slot) all end as
factors in class order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..model import ClassCounts, GivenWeights, Role
from . import order, roles

BACKGROUND = {"background", "bg", "__background__", "_background_", "backgr", "void", "no-object", "no_object"}

Slot = Literal["first", "last", "uncovered", ""]


@dataclass(frozen=True)
class Joined:
    """Numbers by class. `values` is None where they cannot be assigned; `kind` is that of a scheme with such numbers.

    `factors` are what the loss multiplies by: per class, or for a pair positive and negative terms apart.
    """

    values: tuple[float, ...] | None = None
    negative: tuple[float, ...] | None = None
    kind: str = "class-weight"
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    background: Slot = ""

    @property
    def ratios(self) -> tuple[float, ...] | None:
        """The factor of the positive over that of the negative term, or of one class over another up to a scale."""
        if self.values is None or self.negative is None:
            return self.values
        return tuple(a / b if b else float("inf") for a, b in zip(self.values, self.negative, strict=True))


def role_of(given: GivenWeights, counts: ClassCounts, loss: str = "") -> tuple[Role, str]:
    """What the numbers do, and what had to be assumed for it. `loss` is what the user says."""
    role = roles.LOSSES[loss] if loss else given.role
    if role == "class-weight" and counts.task == "multilabel":
        return "weight-per-label", ""
    if role != "unknown":
        return role, ""
    if given.values_negative is not None:
        return "pair", ""
    if counts.task == "multilabel":
        return "pos-weight", "assumed: the weight= of a BCE is --loss bce-weight"
    if len(given.values) == 1 and counts.task == "binary":
        return "pos-weight", "assumed, of the class at index 1: anything else is said with --loss"
    return "class-weight", "assumed: anything else is said with --loss"


def join(given: GivenWeights, role: Role, counts: ClassCounts, framework: str) -> Joined:
    """The numbers in class order. They may still be NaN, infinite or negative."""
    k = len(counts.names)
    if given.names is not None:
        return _by_name(given, role, counts, framework)
    if len(given.values) == 1 and k != 1:
        return _one_number(given.values[0], role, counts)
    if len(given.values) == k + 1:
        return _with_background(given, role, counts)
    if len(given.values) == k:
        return _factors(given.values, given.values_negative, role, counts)
    uncovered = len(given.values) == k - 1 and any(name.strip().lower() in BACKGROUND for name in counts.names)
    return Joined(background="uncovered" if uncovered else "")


def _one_number(value: float, role: Role, counts: ClassCounts) -> Joined:
    """One number for all: the factor of the positive class, or of the positive term of every label."""
    k = len(counts.names)
    if role == "focal-alpha":
        if counts.task == "binary":
            return Joined((1 - value, value))
        if counts.task == "multilabel":
            return Joined((value,) * k, (1 - value,) * k, "pair")
        return Joined((1.0,) * k)
    if role == "pos-weight" and counts.task == "binary":
        return Joined((1.0, value))
    if role == "pos-weight" and counts.task == "multilabel":
        return Joined((value,) * k, None, "pos-weight")
    return Joined()


def _factors(values: tuple[float, ...], negative: tuple[float, ...] | None, role: Role, counts: ClassCounts) -> Joined:
    if role == "pair" and negative is not None:
        return Joined(values, negative, "pair")
    if role == "focal-alpha" and counts.task == "multilabel":
        return Joined(values, tuple(1 - value for value in values), "pair")
    kind = role if role in ("pos-weight", "offset") else "class-weight"
    return Joined(values, None, kind)


def _with_background(given: GivenWeights, role: Role, counts: ClassCounts) -> Joined:
    """One number more than classes: the slot left out is the one without which the rest follows the counts better."""
    first, last = given.values[1:], given.values[:-1]
    negative = given.values_negative
    scores = [order.agreement(part, counts.counts) if _finite(part) else None for part in (first, last)]
    leading = scores[0] is not None and scores[1] is not None and scores[0] < scores[1]
    cut = slice(1, None) if leading else slice(None, -1)
    joined = _factors(first if leading else last, negative and negative[cut], role, counts)
    return Joined(joined.values, joined.negative, joined.kind, background="first" if leading else "last")


def _finite(values: Sequence[float]) -> bool:
    return all(abs(value) < float("inf") for value in values)


def _by_name(given: GivenWeights, role: Role, counts: ClassCounts, framework: str) -> Joined:
    """Numbers by the name of the class, or by its index where none of the names is one."""
    assert given.names is not None
    names = counts.names
    keys = _keys(given.names, names)
    known = set(names)
    unknown = tuple(key for key in keys if key not in known)
    at = dict(zip(keys, range(len(keys)), strict=True))
    missing = tuple(name for name in names if name not in at)
    if missing and not (len(missing) < len(names) and framework in roles.ABSENT_MEANS_ONE):
        return Joined(missing=missing, unknown=unknown)
    values = tuple(given.values[at[name]] if name in at else 1.0 for name in names)
    pair = given.values_negative
    negative = None if pair is None else tuple(pair[at[name]] if name in at else 1.0 for name in names)
    joined = _factors(values, negative, role, counts)
    return Joined(joined.values, joined.negative, joined.kind, missing, unknown)


def _keys(keys: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    """The keys as class names: the indices 0 … K-1 by place, where no class is called like that."""
    indices = [str(i) for i in range(len(names))]
    if set(keys) & set(names) or not set(keys) <= set(indices):
        return tuple(keys)
    return tuple(names[int(key)] for key in keys)
