"""Fewer than two classes have samples, so there is nothing to tell apart.

Why it matters: a classifier learns differences. With one class every model is right by answering it, the loss falls
to 0 and every score is perfect, whatever was learnt. scikit-learn refuses to fit; a network trains without complaint.

What to do: check that the right column was read (`--label COLUMN`) and that no filter, shard or sort dropped the
other classes. If the others were never collected, this is novelty detection, not classification.

Example: 1,000 rows that all say "ok": accuracy 1.0, macro-F1 1.0, loss 0 after a few steps, no use.

Reference: scikit-learn, "needs samples of at least 2 classes in the data"; Datumaro, OnlyOneLabel.
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import count, quote

RULE = Rule("single-class", "IMB101", Severity.ERROR)


def check(labels: LabelProfile) -> Iterator[Finding]:
    """One finding. A label that some samples carry and others do not is two classes in effect, and passes."""
    present = [(row, out) for row, out in zip(labels.classes, labels.counts.negatives, strict=True) if row.count]
    if len(present) > 1 or any(negatives for _, negatives in present):
        return
    if present:
        name = present[0][0].name
        message = f"all {count(labels.n_samples, 'sample')} carry the one class {quote(name)}: nothing to tell apart"
    else:
        message = f"none of {count(labels.n_samples, 'sample')} carries a class: nothing to learn"
    yield Finding(
        RULE,
        message,
        tuple(row.name for row, _ in present),
        {"classes_with_samples": len(present), "classes": len(labels.classes), "samples": labels.n_samples},
        "check that the right column was read (--label COLUMN) and that no filter or shard dropped the other classes",
    )
