"""The case: what was examined, seen with one metric and one family of models, and the few numbers the tree asks for."""

import math
from dataclasses import dataclass
from functools import cached_property

from ..model import ClassRow, HistoryProfile, LabelProfile, PredictionProfile, Task

BALANCED_RATIO = 4
"""Up to this ratio nothing is needed: the smaller side holds at least 20 % of the two.

Google's "Machine Learning Crash Course", page "Datasets: Imbalanced datasets", calls 20 to 40 % mild and advises to
try training on the true distribution first.
"""

SCARCE = 10
"""Below this many samples no weight helps: there is too little to learn from and nothing left to validate on."""


@dataclass(frozen=True)
class Case:
    """One patient. `metric` and `model` are names of `prescribe.METRICS` and `prescribe.MODELS`.

    `predictions` and `history` where the model was examined too.
    """

    labels: LabelProfile
    metric: str
    model: str
    predictions: PredictionProfile | None = None
    history: HistoryProfile | None = None

    @cached_property
    def kind(self) -> Task:
        """How the decision is made: one class of two, one of many, or yes and no for each label (one column too)."""
        n_classes = len(self.labels.classes)
        if self.labels.task == "multilabel" or n_classes == 1:
            return "multilabel"
        return "binary" if n_classes == 2 else "multiclass"

    @cached_property
    def goal(self) -> str:
        """The metric, where one class a sample makes micro-F1 the same number as accuracy."""
        return "accuracy" if self.metric == "micro-f1" and self.kind != "multilabel" else self.metric

    @cached_property
    def empty(self) -> tuple[ClassRow, ...]:
        """Classes without a sample."""
        return tuple(row for row in self.labels.classes if row.count == 0)

    @cached_property
    def constant(self) -> tuple[ClassRow, ...]:
        """Classes that every sample carries."""
        return tuple(row for row in self.labels.classes if row.count and self._negatives(row) == 0)

    @cached_property
    def learnable(self) -> tuple[ClassRow, ...]:
        """Classes with samples on both sides, in index order."""
        return tuple(row for row in self.labels.classes if row.count and self._negatives(row))

    @cached_property
    def scarce(self) -> tuple[ClassRow, ...]:
        """Learnable classes with fewer than SCARCE samples (multi-label: on either side)."""
        return tuple(row for row in self.learnable if self.support(row) < SCARCE)

    @cached_property
    def rarest(self) -> ClassRow:
        """The learnable class of the lowest prevalence; the first of equals."""
        return min(self.learnable, key=lambda row: row.prevalence)

    @cached_property
    def commonest(self) -> ClassRow:
        """The learnable class of the highest prevalence; the first of equals."""
        return max(self.learnable, key=lambda row: row.prevalence)

    @cached_property
    def extremes(self) -> tuple[int, int]:
        """(large, small): the counts whose ratio grades the imbalance.

        Largest and smallest class where a sample carries one class; with several labels a sample, the two sides of
        the most one-sided label, because there each label has its own boundary.
        """
        if self.kind != "multilabel":
            return self.commonest.count, self.rarest.count
        sides = [sorted((row.count, self._negatives(row))) for row in self.learnable]
        small, large = min(sides, key=lambda side: side[0] / side[1])
        return large, small

    @cached_property
    def ratio(self) -> float:
        """large / small of `extremes`."""
        large, small = self.extremes
        return large / small

    @cached_property
    def imbalanced(self) -> bool:
        """Whether there is something to learn and imbalance to treat."""
        return bool(self.learnable) and self.extremes[0] > BALANCED_RATIO * self.extremes[1]

    @cached_property
    def bias_init(self) -> tuple[float | None, ...]:
        """The last layer's initial bias in class order: ln(n1/n0) per label, or ln(share) for a softmax.

        None where it has no finite value or no use: a class without samples, or one that every sample carries.
        Source: Lin et al. 2017, "Focal Loss for Dense Object Detection", section 4.1 (the prior pi at initialisation).
        """
        learnable = {row.index for row in self.learnable}
        return tuple(self.bias(row) if row.index in learnable else None for row in self.labels.classes)

    @cached_property
    def odds_against(self) -> float:
        """(1-p)/p of the rarest class, as one division of counts: the evidence a 0.5 cut asks for."""
        return self._negatives(self.rarest) / self.rarest.count

    def bias(self, row: ClassRow) -> float:
        """The initial bias of a learnable class."""
        if self.kind == "multilabel":
            return math.log(row.count / self._negatives(row))
        return math.log(row.count / self._n_assignments)

    def support(self, row: ClassRow) -> int:
        """The samples there are to learn a class from; with several labels a sample, the smaller of its two sides."""
        return min(row.count, self._negatives(row)) if self.kind == "multilabel" else row.count

    def _negatives(self, row: ClassRow) -> int:
        return self._all_negatives[row.index]

    # The counts derive both afresh each time they are asked: once per class would be quadratic.
    @cached_property
    def _n_assignments(self) -> int:
        return self.labels.counts.n_assignments

    @cached_property
    def _all_negatives(self) -> tuple[int, ...]:
        return self.labels.counts.negatives


def number(x: float) -> str:
    """Four significant digits, thousands separated; never 0 or 1 for a number that is neither.

    >>> number(0.0018363636), number(543.55446), number(12597), number(0.99999)
    ('0.001836', '543.6', '12,597', '0.99999')
    """
    if abs(x) >= 1000:
        return f"{x:,.0f}"
    return next(text for digits in range(4, 18) if (text := f"{x:.{digits}g}") != "1" or x == 1)


def quoted(rows: tuple[ClassRow, ...] | ClassRow, most: int = 5) -> str:
    """Class names in plain quotes, cut at 40 characters; after `most` of them only how many more there are."""
    rows = rows if isinstance(rows, tuple) else (rows,)
    names = [row.name if len(row.name) <= 40 else f"{row.name[:39]}…" for row in rows[:most]]
    rest = f" and {len(rows) - most:,} more" if len(rows) > most else ""
    return ", ".join(f"'{name}'" for name in names) + rest
