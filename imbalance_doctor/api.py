"""The results of the Python API: a report that can be asked, and weights that can be emitted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .model import Finding, LabelProfile, Prescription, Report, Weights

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class ClassWeights:
    """Weights of one scheme, in class order."""

    made: Weights

    @property
    def values(self) -> tuple[float, ...]:
        """One number per class, in the order of `classes`."""
        return self.made.values

    @property
    def values_negative(self) -> tuple[float, ...] | None:
        """The factors of the negative term in the pair schemes, None in the others."""
        return self.made.values_negative

    @property
    def classes(self) -> tuple[str, ...]:
        """Class names in index order."""
        return self.made.classes

    def to(self, target: str) -> str:
        """The text for a target such as "pytorch". Raises UsageError for what the target would ignore or misread."""
        from . import doctor

        return doctor.emit(target, self.made)

    def to_dict(self) -> dict[str, float]:
        """Class name to weight."""
        return dict(zip(self.classes, self.values, strict=True))


@dataclass(frozen=True)
class Analysis:
    """What `analyze` found."""

    report: Report

    @property
    def labels(self) -> LabelProfile:
        """Everything known about the labels."""
        assert self.report.labels is not None
        return self.report.labels

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings, by code."""
        return self.report.findings

    @property
    def prescription(self) -> Prescription:
        """What to do first, and why."""
        assert self.report.prescription is not None
        return self.report.prescription

    def to_dict(self) -> dict[str, Any]:
        """The JSON form as plain Python values."""
        from .reports import json

        return json.to_dict(self.report)

    def to_frame(self) -> "pd.DataFrame":
        """One row per class in index order: name, count, prevalence, share, boundary, log_odds, evidence, tier."""
        import pandas as pd

        columns = ("name", "count", "prevalence", "share", "boundary", "log_odds", "evidence", "tier")
        rows = [[getattr(row, column) for column in columns] for row in self.labels.classes]
        return pd.DataFrame(rows, columns=list(columns), index=pd.RangeIndex(len(rows), name="index"))

    def weights(
        self,
        scheme: str = "auto",
        *,
        cap: float | None = None,
        normalize: str | None = None,
        zero_count: str = "refuse",
        **parameters: float,
    ) -> ClassWeights:
        """The weights of a scheme; "auto" is the prescription's.

        Raises InputError for classes without samples unless `zero_count` is "exclude" or "value=X", UsageError for an
        unknown scheme or parameter.
        """
        from . import doctor

        given: Mapping[str, float] = parameters
        return ClassWeights(doctor.weigh(self.labels, self.prescription, scheme, given, cap, normalize, zero_count))
