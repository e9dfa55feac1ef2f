"""A model that always answers the largest class already has a high accuracy.

Why it matters: accuracy, early stopping on accuracy and "the loss went down" all reward the constant answer. A model
at or just above this number has learnt nothing that the class counts did not say.

What to do: quote every accuracy beside this baseline, and judge by balanced accuracy (a constant gets 1 / K) or
macro-F1. Loss curves start to mean something below the entropy of the labels, which is what the bare class frequencies
score; initialise the output bias with ln p to start there.

Example: 950 / 50: always answering the first class gives accuracy 0.95, balanced accuracy 0.5, and a log loss of 0.1985
without looking at one input. With three or more classes, one that holds over half of the samples outweighs all others
together, so that it wins every case without clear evidence.

Reference: scikit-learn, DummyClassifier("most_frequent"); Google, Machine Learning Crash Course, on accuracy.
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import number, percent, quote
from ._floors import floor

RULE = Rule("accuracy-trap", "IMB132", Severity.WARNING)


def check(labels: LabelProfile, *, high: float = 0.8) -> Iterator[Finding]:
    """One finding: a warning when the constant answer scores `high` or more, info when over 0.5 with three classes."""
    accuracy = floor(labels, "metrics", "accuracy", "majority")
    k = labels.n_present
    if labels.task == "multilabel" or k < 2 or accuracy is None:
        return
    if accuracy < high and not (k > 2 and accuracy > 0.5):
        return
    largest = max(labels.classes, key=lambda row: row.count)
    entropy = labels.measures.get("entropy")
    message = (
        f"always answering {quote(largest.name)} is right on {percent(accuracy)} of the samples, with a balanced "
        f"accuracy of {percent(1 / k)}"
    )
    if entropy is not None:
        message += f"; a log loss above {number(entropy)} has learnt no more than the class frequencies"
    yield Finding(
        RULE,
        message,
        (largest.name,),
        {"majority": largest.name, "accuracy": accuracy, "balanced_accuracy": 1 / k, "log_loss_floor": entropy},
        "judge by macro-F1 or balanced accuracy (--metric), and quote accuracy beside this baseline",
        Severity.WARNING if accuracy >= high else Severity.INFO,
    )
