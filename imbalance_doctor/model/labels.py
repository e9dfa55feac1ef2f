"""The nouns of the label examination."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Task = Literal["binary", "multiclass", "multilabel"]
TASKS: tuple[Task, ...] = ("binary", "multiclass", "multilabel")


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


@dataclass(frozen=True, slots=True)
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
class Damage:
    """One kind of damage to the structure of one delimited text, and what became of the rows it touches.

    `n` rows or lines have it, the first of them are in `lines`, numbered from 1. The labels of `n_counted` of these
    rows were certain all the same; `n_rejected` rows are not counted.
    """

    kind: str
    source: str
    n: int
    lines: tuple[int, ...]
    n_counted: int = 0
    n_rejected: int = 0


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
    damage: tuple[Damage, ...] = ()

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
