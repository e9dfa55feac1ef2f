"""The nouns of a report: findings, the prescription, and the report itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..plugins import Rule, Severity
from .history import Diagnosis, HistoryProfile
from .labels import LabelProfile, Source
from .predictions import PredictionProfile
from .weights import GivenProfile, Recipe, Weights

FORMAT = 1
"""The version of the JSON form."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong or worth knowing, with the numbers it rests on. `message` and `remedy` are plain text."""

    rule: Rule
    message: str
    classes: tuple[str, ...] = ()
    evidence: Mapping[str, Any] = field(default_factory=dict)
    remedy: str = ""
    severity: Severity | None = None

    @property
    def grade(self) -> Severity:
        """The finding's own severity, or that of its rule."""
        return self.severity or self.rule.severity


@dataclass(frozen=True)
class Skipped:
    """A rule that did not run because its evidence is absent, which is not the same as passed."""

    code: str
    name: str
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """Do this, because, and it costs that."""

    do: str
    why: str
    cost: str = ""


@dataclass(frozen=True)
class Avoid:
    """Do not do this, because."""

    what: str
    why: str


@dataclass(frozen=True)
class Prescription:
    """What to do first and why, for one metric and one family of models.

    `scheme` and `loss` are "none" when nothing is needed.
    """

    metric: str
    model: str
    scheme: str
    loss: str
    steps: tuple[Step, ...]
    avoid: tuple[Avoid, ...]
    bias_init: tuple[float | None, ...]
    threshold_rule: str


@dataclass(frozen=True)
class Report:
    """The result of one command: the last value made. Nothing after this computes."""

    command: str
    sources: tuple[Source, ...]
    labels: LabelProfile | None = None
    predictions: PredictionProfile | None = None
    history: HistoryProfile | None = None
    weights: Weights | None = None
    prescription: Prescription | None = None
    diagnosis: Diagnosis | None = None
    recipe: Recipe | None = None
    given: GivenProfile | None = None
    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    @property
    def worst(self) -> Severity | None:
        """The severest grade among the findings."""
        return max((f.grade for f in self.findings), key=lambda s: s.rank, default=None)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)
