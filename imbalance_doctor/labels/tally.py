"""The sufficient statistic of the label examination: what is kept of the rows, and nothing else.

A tally is updated batch by batch and merges: `merge(a, b)` equals the tally of the whole, in any order. Memory grows
with classes and with distinct label sets (capped), never with rows.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..errors import RefusedError

MAX_LABEL_SETS = 500_000
"""Distinct label sets kept before co-occurrence is given up (the class counts stay exact)."""


@dataclass
class LabelTally:
    """Counts of one examination.

    `counts`: samples carrying each class. `unknown`: samples whose value for a class is blank (indicator layout).
    `label_sets`: samples per set of classes, None when not kept (single-label data, counts, or over the cap).
    Conservation: n_rows = n_samples + n_missing + n_ignored + n_rejected.
    """

    counts: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    label_sets: Counter[frozenset[str]] | None = None
    n_rows: int = 0
    n_samples: int = 0
    n_missing: int = 0
    n_ignored: int = 0
    n_rejected: int = 0
    n_unlabelled: int = 0
    max_classes: int = 1_000_000

    def add(self, counted: Iterable[tuple[str, int]]) -> None:
        """Add samples per class. Raises RefusedError above `max_classes`."""
        counts = self.counts
        for name, n in counted:
            counts[name] += n
        if len(counts) > self.max_classes:
            raise too_many_classes(self.max_classes, self.n_rows)

    def add_sets(self, counted: Iterable[tuple[frozenset[str], int]]) -> None:
        """Add samples per label set, until there are more than MAX_LABEL_SETS of them."""
        if self.label_sets is None:
            return
        for labels, n in counted:
            self.label_sets[labels] += n
        if len(self.label_sets) > MAX_LABEL_SETS:
            self.label_sets = None

    def merge(self, other: "LabelTally") -> "LabelTally":
        """The tally of both inputs together; neither operand changes."""
        sets = None
        if self.label_sets is not None and other.label_sets is not None:
            sets = self.label_sets + other.label_sets
            sets = None if len(sets) > MAX_LABEL_SETS else sets
        merged = LabelTally(
            counts=Counter(self.counts),
            unknown=Counter(self.unknown),
            label_sets=sets,
            n_rows=self.n_rows + other.n_rows,
            n_samples=self.n_samples + other.n_samples,
            n_missing=self.n_missing + other.n_missing,
            n_ignored=self.n_ignored + other.n_ignored,
            n_rejected=self.n_rejected + other.n_rejected,
            n_unlabelled=self.n_unlabelled + other.n_unlabelled,
            max_classes=max(self.max_classes, other.max_classes),
        )
        merged.counts.update(other.counts)
        merged.unknown.update(other.unknown)
        if len(merged.counts) > merged.max_classes:
            raise too_many_classes(merged.max_classes, merged.n_rows)
        return merged


def too_many_classes(limit: int, rows: int) -> RefusedError:
    """The error for a column that holds ids, not classes."""
    return RefusedError(
        f"more than {limit:,} distinct labels in the first {rows:,} rows: this looks like an id column, not classes",
        "name the label column with --label COLUMN, or raise --max-classes",
    )
