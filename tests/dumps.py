"""Dumps of predictions from literal text or arrays, examined as the command line examines them."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from imbalance_doctor.errors import DoctorError
from imbalance_doctor.examinations.predictions import Examined, examine
from imbalance_doctor.examinations.request import PredictionRequest
from imbalance_doctor.labels.layout import Wishes as LabelWishes
from imbalance_doctor.predictions.columns import Wishes
from imbalance_doctor.readers._choose import Paths
from imbalance_doctor.readers._source import Options

BYTES = ("input_format", "delimiter", "quote", "header", "encoding")
WISHES = ("layout", "scores", "label", "truth", "id", "kind", "task", "threshold", "classes")
TRUE_WISHES = {"truth_layout": "layout", "separator": "separator", "missing": "missing"}

Content = str | bytes | np.ndarray | dict[str, np.ndarray]


def written(path: Path, content: Content) -> Path:
    """A file with this content: text, bytes, an array (.npy) or several (.npz)."""
    if isinstance(content, dict):
        path = path.with_suffix(".npz")
        np.savez(path, **content)
    elif isinstance(content, np.ndarray):
        path = path.with_suffix(".npy")
        np.save(path, content, allow_pickle=False)
    else:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def examined(
    folder: Path, dump: Content, labels: Content | None = None, name: str = "dump.csv", **said: Any
) -> Examined:
    """What is known of a dump with this content and a truth with that; `said` are options of the command line."""
    paths = Paths([str(written(folder / name, dump))])
    truth = None if labels is None else Paths([str(written(folder / "truth.csv", labels))])
    train = said.pop("train", None)
    options = Options(label=said.get("label"), **{key: said.pop(key) for key in BYTES if key in said})
    wishes = Wishes(**{key: said.pop(key) for key in WISHES if key in said})
    true = LabelWishes(**{TRUE_WISHES[key]: said.pop(key) for key in TRUE_WISHES if key in said})
    request = PredictionRequest(
        options,
        wishes,
        truth,
        truth_wishes=true,
        train=None if train is None else Paths([str(written(folder / "train.csv", train))]),
        **said,
    )
    return examine(paths, request)


def question(folder: Path, dump: Content, labels: Content | None = None, name: str = "dump.csv", **said: Any) -> str:
    """What is asked, and the hint, when a dump or its truth cannot be read in one way."""
    with pytest.raises(DoctorError) as caught:
        examined(folder, dump, labels, name, **said)
    assert caught.value.hint, "every complaint says what to type next"
    return f"{caught.value.message} | {caught.value.hint}"


def predicted(found: Examined) -> dict[str, int]:
    """Rows per predicted class, in class order."""
    return {row.name: row.predicted for row in found.profile.classes}


def table(*columns: tuple[str, Any], header: bool = True, sep: str = ",") -> str:
    """Columns as delimited text."""
    rows = zip(*(values for _, values in columns), strict=True)
    lines = [sep.join(str(value) for value in row) for row in rows]
    return "\n".join([sep.join(name for name, _ in columns), *lines] if header else lines) + "\n"
