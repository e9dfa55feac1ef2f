"""A loss or metric became NaN or infinite.

Why it matters: after one step with a NaN loss every weight is NaN, and every later number means nothing. argmax of NaN
is class 0, so the model then seems to have collapsed.

What to do: go back to the record before it. Look for pos_weight = inf (a class without samples, even where it is never
positive: 0 · inf), a batch whose class weights sum to 0 or whose labels are all ignored, log(0) or a division by zero
in a hand-written loss, too high a learning rate, and half precision without loss scaling.

Example: loss 0.4312 at record 6, nan from record 7 on: one label of the sheet has no positives and pos_weight inf.

Reference: torch.nn.CrossEntropyLoss, ignore_index and weight; Lightning EarlyStopping, check_finite.
"""

import math
from collections.abc import Iterator

from ...model import Finding, HistoryProfile
from ...plugins import Rule, Severity
from ._wording import named, record, value

RULE = Rule("not-finite", "IMB309", Severity.ERROR)


def check(history: HistoryProfile) -> Iterator[Finding]:
    """One finding per series; a warning for a metric, and for a loss that came back to numbers."""
    from ...history.courses import not_finite
    from ...history.pairs import finite

    for series, ended in not_finite(history):
        ill = series.not_finite
        if ill is None:
            continue
        what = "NaN" if math.isnan(ill.value) else "infinite"
        before = [point for point in finite(series) if point.record < ill.record]
        text = f"{named(series, history)} is {what} at {record(ill)}"
        text += " and to the end" if ended else ", and a number again later"
        if before:
            text += f"; the last number before it is {value(before[-1])} at {record(before[-1])}"
        yield Finding(
            RULE,
            text,
            (),
            {
                "run": series.run,
                "name": series.name,
                "value": what,
                "record": ill.record,
                "to_the_end": ended,
                "last_number": before[-1].value if before else None,
            },
            "resume from the record before it, with gradient clipping and a lower learning rate; check pos_weight of "
            "classes without samples, batches whose labels are all ignored, log(0), and loss scaling in half precision"
            if series.role == "loss"
            else "a metric of a class that is absent from the split, or never predicted, is 0/0: state what it shall "
            "be (zero_division), or evaluate on more samples",
            None if ended and series.role == "loss" else Severity.WARNING,
        )
