"""The training loss ends far above where it began.

Why it matters: the steps are too large, and the weights are moving away from every solution. A later checkpoint is
worse than an earlier one, and class weights that multiply the gradient are a frequent cause.

What to do: lower the learning rate tenfold, add a warm-up and gradient clipping, and go back to the best record. With
loss weights whose mean over the samples is far above 1, divide them by that mean: it multiplies the learning rate.

Example: pos_weight up to 543 at the learning rate that suited the plain loss: the loss climbs from 1.4 to 35.

Reference: TheDeepChecker (divergence factor); Keras divides class_weight by the batch size, not by the weights.
"""

from collections.abc import Iterator

from ...model import Finding, HistoryProfile
from ...plugins import Rule, Severity
from ._wording import named, record, value

RULE = Rule("divergence", "IMB310", Severity.ERROR)


def check(history: HistoryProfile) -> Iterator[Finding]:
    """One finding per loss that grew while the metric beside it got no better."""
    from ...history.courses import divergences

    for one in divergences(history):
        yield Finding(
            RULE,
            f"{named(one.loss, history)} grows from {value(one.first)} to {value(one.last)} ({record(one.last)}); its "
            f"best is {value(one.best)} at {record(one.best)}",
            (),
            {
                "run": one.loss.run,
                "name": one.loss.name,
                "first": one.first.value,
                "best": one.best.value,
                "best_record": one.best.record,
                "last": one.last.value,
            },
            "lower the learning rate tenfold, warm up, clip the gradients, and normalise loss weights to a sample mean "
            f"of 1; the weights of {record(one.best)} are the ones to keep",
        )
