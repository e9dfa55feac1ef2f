"""The type of the predicted labels cannot hold all classes, so ids were wrapped.

Why it matters: 8 bits hold 256 classes. Class 256 was written as 0 and class 300 as 44, without a message: classes that
are missing and classes that are too frequent are both inventions of the file.

What to do: write the predictions again as int32 or int64. From this file they cannot be recovered.

Example: 1,000 classes in uint8: classes 256 to 999 never occur.

Reference: numpy, casting to an unsigned type keeps the value modulo its range.
"""

from collections.abc import Iterator

from ...model import Finding, PredictionProfile
from ...plugins import Rule, Severity

RULE = Rule("narrow-dtype", "IMB216", Severity.ERROR)


def check(predictions: PredictionProfile) -> Iterator[Finding]:
    """One finding."""
    from ...predictions.wiring import fault

    found = fault(predictions)
    if found is not None and found.name == "narrow-dtype":
        yield Finding(RULE, found.message, (), found.evidence, found.remedy)
