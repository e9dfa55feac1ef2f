"""Label files of one format from literal text, examined as the Python API examines them."""

from pathlib import Path
from typing import Any

import pytest

import imbalance_doctor
from imbalance_doctor.errors import DoctorError, InputError
from imbalance_doctor.model import LabelProfile
from imbalance_doctor.readers import _text
from tests.readers.reading import write


def examined(folder: Path, text: str | bytes, name: str, **said: Any) -> LabelProfile:
    """The profile of a file with this content; `said` are options of `analyze`."""
    return imbalance_doctor.analyze(str(write(folder, text, name)), **said).labels


def counted(folder: Path, text: str | bytes, name: str, **said: Any) -> dict[str, int]:
    """Samples per class, in class order."""
    return {row.name: row.count for row in examined(folder, text, name, **said).classes}


def remarks(folder: Path, text: str | bytes, name: str, **said: Any) -> str:
    """What the report says about the source."""
    return imbalance_doctor.analyze(str(write(folder, text, name)), **said).report.sources[0].note


def refused(folder: Path, text: str | bytes, name: str, kind: type[DoctorError] = InputError, **said: Any) -> str:
    """What is said, with the hint, about a file that cannot be examined."""
    with pytest.raises(DoctorError) as caught:
        imbalance_doctor.analyze(str(write(folder, text, name)), **said)
    assert type(caught.value) is kind
    assert caught.value.hint, "every complaint says what to type next"
    return f"{caught.value.message} | {caught.value.hint}"


def in_small_blocks(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """Have text read in blocks of about so many bytes."""
    monkeypatch.setattr(_text, "BLOCK_BYTES", size)
