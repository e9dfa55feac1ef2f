"""The nouns: what the steps hand to each other. Frozen, no I/O, no arithmetic beyond a line.

Class order is the model's index order everywhere; sort by frequency only when drawing. Counts are exact Python
integers; floats are made once, at the end.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from .plugins import Rule, Severity

Task = Literal["binary", "multiclass", "multilabel"]
TASKS: tuple[Task, ...] = ("binary", "multiclass", "multilabel")
FORMAT = 1
"""The version of the JSON form."""


@dataclass(frozen=True)
class ClassCounts:
    """How many samples carry each class, in index order: all that a weighting scheme may look at.

    `n_samples` is the number of samples a class could be on, those with an empty label set included.
    `known` holds, per class, the samples whose value for that class is known; it differs from `n_samples` only
    where an indicator column has blanks.
    """

    names: tuple[str, ...]
    counts: tuple[int, ...]
    n_samples: int
    task: Task
    known: tuple[int, ...]

    def __post_init__(self) -> None:
        if not len(self.names) == len(self.counts) == len(self.known):
            raise ValueError("names, counts and known must have the same length")
        if any(c < 0 or c > k for c, k in zip(self.counts, self.known, strict=True)):
            raise ValueError("a count must lie between 0 and the number of samples")

    @classmethod
    def of(
        cls, counts: Mapping[str, int] | Sequence[int], *, n_samples: int | None = None, task: Task | None = None
    ) -> "ClassCounts":
        """From a mapping of class to count, or from counts of the classes "0", "1", …

        Without `n_samples` every sample carries one class. The task follows from the two unless it is given.
        """
        items = counts if isinstance(counts, Mapping) else {str(i): int(n) for i, n in enumerate(counts)}
        total = sum(items.values())
        n = total if n_samples is None else n_samples
        if task is None:
            task = "multilabel" if n != total else "binary" if len(items) == 2 else "multiclass"
        return cls(tuple(items), tuple(items.values()), n, task, (n,) * len(items))

    @property
    def n_assignments(self) -> int:
        """Sum of the counts: sample-label pairs."""
        return sum(self.counts)

    @property
    def negatives(self) -> tuple[int, ...]:
        """Per class, the samples known not to carry it."""
        return tuple(k - c for c, k in zip(self.counts, self.known, strict=True))

    @property
    def prevalences(self) -> tuple[float, ...]:
        """p = count / samples. 0.0 where nothing is known."""
        return tuple(c / k if k else 0.0 for c, k in zip(self.counts, self.known, strict=True))

    @property
    def shares(self) -> tuple[float, ...]:
        """count / label assignments. Equals the prevalence when every sample carries one class."""
        total = self.n_assignments
        return tuple(c / total if total else 0.0 for c in self.counts)


@dataclass(frozen=True)
class Layout:
    """How the cells of the input were understood, and why."""

    kind: Literal["column", "delimited", "indicator", "long", "counts"]
    column: str | None = None
    reason: str = ""
    separator: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """One input: its name as the user gave it, the format that was read and what was remarkable about it."""

    name: str
    format: str
    note: str = ""


@dataclass(frozen=True)
class ClassRow:
    """One class.

    `boundary` is the posterior at which the evidence is neutral, `evidence` the likelihood ratio a 0.5 cut needs.
    """

    index: int
    name: str
    count: int
    prevalence: float
    share: float
    boundary: float | None
    log_odds: float | None
    evidence: float | None
    tier: Literal["head", "medium", "tail", "empty"]
    interval: tuple[float, float] | None = None
    unknown: int = 0


@dataclass(frozen=True)
class LabelProfile:
    """Everything `analyze` knows about the labels, derived from the tally. Rules read it under the name `labels`."""

    counts: ClassCounts
    layout: Layout
    n_rows: int
    n_missing: int
    n_ignored: int
    n_unlabelled: int
    n_rejected: int
    classes: tuple[ClassRow, ...]
    percentiles: Mapping[str, Any]
    measures: Mapping[str, Any]
    floors: Mapping[str, Any]
    value_type: Literal["text", "integer", "float", "boolean"] = "text"
    counts_only: bool = False
    declared: bool = False

    @property
    def task(self) -> Task:
        """binary, multiclass or multilabel."""
        return self.counts.task

    @property
    def n_samples(self) -> int:
        """Samples that were counted."""
        return self.counts.n_samples

    @property
    def n_present(self) -> int:
        """Classes with at least one sample."""
        return sum(c > 0 for c in self.counts.counts)


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
class Weights:
    """Numbers for a loss, in class order, with everything needed to check them.

    `values` multiply (or are added, see `kind`) per class; `values_negative` are the factors of the negative term in
    the pair schemes. `sample_mean` is the mean loss weight over the data, None where the numbers are not factors.
    `boundary_after` is the posterior at which a 0.5 cut fires once the weights are in place.
    """

    scheme: str
    kind: str
    task: Task
    classes: tuple[str, ...]
    counts: tuple[int, ...]
    n_samples: int
    values: tuple[float, ...]
    values_negative: tuple[float, ...] | None
    normalisation: str
    sample_mean: float | None
    max_min_ratio: float | None
    boundary_after: tuple[float | None, ...]
    parameters: Mapping[str, float | str] = field(default_factory=dict)
    known: tuple[int, ...] = ()

    @property
    def negatives(self) -> tuple[int, ...]:
        """Per class, the samples known not to carry it."""
        return tuple(
            k - c for c, k in zip(self.counts, self.known or (self.n_samples,) * len(self.counts), strict=True)
        )


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
    predictions: Any = None
    history: Any = None
    weights: Weights | None = None
    prescription: Prescription | None = None
    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    @property
    def worst(self) -> Severity | None:
        """The severest grade among the findings."""
        return max((f.grade for f in self.findings), key=lambda s: s.rank, default=None)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)
