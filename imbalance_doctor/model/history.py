"""The nouns of the history examination: a finished training log, run by run, metric by metric."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Split = Literal["train", "validation", "test"]
HistoryVerdict = Literal[
    "learning", "frozen", "plateau", "diverged", "not_finite", "collapsed", "overfit", "too_short", "no_metrics"
]


@dataclass(frozen=True)
class Point:
    """One printed value: the record it stands in (from 1), its step or epoch where known, and the digits printed."""

    record: int
    step: float | None
    value: float
    decimals: int | None
    """Digits after the point as printed; None for binary logs, which hold the number itself."""

    @property
    def half_width(self) -> float:
        """Half a unit of the last printed digit: how far the true value may lie from the printed one."""
        return 0.0 if self.decimals is None else 0.5 * 10.0**-self.decimals


@dataclass(frozen=True)
class Series:
    """One metric of one run, in the order of the log.

    `name` as in the file; `role` what it measures ("loss", "accuracy", "f1", "auc", "precision", "recall", "dice",
    "learning_rate", "other"); `points` are all of them up to a cap, then evenly thinned, first and last always kept;
    `n`, `first`, `last`, `min`, `max` (the last two of the finite values) are of all points. `not_finite` is the first
    NaN or infinity.
    """

    name: str
    role: str
    split: Split
    run: str
    points: tuple[Point, ...]
    n: int
    first: float
    last: float
    min: float | None
    max: float | None
    not_finite: Point | None = None
    frozen_from: int | None = None
    """Record from which every printed value is the same to the end, when that is at least three values."""


@dataclass(frozen=True)
class Fingerprint:
    """A (loss, metric) pair that equals what a known fault prints.

    `match`: "exact" within the printed digits, "compatible" within 0.6 % (batch averages). `expected` are the values
    the fault prints; `errors` is the number of wrong samples it implies, where the sample size is known.
    """

    name: str
    match: Literal["exact", "compatible"]
    run: str
    split: Split
    loss: Point | None
    metric: Point | None
    expected: Mapping[str, float]
    tolerance: float
    meaning: str
    errors: int | None = None


@dataclass(frozen=True)
class HistoryProfile:
    """Everything `history` knows about a log. Rules read it under the name `history`.

    `tried` names the constants that were compared, with the value each would print here. `not_understood` are column
    names without a role. `framework` is what the log itself betrays ("keras", "transformers" …), "" if nothing.
    """

    source_format: str
    framework: str
    n_records: int
    runs: tuple[str, ...]
    series: tuple[Series, ...]
    auxiliary: tuple[str, ...]
    not_understood: tuple[str, ...]
    fingerprints: tuple[Fingerprint, ...]
    tried: Mapping[str, float]
    verdict: HistoryVerdict
    sample_sizes: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cause:
    """One line of the differential diagnosis: evidence for, evidence against, and the test that would settle it.

    `weight` orders the causes: wiring before dead model before no signal before prior bias and so on; among equals the
    number of independent pieces of evidence decides.
    """

    name: str
    title: str
    likelihood: Literal["established", "likely", "possible", "unlikely"]
    evidence_for: tuple[str, ...]
    evidence_against: tuple[str, ...]
    test: str
    remedy: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Diagnosis:
    """The differential diagnosis. `missing` pairs absent evidence with the one command that would supply it."""

    causes: tuple[Cause, ...]
    missing: tuple[tuple[str, str], ...]
