"""What a training printed: progress lines of Keras, `epoch 3 loss=0.2 acc=0.97`, dictionaries of transformers, tqdm.

Of a progress bar, which writes over itself with carriage returns and backspaces, the last complete state counts:
running means inside an epoch are no values of a curve. An `Epoch 3/10` on a line of its own holds for the lines below.
A line without a metric in it is talk. `Train on 20000 samples, validate on 5000 samples` is remembered.

Example: `imbalance-doctor history train.log`
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..batches import Table
from ..history.records import Log, Record
from ..plugins import Reader
from . import _log_table
from ._log_lines import Lines, plain
from ._printed import pairs, split_word
from ._source import Options, Source

READER = Reader("console", ())
_OVER = re.compile(r"[\r\x08]++")
_EPOCH = re.compile(r"[^A-Za-z0-9]{0,40}+epoch[^A-Za-z0-9]{0,5}+(\d{1,9})(?!\d)", re.IGNORECASE)
_BAR = re.compile(r"\s{0,40}+(\d{1,12})/(\d{1,12}|Unknown|None|\?)(?![\w.])")
_TQDM = re.compile(r"%\|[^|]{0,500}+\|\s{0,40}+(\d{1,12})/(\d{1,12})")
_SAMPLES = re.compile(r"Train on (\d{1,12}) samples(?:, validate on (\d{1,12}) samples)?")
SUMMARY = "train_runtime"


@dataclass
class _State:
    """One state of a line: its numbers, and how far a progress bar has come ("" without a bar)."""

    record: dict[str, str]
    total: str = ""


def records(source: Source, options: Options) -> Log:
    """The log."""
    log = Log("console", iter(()))
    log.records = _Console(log).read(Lines(source, options, notes=log.notes))
    return log


class _Console:
    """Goes through the lines; holds the epoch at hand and the progress bar that may still be completed."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.epoch: str | None = None
        self.pending: _State | None = None
        self.evaluations = 0
        self.heading = ""

    def read(self, lines: Lines) -> Iterator[tuple[int, Record]]:
        """The records, numbered."""
        before: dict[str, str] = {}
        for _, raw in lines:
            line = plain(raw)
            state = self._state(line)
            if state is None:
                yield from self._talk(line)
                continue
            if lines.unfinished and _cut(state.record, before):
                self.log.notes.append("the last line is unfinished and was left out: the log may be growing")
                continue
            before, self.heading = state.record, ""
            if self.epoch is not None and not any(_is_epoch(name) for name in state.record):
                state.record = {"epoch": self.epoch, **state.record}
            yield from self._next(state)
        yield from self._flush()
        if self.evaluations:
            self.log.notes.append(f"{self.evaluations:,} evaluations outside the epochs were left out")

    def _state(self, line: str) -> _State | None:
        """The last complete state of a line that holds a metric."""
        for part in reversed(_OVER.split(line)) if "\r" in line or "\b" in line else (line,):
            bar = _BAR.match(part)
            done = bar or _TQDM.search(part)
            if done and done[2].isdigit() and int(done[1]) < int(done[2]):
                continue
            found, metric = pairs(part, self.heading)
            if metric and SUMMARY not in found:
                if bar and "keras" not in self.log.framework:
                    self.log.framework = "keras"
                return _State(found, bar[2] if bar else "")
        return None

    def _talk(self, line: str) -> Iterator[tuple[int, Record]]:
        """A line without a metric: an epoch begins, or the sizes are told."""
        begun = _EPOCH.match(line)
        if begun and begun[1] != self.epoch:
            yield from self._flush()
            self.epoch = begun[1]
        self.heading = split_word(line) if len(line) < 100 and line.rstrip().endswith(":") else ""
        told = _SAMPLES.search(line[:1000])
        if told:
            sizes = {"train": told[1], "validation": told[2]}
            self.log.sample_sizes.update({split: int(n) for split, n in sizes.items() if n})

    def _next(self, state: _State) -> Iterator[tuple[int, Record]]:
        held = self.pending
        if held is not None and state.total:
            same_epoch = self.epoch is not None and held.record.get("epoch") == self.epoch
            more = set(state.record) > set(held.record)
            if held.total == state.total and (more or (same_epoch and set(state.record) == set(held.record))):
                self.pending = state
                return
            if same_epoch:
                self.evaluations += 1
                return
        yield from self._flush()
        self.pending = state
        if not state.total:
            yield from self._flush()

    def _flush(self) -> Iterator[tuple[int, Record]]:
        if self.pending is not None:
            self.log.n_records += 1
            record, self.pending = self.pending.record, None
            yield self.log.n_records, record


def _is_epoch(name: str) -> bool:
    return name.lower() in ("epoch", "ep")


def _cut(record: dict[str, str], before: dict[str, str]) -> bool:
    """Whether a line without a line end breaks off: names are lacking, or its last number is shorter than before."""
    if not before:
        return False
    last = next(reversed(record))
    return len(record) < len(before) or len(record[last]) < len(before.get(last, ""))


def read(source: Source, options: Options) -> Table:
    """The records as a table of text."""
    return _log_table.table(records(source, options), source.name)
