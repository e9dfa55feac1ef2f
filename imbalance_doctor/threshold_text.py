"""A correction of the decision as text: thresholds or offsets with the names of their classes, ready to load or paste.

The numbers stand in the model's index order, those of classes that stay as they are included. Names go through the
literals of the emitters, so that nothing a name holds gets out.
"""

from typing import Any

from .emitters import csv, json, yaml
from .emitters._literals import filled, number, plain, python_string, require_scalars
from .errors import UsageError
from .model import FORMAT, PredictionProfile, Remedy
from .plugins import unknown_name
from .predictions.blocks import Setting
from .predictions.decisions import TINY

FORMATS = ("json", "yaml", "csv", "python")

_REACHED = "predict every class whose score is at least its threshold"
_ONE_REACHED = "predict the class when its score is at least the threshold, otherwise the other one"
RULES = {
    ("softmax", "logits"): "predict the class with the largest logit + offset",
    ("softmax", "probabilities"): "predict the class with the largest ln(probability) + offset",
    ("sigmoid", "logits"): _REACHED,
    ("sigmoid", "probabilities"): _REACHED,
    ("binary", "logits"): _ONE_REACHED,
    ("binary", "probabilities"): _ONE_REACHED,
}


def emit_thresholds(
    format: str,  # noqa: A002
    classes: tuple[str, ...],
    remedy: Remedy,
    setting: Setting | PredictionProfile,
) -> str:
    """The remedy as json, yaml, csv or python, ending in one newline. `classes` in index order.

    A binary task has one threshold, for the class at index 1. Raises UsageError for an unknown format and for a
    remedy without numbers, OutputError for a class name that the syntax cannot hold.
    """
    if format not in FORMATS:
        raise unknown_name("format of thresholds", format, list(FORMATS))
    if remedy.thresholds is None and remedy.offsets is None:
        raise UsageError(f"the remedy {remedy.name!r} has no thresholds", remedy.note)
    if format == "python":
        return _python(classes, remedy, setting)
    record = _record(classes, remedy, setting)
    require_scalars(classes, format)
    if format == "json":
        rows = (f"  {json.value_of(key)}: {json.value_of(value)}" for key, value in record.items())
        return "{\n" + ",\n".join(rows) + "\n}\n"
    if format == "yaml":
        return "".join(yaml.entry(key, value) + "\n" for key, value in record.items())
    return _csv(record, 1 if setting.task == "binary" else 0)


def numbers(remedy: Remedy, setting: Setting | PredictionProfile) -> list[float]:
    """What to apply, for each column of scores: thresholds or offsets without gaps."""
    if remedy.offsets is not None:
        return [0.0 if value is None else value for value in remedy.offsets]
    values = [setting.threshold if value is None else value for value in remedy.thresholds or ()]
    return values[1:] if setting.task == "binary" else values


def _record(classes: tuple[str, ...], remedy: Remedy, setting: Setting | PredictionProfile) -> dict[str, Any]:
    from . import __version__

    binary = setting.task == "binary"
    values = numbers(remedy, setting)
    return {
        "format": FORMAT,
        "version": __version__,
        "remedy": remedy.name,
        "task": setting.task,
        "score_kind": setting.score_kind,
        "rule": RULES[setting.task, setting.score_kind],
        "metric": remedy.metric,
        "as_is": remedy.as_is,
        "score": remedy.score,
        "interval": None if remedy.interval is None else list(remedy.interval),
        "classes": list(classes[1:] if binary else classes),
        "thresholds": None if remedy.thresholds is None else values,
        "offsets": None if remedy.offsets is None else values,
        "otherwise": classes[0] if binary else None,
    }


def _csv(record: dict[str, Any], first: int) -> str:
    """index, class (for the eye), class_json (exact), and threshold or offset."""
    what = "threshold" if record["thresholds"] is not None else "offset"
    rows = [f"index,class,class_json,{what}"]
    for i, (name, value) in enumerate(zip(record["classes"], record[f"{what}s"], strict=True)):
        cells = csv.field(csv.guarded(name)), csv.field(json.value_of(name))
        rows.append(f"{first + i},{','.join(cells)},{number(value)}")
    return "\n".join(rows) + "\n"


def _python(classes: tuple[str, ...], remedy: Remedy, setting: Setting | PredictionProfile) -> str:
    """A module with the numbers and a function `predict`, which needs numpy."""
    what = "THRESHOLDS" if remedy.thresholds is not None else "OFFSETS"
    shown = classes[1:] if setting.task == "binary" else classes
    lines = [f"# {plain(remedy.name, 'correction')}: {RULES[setting.task, setting.score_kind]}."]
    if remedy.score is not None and remedy.as_is is not None:
        lines.append(f"# {plain(remedy.metric, 'the metric')} {remedy.score:.4g}, as is {remedy.as_is:.4g}.")
    lines += [
        "import numpy as np",
        "",
        filled("CLASSES = [", map(python_string, shown), "]"),
        filled(f"{what} = [", map(number, numbers(remedy, setting)), "]"),
        "",
        "",
        "def predict(scores):",
        *_BODIES[setting.task, setting.score_kind],
    ]
    return "\n".join(lines) + "\n"


_SIGMOID = (
    '    """Booleans (n, classes): which classes each row has. Scores of the same shape."""',
    "    return np.asarray(scores, dtype=float) >= np.array(THRESHOLDS)",
)
_BINARY = (
    '    """0 or 1 for each row, (n,). Scores of the class at index 1, (n,) or (n, 1)."""',
    "    return (np.asarray(scores, dtype=float).reshape(-1) >= THRESHOLDS[0]).astype(int)",
)
_BODIES = {
    ("softmax", "logits"): (
        '    """Class indices (n,). Logits (n, classes)."""',
        "    return (np.asarray(scores, dtype=float) + np.array(OFFSETS)).argmax(axis=1)",
    ),
    ("softmax", "probabilities"): (
        '    """Class indices (n,). Probabilities (n, classes)."""',
        f"    logs = np.log(np.maximum(np.asarray(scores, dtype=float), {TINY!r}))",
        "    return (logs + np.array(OFFSETS)).argmax(axis=1)",
    ),
    ("sigmoid", "logits"): _SIGMOID,
    ("sigmoid", "probabilities"): _SIGMOID,
    ("binary", "logits"): _BINARY,
    ("binary", "probabilities"): _BINARY,
}
