"""Which numbers of a log are metrics, of which split and run, and at which step they stand.

A run ends where its epoch (its step, where there are no epochs) goes back to the start, where the header is repeated,
or where a column that names the run says so. A resumed run, which goes back some epochs but not to the start, stays one
run. What a name says of role and split is in `names`; here only what the whole log says is added.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..errors import RefusedError
from ..model import Series, Split
from . import names
from .names import Meaning
from .records import NEW_RUN, Log, Record, Value
from .series import BLANK, CAP, Tally, number

MAX_NAMES = 10_000
"""Distinct names in one log: more is a damaged header, or data."""
MAX_NAME = 500
"""Characters of a name: a longer one is no name, and is not kept."""
MAX_RUNS = 500
TOTAL_POINTS = 400_000
"""Points kept of all series together."""


@dataclass
class Gathered:
    """The series of a log, and the names of everything else in it."""

    series: tuple[Series, ...] = ()
    auxiliary: tuple[str, ...] = ()
    not_understood: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)
    n_records: int = 0


class Gatherer:
    """Takes in the records of one log or of several; `finish` gives what was found."""

    def __init__(self, run: str | None = None) -> None:
        self.only = run
        self.meanings: dict[str, Meaning] = {}
        self.runs: dict[str, dict[tuple[str, Split | None], Tally]] = {}
        self.notes: list[str] = []
        self.n_records = 0
        self._cap = CAP

    def take(self, log: Log) -> None:
        """Take in one log to its end. Raises RefusedError for more than MAX_NAMES names."""
        runs = _Runs(log.run, log.one_run)
        tallies = self._tallies(runs.name)
        for at, record in log.records:
            if runs.moves(record):
                tallies = self._tallies(runs.name)
            step = runs.step
            for name, value in record.items():
                meaning = self.meanings.get(name)
                if meaning is None:
                    meaning = self._meet(name)
                if meaning.role == "" or value == "" or value is None:
                    continue
                parsed = number(value)
                if parsed is None:
                    continue
                tally = tallies.get((name, log.split))
                if tally is None:
                    tally = tallies[name, log.split] = Tally(self._cap)
                    self._spread()
                tally.add(at, step, parsed, value)
        self.n_records += log.n_records
        self.notes += log.notes

    def _tallies(self, run: str) -> dict[tuple[str, Split | None], Tally]:
        return self.runs.setdefault(run, {})

    def _meet(self, name: str) -> Meaning:
        if len(name) > MAX_NAME:
            return Meaning("unknown")
        if len(self.meanings) >= MAX_NAMES:
            raise RefusedError(
                f"more than {MAX_NAMES:,} names in one log: it is no log of metrics", "name the log of one training"
            )
        meaning = Meaning("auxiliary") if name == NEW_RUN else names.understand(name)
        self.meanings[name] = meaning
        return meaning

    def _spread(self) -> None:
        """Lower the cap when the series together would keep more than TOTAL_POINTS."""
        n = sum(map(len, self.runs.values()))
        if n * self._cap > TOTAL_POINTS and n & (n - 1) == 0:
            self._cap = max(64, TOTAL_POINTS // (2 * n))
            for tallies in self.runs.values():
                for tally in tallies.values():
                    tally.thin(self._cap)

    def finish(self, framework: str) -> Gathered:
        """The series of every run, in the order of the log."""
        runs = {run: tallies for run, tallies in self.runs.items() if tallies}
        fastai = framework == "fastai"
        series = []
        for run, tallies in runs.items():
            for (name, folder), tally in tallies.items():
                meaning = self.meanings[name]
                shown = run if len(runs) > 1 or self.only is not None else ""
                split: Split = meaning.split or folder or "train"
                if fastai and meaning.split is None and meaning.role != "learning_rate":
                    split = "validation"  # fastai computes metrics on the validation set only
                series.append(tally.series(name, meaning.role, split, shown))
        listed = [n for n in self.meanings if n != NEW_RUN]
        return Gathered(
            tuple(series),
            tuple(n for n in listed if self.meanings[n].kind in ("auxiliary", "learning_rate")),
            tuple(n for n in listed if self.meanings[n].kind == "unknown"),
            self.notes,
            self.n_records,
        )


class _Runs:
    """Where one run ends and the next begins, and the step of the record at hand."""

    def __init__(self, prefix: str, one: bool = False) -> None:
        self.prefix, self.one = prefix, one
        self.step: float | None = None
        self._number = 1
        self._named = ""
        self._clock: str | None = None
        self._start = self._last = math.nan
        self._kinds: dict[str, str] = {}

    @property
    def name(self) -> str:
        """The run at hand: the file's, the number in the file, and what a column calls it."""
        own = self._named or (str(self._number) if self._number > 1 or not self.prefix else "")
        return ": ".join(part for part in (self.prefix, own) if part)

    def moves(self, record: Record) -> bool:
        """Take in the clocks of a record; whether it belongs to another run than the one before."""
        before = (self._number, self._named)
        epoch = step = None
        restart = NEW_RUN in record
        for name, value in record.items():
            kind = self._kinds.get(name)
            if kind is None:
                kind = "" if len(name) > MAX_NAME else _clock(name)
                if len(name) <= MAX_NAME:
                    self._kinds[name] = kind
            if kind == "":
                continue
            if kind == "epoch" and epoch is None:
                epoch = _finite(value)
            elif kind == "step" and step is None:
                step = _finite(value)
            elif kind == "run" and str(value).strip().lower() not in BLANK:
                self._named = str(value).strip()
        clock = epoch if epoch is not None else step if self._clock != "epoch" else None
        if epoch is not None and self._clock != "epoch":
            self._clock, self._start, self._last = "epoch", epoch, epoch
        restart = restart or (not self.one and clock is not None and clock < self._last and clock <= self._start)
        if restart:
            self._number += self._number < MAX_RUNS
            self._start = self._last = math.nan
        if restart or (self._number, self._named) != before:
            self._start = self._last = math.nan
        if clock is not None:
            self._start = clock if math.isnan(self._start) else min(self._start, clock)
            self._last = clock
        self.step = step if step is not None else epoch
        return (self._number, self._named) != before


def _clock(name: str) -> str:
    """What a column says about the place of a record: its epoch, its step, its run, or nothing."""
    joined = names.key(name)
    kinds = (("epoch", names.EPOCHS), ("step", names.STEPS), ("run", names.RUNS))
    return next((kind for kind, listed in kinds if joined in listed), "")


def _finite(value: Value) -> float | None:
    parsed = number(value)
    return parsed if parsed is not None and math.isfinite(parsed) else None


def framework_of(columns: Iterable[str]) -> str:
    """The framework that a set of names betrays, "" when none does."""
    found = {column.strip() for column in columns}
    low = {column.lower() for column in found}
    if {"epoch", "train_loss", "valid_loss", "time"} <= low:
        return "fastai"
    if any(column.startswith(("train/box_loss", "metrics/mAP50", "metrics/accuracy_top")) for column in found):
        return "ultralytics"
    if {"eta_seconds", "iteration", "total_loss"} <= low:
        return "detectron2"
    if {"epoch", "iter", "lr"} <= low:
        return "mmengine"
    if {"epoch", "step"} <= low and not {"global_step", "eval_loss"} & low:
        return "lightning" if any("loss" in column for column in low) else ""
    if {"epoch", "loss"} <= low and any(column.startswith("val_") for column in low):
        return "keras"
    if any("'s " in column for column in found):
        return "lightgbm"
    if any(column.startswith("validation_0-") or column.endswith(("-logloss", "-mlogloss")) for column in low):
        return "xgboost"
    return ""
