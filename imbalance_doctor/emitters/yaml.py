"""The weights as a YAML mapping, for configurations that are read by a YAML loader.

Where it goes:
    In a file that the training configuration includes, or pasted under a key of it (indent it by hand). `classes`,
    `counts`, `values` and `boundary_after` are lists of one length in the model's index order.

The trap:
    YAML guesses. Without quotes `no` is false, `012` is 10, `12:30` is 750, `~` is null and `1e-3` is a string. Every
    name here is quoted, and every number has a dot and a signed exponent, so that YAML 1.1 (PyYAML) and 1.2 agree.

It divides by nothing:
    `normalisation` and `sample_mean` say on which scale the values are.
"""

from typing import Any

from ..model import Weights
from ..plugins import Emitter
from ._artefact import artefact
from ._literals import dotted, filled, quoted

EMITTER = Emitter("yaml", ".yaml")


def emit(weights: Weights) -> str:
    """A YAML mapping. Raises OutputError for a class name with a lone surrogate."""
    return "".join(entry(key, value) + "\n" for key, value in artefact(weights, EMITTER.name).items())


def entry(key: str, value: Any) -> str:
    """One key with its value, a long list over several lines."""
    if isinstance(value, list):
        return filled(f"{key}: [", map(scalar, value), "]", hang="  ")
    if isinstance(value, dict):
        return filled(f"{key}: {{", (f"{quoted(k)}: {scalar(v)}" for k, v in value.items()), "}", hang="  ")
    return f"{key}: {scalar(value)}"


def scalar(value: str | float | None) -> str:
    """One scalar: null, a quoted string or a number."""
    if value is None:
        return "null"
    return quoted(value) if isinstance(value, str) else dotted(value)
