"""The sufficient statistic of the label examination: what is kept of the rows, and nothing else.

A tally is updated batch by batch and merges: `merge(a, b)` equals the tally of the whole, in any order. Memory grows
with classes and with distinct label sets (capped), never with rows.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from ..batches import Damaged
from ..errors import RefusedError
from ..model import Damage
from .set_counts import Integers, SetCounts

MAX_LABEL_SETS = 500_000
"""Distinct label sets kept before co-occurrence is given up (the class counts stay exact)."""
MAX_SET_CLASSES = 20_000_000
"""Classes in the distinct label sets together, for the same reason."""


@dataclass
class LabelTally:
    """Counts of one examination.

    `counts`: samples carrying each class. `unknown`: samples whose value for a class is blank (indicator layout).
    `label_sets`: samples per set of classes, None when not kept (single-label data, counts, or over a cap); any mapping
    can be given to start with. `set_aside` is what delimited texts hold beside regular rows, until `damage` says what
    became of it. Conservation: n_rows = n_samples + n_missing + n_ignored + n_rejected, but in the counts
    layout (a row is a class) and the long layout (a row is a sample-label pair).
    """

    counts: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    label_sets: Mapping[frozenset[str], int] | None = None
    n_rows: int = 0
    n_samples: int = 0
    n_missing: int = 0
    n_ignored: int = 0
    n_rejected: int = 0
    n_unlabelled: int = 0
    max_classes: int = 1_000_000
    set_aside: list[Damaged] = field(default_factory=list)
    damage: tuple[Damage, ...] = ()

    def add(self, counted: Iterable[tuple[str, int]]) -> None:
        """Add samples per class. Raises RefusedError above `max_classes`."""
        counts = self.counts
        for name, n in counted:
            counts[name] += n
        if len(counts) > self.max_classes:
            raise too_many_classes(self.max_classes, self.n_rows)

    def add_sets(self, counted: Iterable[tuple[frozenset[str], int]]) -> None:
        """Add samples per label set, until there are too many sets."""
        if self.label_sets is not None:
            sets = _as_set_counts(self.label_sets)
            sets.update(counted)
            self.label_sets = _within_caps(sets)

    def add_samples(
        self,
        samples: Integers,
        row: npt.NDArray[np.integer],
        label: npt.NDArray[np.integer],
        names: Sequence[str | None],
    ) -> None:
        """Add samples that carry any number of classes each.

        Row i stands for `samples[i]` samples; each pair of `row` and `label` says that a row carries the class
        `names[label]`. Pairs may repeat and come in any order. A name of None is a label to leave out: a row that
        carries only such labels is ignored. A row without any pair is a sample without labels.

        Raises RefusedError above `max_classes`.
        """
        position: dict[str, int] = {}
        to = np.array([-1 if n is None else position.setdefault(n, len(position)) for n in names], dtype=np.int64)
        classes = to[label]
        row, classes, sizes, left_out = _distinct_pairs(row, classes, len(samples), max(1, len(position)))
        empty = sizes == 0
        kept = ~(empty & left_out)
        self.n_samples += int(samples[kept].sum())
        self.n_ignored += int(samples[empty & left_out].sum())
        self.n_unlabelled += int(samples[empty & ~left_out].sum())
        # sums of whole numbers are exact in float64 below 2**53, which no batch reaches
        per_class = np.bincount(classes, samples[row], len(position)).astype(np.int64).tolist()
        self.add((name, n) for name, n in zip(position, per_class, strict=True) if n)
        if self.label_sets is not None:
            sets = _as_set_counts(self.label_sets)
            sets.add(list(position), classes, sizes[kept], samples[kept])
            self.label_sets = _within_caps(sets)

    def set_sizes(self) -> set[int] | None:
        """The numbers of classes that samples carry, None when the label sets are not kept."""
        return None if self.label_sets is None else _as_set_counts(self.label_sets).sizes()

    def merge(self, other: "LabelTally") -> "LabelTally":
        """The tally of both inputs together; neither operand changes. Raises RefusedError above `max_classes`."""
        sets = None
        if self.label_sets is not None and other.label_sets is not None:
            sets = _within_caps(_as_set_counts(self.label_sets).merged(_as_set_counts(other.label_sets)))
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
            set_aside=[*self.set_aside, *other.set_aside],
            damage=(*self.damage, *other.damage),
        )
        merged.add(other.counts.items())
        merged.unknown.update(other.unknown)
        return merged


def _as_set_counts(sets: Mapping[frozenset[str], int]) -> SetCounts:
    return sets if isinstance(sets, SetCounts) else SetCounts(sets)


def _within_caps(sets: SetCounts) -> SetCounts | None:
    return None if sets.more_than(MAX_LABEL_SETS, MAX_SET_CLASSES) else sets


def _distinct_pairs(
    row: npt.NDArray[np.integer], classes: Integers, n_rows: int, n_classes: int
) -> tuple[Integers, Integers, npt.NDArray[np.integer], npt.NDArray[np.bool_]]:
    """The pairs in order without repetition and those of class -1, pairs per row, and which rows had a class -1."""
    left_out = np.zeros(n_rows, dtype=bool)
    unwanted = classes < 0
    if unwanted.any():
        left_out[row[unwanted]] = True
        row, classes = row[~unwanted], classes[~unwanted]
    pairs = np.sort(row * np.int64(n_classes) + classes)
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    rows, codes = np.divmod(pairs, np.int64(n_classes))
    return rows, codes, np.bincount(rows, minlength=n_rows), left_out


def too_many_classes(limit: int, rows: int) -> RefusedError:
    """The error for a column that holds ids, not classes."""
    return RefusedError(
        f"more than {limit:,} distinct labels in the first {rows:,} rows: this looks like an id column, not classes",
        "name the label column with --label COLUMN, or raise --max-classes",
    )
