"""Files from literal content, opened as the command line opens them."""

import io
from pathlib import Path
from typing import Any

import pytest

from imbalance_doctor.batches import Batches, Matrix, Table
from imbalance_doctor.errors import DoctorError
from imbalance_doctor.readers import _text, delimited
from imbalance_doctor.readers._choose import open_batches
from imbalance_doctor.readers._source import Options, Source


def write(folder: Path, content: str | bytes, name: str = "labels.csv") -> Path:
    """A file with this content; text is UTF-8 and keeps its line ends."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def opened(path: Path, **said: Any) -> Batches:
    """The batches of a file; `said` are options of the command line."""
    return open_batches(Source(str(path), path), Options(**said))[1]


def chosen(path: Path, **said: Any) -> tuple[str, list[str]]:
    """The format that was chosen for a file and the notes about it."""
    source = Source(str(path), path)
    return open_batches(source, Options(**said))[0], source.notes


def rows(batches: Batches) -> list[tuple[Any, ...]]:
    """Every row of a table, streamed."""
    assert isinstance(batches, Table)
    flat = [column.name for column in batches.columns if column.type != "nested"]
    return [row for frame in batches.stream(flat) for row in frame.select(flat).iter_rows()]


def cells(batches: Batches) -> list[Any]:
    """Every cell of a table of one column."""
    return [cell for (cell,) in rows(batches)]


def names(batches: Batches) -> list[str]:
    """The names of the columns."""
    assert isinstance(batches, Table)
    return [column.name for column in batches.columns]


def dense(batches: Batches) -> list[list[Any]]:
    """Every row of a matrix, streamed."""
    assert isinstance(batches, Matrix)
    return [row for block in batches.blocks() for row in (block.toarray() if batches.sparse else block).tolist()]


def whole(path: Path, **said: Any) -> list[Any]:
    """Every row of a file of any kind."""
    batches = opened(path, **said)
    return dense(batches) if isinstance(batches, Matrix) else rows(batches)


def complaint(path: Path, kind: type[DoctorError], **said: Any) -> str:
    """What is said, with the hint, about a file that cannot be read; reading it to the end if need be."""
    with pytest.raises(kind) as caught:
        whole(path, **said)
    assert type(caught.value) is kind
    assert caught.value.hint, "every complaint says what to type next"
    return f"{caught.value.message} | {caught.value.hint}"


def small_blocks(monkeypatch: pytest.MonkeyPatch, size: int, head: int = 48) -> None:
    """Have text read in blocks of a few bytes, and decide about its dialect from about `head` bytes."""
    monkeypatch.setattr(_text, "BLOCK_BYTES", size)
    monkeypatch.setattr(delimited, "HEAD_BYTES", head)


class StandardInput:
    """A standard input that holds these bytes."""

    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)


def survives(path: Path) -> None:
    """Read a damaged file: it is a table after all, or it is complained about with what to type next."""
    try:
        read = whole(path)
    except DoctorError as error:
        read, hint = [], error.hint
    else:
        hint = "none is needed"
    assert isinstance(read, list)
    assert hint
