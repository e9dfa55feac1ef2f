"""The learning rate is zero.

Why it matters: no step is taken. From the first record on nothing is learnt at all; from a later one on, the rest of
the training is wasted: a schedule that was told too small a number of steps has run out. A warm-up that starts at 0 and
a schedule whose last value is 0 are in order.

What to do: give the schedule the real number of optimiser steps (epochs · batches / accumulation), and check that the
optimiser was built with the rate you set.

Example: lr 0.0 in all of 50 records; or 5e-05 falling to 0 at record 300 of 900: the schedule counted one epoch.

Reference: transformers.get_linear_schedule_with_warmup, num_training_steps.
"""

from collections.abc import Iterator

from ...model import Finding, HistoryProfile, Point, Series
from ...plugins import Rule, Severity
from ._wording import named, record

RULE = Rule("learning-rate-zero", "IMB313", Severity.ERROR)


def check(history: HistoryProfile, *, resolution: float = 1e-8, share: float = 0.2) -> Iterator[Finding]:
    """One finding per rate: an error when it is 0 throughout, a warning when so for the last `share` of the run.

    A printed 0 counts where its digits are finer than `resolution`; 0.0000 may be 1e-5.
    """
    from ...history.pairs import finite

    for series in history.series:
        zeros = stretch(series, history, resolution) if series.role == "learning_rate" else ()
        points = finite(series)
        throughout = len(zeros) == len(points)
        if len(zeros) < 3 or (not throughout and len(zeros) < share * len(points)):
            continue
        yield Finding(
            RULE,
            f"{named(series, history)} is 0 in {'all of ' if throughout else ''}{len(zeros):,} records, from "
            f"{record(zeros[0])} to {record(zeros[-1])}",
            (),
            {
                "run": series.run,
                "name": series.name,
                "from_record": zeros[0].record,
                "to_record": zeros[-1].record,
                "records": len(zeros),
                "of": len(points),
            },
            "give the schedule the real number of optimiser steps, and check the rate the optimiser was built with",
            None if throughout else Severity.WARNING,
        )


def stretch(series: Series, history: HistoryProfile, resolution: float) -> tuple[Point, ...]:
    """The zeros at the end of a learning rate, none where the digits do not show that they are zeros."""
    from ...history.pairs import finite, unrounded, writes_all_digits

    points = finite(series)
    zeros: list[Point] = []
    for point in reversed(points):
        if point.value != 0:
            break
        zeros.insert(0, point)
    if not zeros:
        return ()
    all_digits = writes_all_digits(one for one in history.series if one.run == series.run)
    last = unrounded(zeros[-1]) if all_digits else zeros[-1]
    return tuple(zeros) if last.half_width <= resolution else ()
