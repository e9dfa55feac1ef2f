"""Label files from literal text, read as the command line reads them."""

from pathlib import Path
from typing import Any

import pytest

from imbalance_doctor.doctor import LabelRequest, examine_labels
from imbalance_doctor.errors import DoctorError
from imbalance_doctor.labels.reading import Wishes
from imbalance_doctor.model import LabelProfile
from imbalance_doctor.readers._choose import Paths
from imbalance_doctor.readers._source import Options

BYTES = ("input_format", "delimiter", "quote", "header", "encoding")
REQUEST = ("task", "max_classes", "classes_text")


def read(folder: Path, *contents: str | bytes, name: str = "labels.csv", **said: Any) -> LabelProfile:
    """The profile of files with these contents, one after the other; `said` are options of the command line."""
    paths = []
    for i, content in enumerate(contents):
        path = folder / (name if len(contents) == 1 else f"{i}-{name}")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        paths.append(str(path))
    options = Options(label=said.get("label"), **{key: said.pop(key) for key in BYTES if key in said})
    request = {key: said.pop(key) for key in REQUEST if key in said}
    labels, _ = examine_labels(Paths(paths), LabelRequest(options=options, wishes=Wishes(**said), **request))
    return labels


def question(folder: Path, *contents: str | bytes, name: str = "labels.csv", **said: Any) -> str:
    """What is asked, and the hint, when files with these contents cannot be read in one way."""
    with pytest.raises(DoctorError) as caught:
        read(folder, *contents, name=name, **said)
    assert caught.value.hint, "every complaint says what to type next"
    return f"{caught.value.message} | {caught.value.hint}"


def counts(labels: LabelProfile) -> dict[str, int]:
    """Samples per class, in class order."""
    return {row.name: row.count for row in labels.classes}


def lines(*rows: str) -> str:
    """A text of these lines."""
    return "".join(f"{row}\n" for row in rows)
