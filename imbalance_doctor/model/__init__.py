"""The nouns: what the steps hand to each other. Frozen, no I/O, no arithmetic beyond a line.

Class order is the model's index order everywhere; sort by frequency only when drawing. Counts are exact Python
integers; floats are made once, at the end.
"""

from .history import (
    Cause,
    Diagnosis,
    Fingerprint,
    HistoryProfile,
    HistoryVerdict,
    Point,
    Series,
    Split,
)
from .labels import TASKS, ClassCounts, ClassRow, Damage, LabelProfile, Layout, Source, Task
from .predictions import (
    PredictionLayout,
    PredictionProfile,
    PredictionTask,
    Remedy,
    ScoreKind,
    ScoreRow,
    TruthProfile,
    TruthRow,
    Verdict,
)
from .report import FORMAT, Avoid, Finding, Prescription, Report, Skipped, Step
from .weights import ClassOrder, GivenProfile, GivenWeights, Recipe, Role, Targets, Weights

__all__ = [
    "FORMAT",
    "TASKS",
    "Avoid",
    "Cause",
    "ClassCounts",
    "ClassOrder",
    "ClassRow",
    "Damage",
    "Diagnosis",
    "Finding",
    "Fingerprint",
    "GivenProfile",
    "GivenWeights",
    "HistoryProfile",
    "HistoryVerdict",
    "LabelProfile",
    "Layout",
    "Point",
    "PredictionLayout",
    "PredictionProfile",
    "PredictionTask",
    "Prescription",
    "Recipe",
    "Remedy",
    "Report",
    "Role",
    "ScoreKind",
    "ScoreRow",
    "Series",
    "Skipped",
    "Source",
    "Split",
    "Step",
    "Targets",
    "Task",
    "TruthProfile",
    "TruthRow",
    "Verdict",
    "Weights",
]
