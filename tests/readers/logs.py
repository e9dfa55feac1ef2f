"""Logs written to a file and read back."""

from pathlib import Path

from imbalance_doctor.history.records import Log, Record
from imbalance_doctor.readers import _log_choose
from imbalance_doctor.readers._source import Options, Source


def read(folder: Path, content: str | bytes, name: str = "log", **options: str) -> tuple[Log, list[Record]]:
    """The log behind this content, and its records."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    source = Source(str(path), path)
    try:
        log = _log_choose.open_log(source, Options(**options))  # type: ignore[arg-type]
        return log, [record for _, record in log.records]
    finally:
        source.close()
