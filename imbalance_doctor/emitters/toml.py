"""The weights as a TOML document, for configurations that are read by `tomllib`.

Where it goes:
    In a file of its own: `tomllib.load(open("weights.toml", "rb"))`. `classes`, `counts`, `values` and
    `boundary_after` are arrays of one length in the model's index order.

The trap:
    TOML has no null. A key without a value is left out (`values_negative` of anything but a pair, a `sample_mean` or
    `max_min_ratio` that does not exist), and a class without a boundary has the empty string in `boundary_after`.

It divides by nothing:
    `normalisation` and `sample_mean` say on which scale the values are.
"""

from typing import Any

from ..model import Weights
from ..plugins import Emitter
from ._artefact import artefact
from ._literals import dotted, filled, quoted

EMITTER = Emitter("toml", ".toml")


def emit(weights: Weights) -> str:
    """A TOML document. Raises OutputError for a class name with a lone surrogate."""
    items = artefact(weights, EMITTER.name).items()
    return "".join(entry(key, value) + "\n" for key, value in items if value is not None)


def entry(key: str, value: Any) -> str:
    """One key with its value, a long array over several lines."""
    if isinstance(value, list):
        return filled(f"{key} = [", map(scalar, value), "]")
    if isinstance(value, dict):
        # An inline table must stay on its line.
        return f"{key} = {{" + ", ".join(f"{quoted(k)} = {scalar(v)}" for k, v in value.items()) + "}"
    return f"{key} = {scalar(value)}"


def scalar(value: str | float | None) -> str:
    """One scalar: a quoted string or a number."""
    if value is None:
        return '""'
    return quoted(value) if isinstance(value, str) else dotted(value)
