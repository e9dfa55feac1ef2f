"""Most samples carry no label at all.

Why it matters: a model that answers nothing gets all of these rows exactly right, so subset accuracy (every label of
the row right) is high before anything is learnt. It may also mean that the annotation is not finished: an unlabelled
row is then not a negative one.

What to do: judge by macro-F1 or per-label average precision, never by subset accuracy. Find out whether these rows
were looked at; if not, leave them out, because each teaches every label a negative.

Example: 90 % of comments carry none of six toxicity labels: subset accuracy of answering nothing is 0.9.

Reference: mldr's `birds` (294 of 645 rows without a label: subset accuracy 0.4558 for the empty answer).
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import count, percent

RULE = Rule("mostly-unlabelled", "IMB105", Severity.WARNING)


def check(labels: LabelProfile, *, most: float = 0.5) -> Iterator[Finding]:
    """One finding when at least the share `most` of the samples has an empty label set."""
    empty, n = labels.n_unlabelled, labels.n_samples
    if not empty or not n or empty / n < most:
        return
    yield Finding(
        RULE,
        f"{empty:,} of {count(n, 'sample')} ({percent(empty / n)}) carry no label: on these, answering nothing is "
        "exactly right",
        (),
        {"unlabelled": empty, "samples": n, "share": empty / n},
        "judge by macro-F1 instead of subset accuracy, and leave out rows that nobody has looked at",
    )
