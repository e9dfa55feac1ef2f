"""The loss and the metric of the same split both move, but not with each other.

Why it matters: a loss that falls while the metric wanders measures something the metric does not: it is dominated by
easy negatives, by another head, by a penalty term, or the metric is computed at a cut the scores hover around. Tuning
on the loss then does not help the metric.

What to do: look which part of the loss falls (per class, per head, without the weight penalty), and use a metric that
does not depend on a cut, such as average precision.

Example: over 40 epochs the loss falls from 0.61 to 0.52 while F1 jumps between 0.1 and 0.4: rank correlation 0.05.

Reference: TheDeepChecker, |corr(loss, metric)| < 0.5; Spearman's rank correlation here.
"""

from collections.abc import Iterator

from ...model import Finding, HistoryProfile
from ...plugins import Rule, Severity
from ._wording import named, value

RULE = Rule("loss-and-metric-uncorrelated", "IMB308", Severity.WARNING)


def check(history: HistoryProfile) -> Iterator[Finding]:
    """One finding per loss and metric, over at least ten records."""
    from ...history.agreement import unrelated

    for one in unrelated(history):
        yield Finding(
            RULE,
            f"{named(one.loss, history)} falls from {value(one.first)} to {value(one.last)}, and {one.metric.name} "
            f"moves without it: rank correlation {one.correlation:.2f} in {one.n:,} records, "
            f"{one.first.record:,} to {one.last.record:,}",
            (),
            {
                "run": one.loss.run,
                "split": one.loss.split,
                "loss": one.loss.name,
                "metric": one.metric.name,
                "rank_correlation": one.correlation,
                "records": one.n,
            },
            "look which part of the loss falls (per class, per head, the weight penalty), and judge by a metric that "
            "needs no cut, such as average precision",
        )
