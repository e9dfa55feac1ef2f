"""Label folders and files read as the command line reads them."""

from pathlib import Path
from typing import Any

import pytest

from imbalance_doctor.doctor import LabelRequest, examine_labels
from imbalance_doctor.errors import DoctorError
from imbalance_doctor.labels.reading import Wishes
from imbalance_doctor.model import LabelProfile
from imbalance_doctor.readers._choose import Paths
from imbalance_doctor.readers._source import Options


def examined(*paths: Path | str, **said: Any) -> tuple[LabelProfile, str]:
    """The profile, and the notes about the inputs; `said` are options about the bytes."""
    ignore = tuple(said.pop("ignore", ()))
    wishes = Wishes(label=said.get("label"), ignore=ignore)
    labels, sources = examine_labels(Paths(map(str, paths)), LabelRequest(options=Options(**said), wishes=wishes))
    return labels, "; ".join(source.note for source in sources)


def counted(*paths: Path | str, **said: Any) -> dict[str, int]:
    """Samples per class, in class order."""
    return {row.name: row.count for row in examined(*paths, **said)[0].classes}


def asked(*paths: Path | str, **said: Any) -> str:
    """What is asked, and the hint."""
    with pytest.raises(DoctorError) as caught:
        examined(*paths, **said)
    assert caught.value.hint, "every complaint says what to type next"
    return f"{caught.value.message} | {caught.value.hint}"


def put(path: Path, content: bytes | str = b"") -> Path:
    """A file with this content, its folders made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
