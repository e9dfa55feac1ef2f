"""A metric stands on the score of one and the same answer to every sample.

Why it matters: accuracy equal to the share of a class, to the printed digit, and macro-F1 equal to (1/K) 2p/(1+p) are
what a model prints that answers this class always. It may look like a plausible accuracy.

What to do: judge by balanced accuracy or macro-F1, start from the log-prior as output bias, and look at the predictions
for the class that is answered.

Example: training accuracy 13.9155 % in all of 89 epochs, with 3,995 of 28,709 faces "angry": 13.9155 %.

Reference: scikit-learn, DummyClassifier("most_frequent"); the published class counts of FER2013.
"""

from collections.abc import Iterator

from ...model import Finding, HistoryProfile, LabelProfile
from ...plugins import Rule, Severity
from .._wording import number, percent, quote
from ._wording import record, value

RULE = Rule("majority-accuracy", "IMB306", Severity.WARNING)


def check(history: HistoryProfile, labels: LabelProfile) -> Iterator[Finding]:
    """One finding per metric that stands on such a score; `classes` are the ones that have it."""
    from ...history.answers import at_constant_answers
    from ...history.constants import constant_answers

    answers = constant_answers(labels.counts)
    for hit in at_constant_answers(history.series, answers):
        ((key, target),) = hit.expected.items()
        if hit.metric is None:
            continue
        names = tuple(name for name, scores in answers.items() if scores.get(key) == target)
        classes = tuple(name for name in names if name in labels.counts.names and labels.task != "multilabel")
        whose = f"of always answering {quote(names[0])}" if len(names) == 1 else f"of {len(names):,} constant answers"
        shown = percent(target) if key == "accuracy" else number(target)
        yield Finding(
            RULE,
            f"the {hit.split} {key.replace('_', '-')} stands at {value(hit.metric)} ({record(hit.metric)}), the score "
            f"{whose}, {shown}" + ("" if hit.match == "exact" else ", within 0.6 %"),
            classes if len(classes) <= 20 else (),
            {
                "run": hit.run,
                "split": hit.split,
                "metric": key,
                "record": hit.metric.record,
                "value": hit.metric.value,
                "constant_answer": target,
                "match": hit.match,
            },
            "judge by balanced accuracy or macro-F1, initialise the output bias with the log prior, and look at the "
            "predictions (`imbalance-doctor predictions`)",
        )
