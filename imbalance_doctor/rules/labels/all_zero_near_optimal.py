"""Every label is rare enough that a model which answers nothing looks almost right.

Why it matters: where every prevalence is under 0.5, answering no label is the best constant answer under element
accuracy and under BCE cut at 0.5. The loss falls from ln 2 = 0.6931 to the floor given here by learning nothing but the
biases: "the loss keeps dropping and no label is ever predicted" is what that looks like.

What to do: start from there instead of arriving there: initialise each output's bias with ln(p / (1 - p)), so that any
further fall of the loss is learning. Judge by macro-F1 or average precision, and cut each label at its own threshold.
A per-label `weight` in BCE multiplies both terms and moves no boundary; `pos_weight` does.

Example: 120 labels on 55,000 samples, 101 to 12,597 each: answering nothing is right for 98.71 % of the label cells,
and the mean BCE of the bare prevalences is 0.0579.

Reference: log loss is proper, so its best constant is the prevalence, and the floor is the mean entropy of the labels.
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import count, number, percent
from ._floors import floor

RULE = Rule("all-zero-near-optimal", "IMB131", Severity.WARNING)


def check(labels: LabelProfile, *, accuracy: float = 0.9) -> Iterator[Finding]:
    """One finding when every prevalence is under 0.5 and element accuracy of answering nothing is `accuracy` or more.

    Multi-label data only; for one label per sample see accuracy-trap.
    """
    elements = floor(labels, "metrics", "element_accuracy", "all_zero")
    if labels.task != "multilabel" or not labels.n_present or elements is None or elements < accuracy:
        return
    largest = max(labels.classes, key=lambda row: row.prevalence)
    if largest.prevalence >= 0.5:
        return
    rows = floor(labels, "metrics", "subset_accuracy", "all_zero")
    loss = floor(labels, "losses", "bce_mean", "prior")
    message = (
        f"no label is on half of the samples (the largest on {percent(largest.prevalence)}), so answering none of "
        f"{count(len(labels.classes), 'label')} is right for {percent(elements)} of the label cells"
    )
    if rows is not None:
        message += f" and {percent(rows)} of the rows"
    if loss is not None:
        message += f"; a mean BCE that falls from 0.6931 to {number(loss)} has learnt the biases only"
    yield Finding(
        RULE,
        message,
        (),
        {
            "labels": len(labels.classes),
            "largest_prevalence": largest.prevalence,
            "element_accuracy": elements,
            "subset_accuracy": rows,
            "bce_floor": loss,
        },
        "initialise the biases with ln(p/(1-p)), judge by macro-F1, cut each label at its own threshold; at a fixed "
        "0.5 cut: `weights --scheme pos-weight`",
    )
