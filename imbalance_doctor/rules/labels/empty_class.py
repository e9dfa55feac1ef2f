"""A declared class has no sample at all.

Why it matters: the model has an output for it that is only ever pushed down, so it is never predicted. Weights made
from its count are infinite: scikit-learn raises, other code puts inf or NaN into the loss and every score becomes NaN.
In a macro average the class counts as a recall of 0 that no model can improve.

What to do: remove the class from the model, merge it into another, or collect samples. `weights` refuses until told
what to do with it: `--zero-count exclude`, or `--zero-count value=X`.

Example: counts 500 / 500 / 0 are balanced by any measure of shape, and macro-F1 cannot exceed 0.667.

Reference: scikit-learn issue 34139 and the NaN weights of several class-balanced loss ports; Datumaro,
LabelDefinedButNotFound.
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import count, quote_all

RULE = Rule("empty-class", "IMB102", Severity.WARNING)


def check(labels: LabelProfile) -> Iterator[Finding]:
    """One finding that names every class without samples."""
    empty = tuple(row.name for row in labels.classes if row.count == 0)
    if not empty:
        return
    have = "has" if len(empty) == 1 else "have"
    yield Finding(
        RULE,
        f"{len(empty):,} of {count(len(labels.classes), 'class', 'classes')} {have} no sample: {quote_all(empty)}",
        empty,
        {"empty": len(empty), "classes": len(labels.classes)},
        "remove or merge the class, or collect samples; to get weights anyway: --zero-count exclude or value=X",
    )
