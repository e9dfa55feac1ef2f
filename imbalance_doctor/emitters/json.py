"""The weights as one JSON object, the neutral artefact a training script loads.

Where it goes:
    In a file beside the training code: `imbalance-doctor weights labels.csv --to json > weights.json`, then
    `weights = json.load(open("weights.json"))` and `torch.tensor(weights["values"])`.

What is in it:
    `classes`, `counts`, `values` and `boundary_after` are lists of one length in the model's index order.
    `values_negative` is null except for a pair scheme. `kind` says what the values do.

The trap:
    Lists have no names. Check `weights["classes"]` against the order of your model's outputs before using the values.

It divides by nothing:
    `normalisation` and `sample_mean` say on which scale the values are.

Every float is written in the shortest form that reads back to the same number; there is no NaN and no Infinity. The
text is ASCII with one key per line.
"""

import json
from typing import Any

from ..model import Weights
from ..plugins import Emitter
from ._artefact import artefact
from ._literals import json_string, number

EMITTER = Emitter("json", ".json")


def emit(weights: Weights) -> str:
    """A JSON object. Raises OutputError for a class name with a lone surrogate."""
    rows = (f"  {json.dumps(key)}: {value_of(value)}" for key, value in artefact(weights, EMITTER.name).items())
    return "{\n" + ",\n".join(rows) + "\n}\n"


def value_of(value: Any) -> str:
    """One value of the artefact in JSON."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return json_string(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(value_of, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json_string(k)}: {value_of(v)}" for k, v in value.items()) + "}"
    return number(value)
