"""The loss moves, but the metric of the same split stands still.

Why it matters: the outputs change without ever crossing the cut the metric applies. Either the metric looks at another
scale than the loss (logits cut at 0.5), or every sample gets the same answer and the loss only adjusts the bias, or the
metric is computed from something that does not change.

What to do: with from_logits=True use BinaryAccuracy(threshold=0.0), because "accuracy" cuts the raw output at 0.5, a
probability of 0.6225. Else look at the predictions: one answer for everything asks for the log-prior as the bias and a
metric such as average precision, and a softmax over one unit has to become a sigmoid.

Example: loss 1.6564, 1.6103, 1.5977 beside acc 0.4985 in every epoch: logits under the metric "accuracy". F1 0.0000 in
every epoch beside a falling loss: nothing is ever answered.

Reference: keras.metrics.BinaryAccuracy, threshold; keras issue 13908 for the validation.
"""

from collections.abc import Iterator

from ...model import Finding, HistoryProfile
from ...plugins import Rule, Severity
from ._wording import course, evidence, listed, named, stands

RULE = Rule("frozen-metric", "IMB302", Severity.ERROR)


def check(history: HistoryProfile) -> Iterator[Finding]:
    """One finding per run; a warning where the stretch is short, or the metric so high that little can change."""
    from ...history.frozen import frozen

    for one in frozen(history):
        if one.kind != "metric":
            continue
        lead = one.rests[0]
        others = [rest.series.name for rest in one.rests[1:]]
        also = f" ({listed(others)} too)" if others else ""
        nothing = all(rest.level == 0 for rest in one.rests)
        yield Finding(
            RULE,
            f"{named(lead.series, history)} is {stands(lead)}{also}, while {course(one.moving[0])}",
            (),
            {
                "run": one.run,
                "collapsed": one.collapsed,
                "frozen": [evidence(rest) for rest in one.rests],
                "moving": [series.name for series in one.moving],
            },
            "nothing is ever answered: initialise the output bias with ln(p/(1-p)), and cut each class at its own "
            "threshold (`imbalance-doctor predictions`)"
            if nothing
            else "if the outputs are logits, cut them at 0: BinaryAccuracy(threshold=0.0); else every sample gets the "
            "same answer: look at the predictions (`imbalance-doctor predictions`)",
            None if one.certain else Severity.WARNING,
        )
