"""Class names as the labels a Python library finds in `y`: integers where every name is one, else strings."""

import re
from collections.abc import Sequence

from ..model import Weights
from ._literals import number, python_string

_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")


def are_integers(weights: Weights) -> bool:
    """Whether all names are canonical integers: `1` is, `01`, `+1`, `1.0` and `-0` are not."""
    return all(map(_INTEGER.fullmatch, weights.classes))


def literals(weights: Weights) -> list[str]:
    """Each label as a Python literal of its type."""
    return list(weights.classes if are_integers(weights) else map(python_string, weights.classes))


def by_label(weights: Weights, name: str, values: Sequence[float], what: str) -> str:
    """The assignment of a dict from label to number, in class order, its comment giving the type of the keys."""
    keys = literals(weights)
    rows = (f"    {k}: {number(v)},  # {n}" for k, v, n in zip(keys, values, weights.counts, strict=True))
    types = "integers" if are_integers(weights) else "strings"
    note = f"# The keys are {types}, as the values of y must be. label: {what}, number of samples"
    return "\n".join([note, f"{name} = {{", *rows, "}"])


def factors(weights: Weights) -> list[tuple[float, float]]:
    """Per class, the factors of the negative and of the positive term."""
    negative = weights.values_negative or (1.0,) * len(weights.values)
    return list(zip(negative, weights.values, strict=True))


def per_class(weights: Weights) -> tuple[float, ...]:
    """One factor for each class of a binary or multi-class task, whatever the kind.

    Of pos-weights and pairs those of the class at index 1: its negative factor is for the class at index 0.
    """
    return weights.values if weights.kind == "class-weight" else factors(weights)[1]
