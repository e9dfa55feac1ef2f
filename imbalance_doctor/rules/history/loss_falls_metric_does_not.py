"""The loss falls, but the metric beside it falls too, or hardly moves.

Why it matters: "the loss keeps dropping and the accuracy is 0" is what a model shows that learns only the biases: the
outputs move towards the class frequencies, below every cut. The loss rewards that, the metric shows that nothing is
told apart. On 120 rare labels the mean BCE falls from 0.693 to 0.058 in this way, and F1 to 0.

What to do: compare the loss with its floor (give the labels: `history LOG --labels train.csv`). Initialise the output
bias with the log-odds of the prior, so that the fall is learning from the first step; cut each class at its own
threshold, or judge by average precision, before any weights.

Example: loss 0.6931 to 0.0583, element-wise accuracy 0.9858 to 0.9871, macro-F1 0.02 to 0.

Reference: TheDeepChecker, representativeness of the loss; the floors of `explain floors`.
"""

from collections.abc import Iterator

from ...model import Finding, HistoryProfile
from ...plugins import Rule, Severity
from ._wording import named, record, value

RULE = Rule("loss-falls-metric-does-not", "IMB307", Severity.WARNING)


def check(history: HistoryProfile) -> Iterator[Finding]:
    """One finding per metric; one that is printed the same throughout is frozen-metric's business."""
    from ...history.agreement import left_behind
    from ...history.frozen import frozen

    told = {id(rest.series) for one in frozen(history) for rest in one.rests}
    for one in left_behind(history):
        if id(one.metric) in told:
            continue
        (loss, score), (last_loss, last_score) = one.first, one.last
        yield Finding(
            RULE,
            f"{named(one.loss, history)} falls from {value(loss)} to {value(last_loss)} ({record(loss)} to "
            f"{record(last_loss)}), while {one.metric.name} {'falls' if one.fell else 'stays'} "
            f"{'from' if one.fell else 'between'} {value(score)} {'to' if one.fell else 'and'} {value(last_score)}",
            (),
            {
                "run": one.loss.run,
                "split": one.loss.split,
                "loss": one.loss.name,
                "loss_first": loss.value,
                "loss_last": last_loss.value,
                "metric": one.metric.name,
                "metric_first": score.value,
                "metric_last": last_score.value,
                "metric_falls": one.fell,
            },
            "compare the loss with the floors of your labels (--labels), initialise the output bias with ln(p/(1-p)), "
            "and cut each class at its own threshold before weighting anything",
        )
