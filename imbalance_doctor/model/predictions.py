"""The nouns of the prediction examination."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

ScoreKind = Literal["probabilities", "logits", "labels"]
PredictionTask = Literal["softmax", "sigmoid", "binary"]
"""softmax: one class a row, the scores compete; sigmoid: every class for itself; binary: one score for one class."""

Verdict = Literal[
    "healthy",
    "all_zero",
    "all_one",
    "single_class",
    "constant",
    "prior_only",
    "partial",
    "threshold",
    "miswired",
    "cannot_judge",
]


@dataclass(frozen=True)
class PredictionLayout:
    """How the dump was understood, and why. `columns` are the score columns in class order, empty for a matrix."""

    kind: Literal["matrix", "vector", "column", "list", "long"]
    reason: str
    columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScoreRow:
    """One class among the scores.

    `predicted`: rows whose prediction is this class: the argmax (softmax), or score >= threshold (sigmoid, binary).
    `predicted_above`: the same with > instead of >=, so predicted - predicted_above rows lie exactly on the cut.
    Statistics are over the finite scores of the class; None where there is none, or for predicted labels.
    `mean_probability` is the mean after the link (the scores themselves when they are probabilities).
    """

    index: int
    name: str
    predicted: int
    predicted_above: int
    predicted_share: float
    mean: float | None
    std: float | None
    min: float | None
    max: float | None
    mean_probability: float | None
    quantiles: Mapping[str, float]
    adjusted: int | None = None
    """Rows of this class after subtracting the log prior (softmax) or at the cut p (sigmoid); None without priors."""


@dataclass(frozen=True)
class TruthRow:
    """One class, prediction against truth. Ratios are None where their denominator is 0."""

    index: int
    name: str
    support: int
    true_positives: int
    recall: float | None
    precision: float | None
    f1: float | None
    auroc: float | None
    auroc_z: float | None
    """(AUROC - 0.5) over its standard error under no skill, sqrt((n1 + n0 + 1) / (12 n1 n0))."""
    average_precision: float | None
    prevalence: float
    calibration: float | None
    """Mean probability over prevalence: calibration in the large."""
    mean_positive: float | None
    """Mean probability on the samples that carry the class."""


@dataclass(frozen=True)
class TruthProfile:
    """What the truth adds. Averages follow scikit-learn: zero_division = 0, macro over classes that occur."""

    n_joined: int
    joined_by: str
    classes: tuple[TruthRow, ...]
    accuracy: float | None
    subset_accuracy: float | None
    balanced_accuracy: float | None
    macro_f1: float
    micro_f1: float
    weighted_f1: float
    mcc: float | None
    log_loss: float | None
    log_loss_floor: float | None
    ece: float | None
    confusion: tuple[tuple[int, int, int], ...] | None
    """(true index, predicted index, rows), only what occurs; None for sigmoid."""
    ranking: Literal["exact", "histogram"]
    ranking_error: float
    """Largest possible error of an AUROC here: half the share of positive-negative pairs that fall in one bin."""
    best_permutation: tuple[int, ...] | None = None
    """Column order that raises the accuracy most (Hungarian method); None when it is the order as given."""
    permuted_accuracy: float | None = None


@dataclass(frozen=True)
class Remedy:
    """One correction after training, tried before it is named.

    `score` is cross-fitted: parameters chosen on one half of the rows, scored on the other. `interval` is a 95 %
    bootstrap interval of score - as_is. `thresholds` / `offsets` are in class order.
    """

    name: str
    metric: str
    as_is: float | None
    score: float | None
    interval: tuple[float, float] | None
    thresholds: tuple[float | None, ...] | None
    offsets: tuple[float | None, ...] | None
    needs_truth: bool
    note: str = ""


@dataclass(frozen=True)
class PredictionProfile:
    """Everything `predictions` knows about a dump. Rules read it under the name `predictions`.

    `n_rows` = `n_samples` + `nan_rows`; rows with NaN or infinity are counted apart and judged by nothing. `tied_rows`
    have no single largest score: they are in no class's `predicted` (softmax).
    """

    score_kind: ScoreKind
    task: PredictionTask
    threshold: float
    """On the scale of the scores: 0.5 for probabilities, 0.0 for logits unless the user says otherwise."""
    layout: PredictionLayout
    n_rows: int
    n_samples: int
    classes: tuple[ScoreRow, ...]
    nan_rows: int
    infinite_rows: int
    tied_rows: int
    off_sum_rows: int
    all_zero_rows: int
    all_one_rows: int
    row_sum: tuple[float, float, float] | None
    """Smallest, mean and largest sum of a row's scores."""
    positives_per_row: float | None
    distinct_rows: int | None
    """Distinct score rows, None above the cap."""
    saturated_share: float
    """Share of probabilities within 1e-6 of 0 or 1 (logits beyond +-13.8)."""
    outside_share: float
    """Share of scores outside [0, 1]."""
    score_range: tuple[float, float] | None
    never_predicted: tuple[str, ...]
    always_predicted: tuple[str, ...]
    declared: bool
    """Whether class names were given, by the file, --classes, or the truth."""
    capacity: int | None
    """Classes that the type of predicted labels can hold (256 for uint8), None when unlimited or unknown."""
    priors: tuple[float, ...] | None
    prior_source: str
    truth: TruthProfile | None
    verdict: Verdict
    remedies: tuple[Remedy, ...] = ()

    @property
    def n_classes(self) -> int:
        """Columns of scores, or classes that labels can name."""
        return len(self.classes)

    @property
    def top_class(self) -> tuple[str, float]:
        """The class predicted most often and its share."""
        row = max(self.classes, key=lambda c: (c.predicted, -c.index))
        return row.name, row.predicted_share
