"""Which reader a training log wants: by its content; names of log files mean little (`metrics.json` holds lines)."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from ..batches import Matrix, Table
from ..errors import InputError
from ..history import names
from ..history.records import Log, Record
from ..plugins import readers
from . import _choose, _log_csv, _log_json, console_log, evaluation_log, json_lines, tensorboard, trainer_state
from ._source import Options, Source
from ._text import start_of

_LIST = re.compile(r"\[\s*(\{|\]|\Z)")
BINARY = ("parquet", "arrow", "npy", "npz")
READERS = {
    "trainer-state": trainer_state.records,
    "tensorboard": tensorboard.records,
    "console": console_log.records,
    "evaluation": evaluation_log.records,
    "csv": _log_csv.read,
    "tsv": _log_csv.read,
    "jsonl": _log_json.read_lines,
    "ndjson": _log_json.read_lines,
    "json": _log_json.read_document,
}


def sources(inputs: _choose.Paths) -> list[Source]:
    """The logs behind paths and globs; of a folder the event files in it and in its folders, or its files."""
    found: list[Source] = []
    for name in inputs:
        events = _event_files(name) if os.path.isdir(name) else []
        found += events or _choose.sources(_choose.Paths([name]))
    return found


def _event_files(folder: str) -> list[Source]:
    paths = sorted(str(path) for path in Path(folder).rglob("*tfevents*") if path.is_file())
    return [Source(path, Path(path)) for path in paths]


def open_log(source: Source, options: Options) -> Log:
    """The log. Raises RefusedError for pickles, InputError for an empty file and what cannot be a log."""
    source.max_bytes = options.max_bytes
    head = source.head()
    if options.input_format in READERS:
        return READERS[options.input_format](source, options)
    if not head.strip():
        raise InputError(f"{source.name} is empty", "name the file that holds the training log")
    if options.input_format is None and tensorboard.claims_bytes(head):
        log = tensorboard.records(source, options)
        if source.path is not None:
            log.split = names.split_of(names.words(source.path.absolute().parent.name))
        return log
    start = start_of(source, options)
    if "\r" in start[:-1] and "\n" not in start:
        start = start.replace("\r", "\n")  # as the lines will be read
    if options.input_format is not None or _is_binary(source, head, start):
        return _of_batches(source, options)
    return _of_text(source, options, start)


def _is_binary(source: Source, head: bytes, start: str) -> bool:
    _choose._refuse_pickle(source, head)
    magics = [magic for name, reader in readers().items() if name in BINARY for magic in reader.card.magic]
    if any(head.startswith(magic) for magic in magics):
        return True
    _choose._refuse_foreign(source, head.replace(b"\0", b" "), start.replace("\0", " "))
    if head[:4096].count(b"\0") > 4 and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(f"{source.name} is binary, and no log that can be read", "export its metrics as CSV")
    return False


def _of_text(source: Source, options: Options, start: str) -> Log:
    text = start.lstrip()
    if text.startswith("{"):
        if source.suffix in json_lines.READER.suffixes or _log_json.is_lines(text):
            return _log_json.read_lines(source, options)
        if not text.startswith("{'"):
            return _log_json.read_document(source, options)
    if _LIST.match(text):
        return _log_json.read_document(source, options)
    if _log_csv.claims(start, options):
        return _log_csv.read(source, options)
    if evaluation_log.claims(start):
        return evaluation_log.records(source, options)
    return console_log.records(source, options)


def _of_batches(source: Source, options: Options) -> Log:
    """A log in a format of tables, such as Parquet."""
    kind, batches = _choose.open_batches(source, options)
    if isinstance(batches, Matrix):
        raise InputError(f"{source.name} is a matrix without names of metrics", "give a log whose columns have names")
    table: Table = batches
    log = Log(kind, iter(()))

    def records() -> Iterator[tuple[int, Record]]:
        for frame in table.stream([column.name for column in table.columns if column.type not in ("nested", "list")]):
            for row in frame.iter_rows(named=True):
                log.n_records += 1
                yield log.n_records, {n: v if isinstance(v, float) else str(v) for n, v in row.items() if v is not None}

    log.records = records()
    return log
