"""Percentiles of share and prevalence across the classes, with the method named: definitions differ in the tails."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..errors import UsageError
from ..model import ClassCounts

METHOD = "linear (Hyndman-Fan type 7)"
PERCENTS: tuple[float, ...] = (1, 10, 20, 50, 80, 90, 99)


def percentiles(counts: ClassCounts, percents: Sequence[float] = PERCENTS) -> dict[str, Any]:
    """The `labels.percentiles` of the JSON form: `share` and `prevalence` keyed by percent, and `method`.

    Classes without samples take part, as zeros. Equals `numpy.percentile`'s default: Hyndman and Fan (1996),
    "Sample quantiles in statistical packages", type 7. Raises UsageError for a percent outside 0..100.
    """
    wrong = [p for p in percents if not 0 <= p <= 100]
    if wrong:
        raise UsageError(
            f"a percentile lies between 0 and 100, not {wrong[0]:g}", "for instance: --percentiles 1,50,99"
        )
    keys = [percent_key(p) for p in percents]

    def across(values: Sequence[float]) -> dict[str, float]:
        cuts = np.percentile(np.array(values, dtype=np.float64), np.array(percents, dtype=np.float64), method="linear")
        return dict(zip(keys, cuts.tolist(), strict=True))

    return {"share": across(counts.shares), "prevalence": across(counts.prevalences), "method": METHOD}


def percent_key(percent: float) -> str:
    """The percent as a JSON key.

    >>> percent_key(99.0), percent_key(2.5)
    ('99', '2.5')
    """
    return str(int(percent)) if percent == int(percent) else repr(float(percent))
