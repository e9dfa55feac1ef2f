"""The results of the Python API: reports that can be asked, weights to emit, corrections to apply."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .errors import UsageError
from .model import (
    Cause,
    Finding,
    GivenProfile,
    LabelProfile,
    PredictionProfile,
    Prescription,
    Remedy,
    Report,
    Verdict,
    Weights,
)
from .plugins import unknown_name

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

AS_IS = "as-is"
"""The name under which `Predictions.apply` changes nothing."""


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


def held(x: Any) -> Any:
    """Anything with `__array__` (a tensor) or nested lists of numbers as a numpy array; the rest as it is.

    Raises UsageError for a tensor that cannot become one.
    """
    import numpy as np

    if isinstance(x, (list, tuple)) and x and all(isinstance(row, (list, tuple)) for row in x):
        lengths = {len(row) for row in x}
        numbers = all(isinstance(value, (int, float)) for row in x for value in row)
        return np.array(x) if len(lengths) == 1 and lengths != {0} and numbers else x
    if not hasattr(x, "__array__") or hasattr(x, "columns") or hasattr(x, "tocsr") or hasattr(x, "index"):
        return x
    try:
        return np.asarray(x)
    except (TypeError, ValueError, RuntimeError) as error:
        raise UsageError(
            f"this {type(x).__name__} cannot become a numpy array: {error}", "detach and copy it"
        ) from None


@dataclass(frozen=True)
class Lint:
    """What `lint` found."""

    report: Report

    @property
    def weights(self) -> GivenProfile:
        """Everything known about the weights."""
        assert self.report.given is not None
        return self.report.given

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings, by code."""
        return self.report.findings

    def to_dict(self) -> dict[str, Any]:
        """The JSON form as plain Python values."""
        from .reports import json

        return json.to_dict(self.report)


@dataclass(frozen=True)
class Examination:
    """What `history` or `diagnose` found."""

    report: Report

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings, by code."""
        return self.report.findings

    @property
    def causes(self) -> tuple[Cause, ...]:
        """The ranked causes; none for a log alone."""
        return self.report.diagnosis.causes if self.report.diagnosis else ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON form as plain Python values."""
        from .reports import json

        return json.to_dict(self.report)


@dataclass(frozen=True)
class Predictions:
    """What `predictions` found."""

    report: Report

    @property
    def profile(self) -> PredictionProfile:
        """Everything known about the predictions."""
        assert self.report.predictions is not None
        return self.report.predictions

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings, by code."""
        return self.report.findings

    @property
    def verdict(self) -> Verdict:
        """Whether the model has collapsed, and how."""
        return self.profile.verdict

    @property
    def remedies(self) -> tuple[Remedy, ...]:
        """The corrections that were tried, best first."""
        return self.profile.remedies

    @property
    def best(self) -> Remedy | None:
        """The correction to use: its gain is beyond chance, or there is no truth to try it on. None: none helps."""
        from .predictions import rescue

        return rescue.best(self.remedies)

    def apply(self, scores: Any, remedy: str | Remedy | None = None) -> "NDArray[np.integer[Any]]":
        """Corrected predictions for scores like those examined: the same kind, and columns in the same class order.

        `scores`: (n, K), or (n,) for a binary task; a data frame is taken by the names of its columns. `remedy`: one of
        `remedies` or its name, "as-is" for none; by default the best one, which may be none. Returns class indices
        (n,) for softmax, -1 where no score is the largest or one is not finite; 0 and 1, (n, K), for sigmoid; 0 and 1,
        (n,), for binary. Raises UsageError for a remedy without numbers, for scores of another shape, and for
        predicted labels.
        """
        import numpy as np

        from .predictions.decisions import as_columns, cut_of, decide

        if self.profile.score_kind == "labels":
            raise UsageError("predicted labels hold no scores to correct", "examine the scores they were made from")
        chosen = self._chosen(remedy)
        cut = None if chosen is None else cut_of(chosen, self.profile)
        predicted = decide(as_columns(scores, self.profile), self.profile, cut)
        return predicted.astype(np.int8) if predicted.dtype == bool else predicted

    def to(self, format: str, remedy: str | Remedy | None = None) -> str:  # noqa: A002
        """A correction as json, yaml, csv or python, with class names. By default the best one.

        Raises UsageError when there is none.
        """
        from .threshold_text import emit_thresholds

        chosen = self._chosen(remedy)
        if chosen is None:
            why = next((r.note for r in self.remedies if r.score is None), "")
            raise UsageError("no correction is better than the predictions as they are", why)
        return emit_thresholds(format, tuple(row.name for row in self.profile.classes), chosen, self.profile)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form as plain Python values."""
        from .reports import json

        return json.to_dict(self.report)

    def _chosen(self, remedy: str | Remedy | None) -> Remedy | None:
        """The remedy meant; None for the predictions as they are."""
        if remedy is None:
            return self.best
        if remedy == AS_IS:
            return None
        named = {r.name: r for r in self.remedies}
        if isinstance(remedy, str) and remedy not in named:
            raise unknown_name("remedy", remedy, [*named, AS_IS])
        found = named[remedy] if isinstance(remedy, str) else remedy
        if found.thresholds is None and found.offsets is None:
            raise UsageError(f"the remedy {found.name!r} has no thresholds", found.note)
        return found
