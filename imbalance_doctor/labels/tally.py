"""The sufficient statistic of the label examination: what is kept of the rows, and nothing else.

A tally is updated batch by batch and merges: `merge(a, b)` equals the tally of the whole, in any order. Memory grows
with classes and with distinct label sets (capped), never with rows.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from ..errors import RefusedError
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
    can be given to start with. Conservation: n_rows = n_samples + n_missing + n_ignored + n_rejected, but in the counts
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
            added: Counter[frozenset[str]] = Counter()
            for labels, n in counted:
                added[labels] += n
            self._keep(_as_set_counts(self.label_sets).merged(SetCounts(added)))

    def add_samples(
        self, samples: Integers, row: npt.NDArray[np.integer], label: npt.NDArray[np.integer], names: Sequence[str | None]
    ) -> None:
        """Add samples that carry any number of classes each.

        Row i stands for `samples[i]` samples, and each pair of `row` and `label` says that a row carries the class
        `names[label]`; pairs may repeat and come in any order. A name of None is a label to leave out: a row that
        carries only such labels is ignored. A row without any label is a sample without labels.

        Raises RefusedError above `max_classes`.
        """
        position: dict[str, int] = {}
        code = np.array([-1 if n is None else position.setdefault(n, len(position)) for n in names], dtype=np.int64)
        classes = code[label]
        row, classes, sizes = _distinct_pairs(row[classes >= 0], classes[classes >= 0], len(samples), len(position))
        if (code < 0).any():
            ignored = sizes == 0
            ignored &= np.bincount(label.size and _, minlength=len(samples)) > 0
