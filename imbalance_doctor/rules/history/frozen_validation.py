"""The training moves, but the validation stands still.

Why it matters: the model is learning, and what is measured on the validation data does not depend on it: the same
answer for every sample, a validation set that is not what the model was trained for, or numbers that are not computed
anew. Early stopping and model selection then decide on nothing.

What to do: check that validation data go through the same preparation (scaling, tokeniser, label order), that the
model is in evaluation mode with sane batch-norm statistics, and that the metric is reset between evaluations.

Example: val_accuracy 0.5676 in every epoch while the training accuracy goes from 0.86 to 0.97.

Reference: keras issue 13908.
"""

from collections.abc import Iterator

from ...model import Finding, HistoryProfile
from ...plugins import Rule, Severity
from ._wording import course, evidence, listed, named, stands

RULE = Rule("frozen-validation", "IMB303", Severity.ERROR)


def check(history: HistoryProfile) -> Iterator[Finding]:
    """One finding per run; a warning where a small validation set may explain the stretch."""
    from ...history.frozen import frozen

    for one in frozen(history):
        if one.kind != "validation":
            continue
        lead = one.rests[0]
        others = [rest.series.name for rest in one.rests[1:]]
        also = f" ({listed(others)} too)" if others else ""
        yield Finding(
            RULE,
            f"{named(lead.series, history)} is {stands(lead)}{also}, while in training {course(one.moving[0])}",
            (),
            {
                "run": one.run,
                "frozen": [evidence(rest) for rest in one.rests],
                "moving": [series.name for series in one.moving],
            },
            "compare the preparation and the label order of the validation data with the training data, check the "
            "evaluation mode (batch norm, dropout), and look at the predictions on the validation data",
            None if one.certain else Severity.WARNING,
        )
