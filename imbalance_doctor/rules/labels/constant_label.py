"""A label is on every sample, so it has no negative to learn from.

Why it matters: a multi-label model learns to answer it always. pos_weight = negatives / positives is 0, which deletes
the only term the label has in the loss, and its log-odds are infinite.

What to do: remove the label from the model and add it to every answer, or add samples without it.

Example: every photograph of a set is tagged "photo": prevalence 1, pos_weight 0, bias ln(p / (1 - p)) infinite.

Reference: torch.nn.BCEWithLogitsLoss, pos_weight = number of negatives / number of positives.
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import count, quote_all

RULE = Rule("constant-label", "IMB106", Severity.WARNING)


def check(labels: LabelProfile) -> Iterator[Finding]:
    """One finding that names every label without negatives, multi-label data only."""
    if labels.task != "multilabel" or labels.n_present < 2:
        return
    negatives = labels.counts.negatives
    constant = tuple(row.name for row, out in zip(labels.classes, negatives, strict=True) if row.count and not out)
    if not constant:
        return
    verb = "is" if len(constant) == 1 else "are"
    yield Finding(
        RULE,
        f"{len(constant):,} of {count(len(labels.classes), 'label')} {verb} on every sample: {quote_all(constant)}",
        constant,
        {"constant": len(constant), "labels": len(labels.classes), "samples": labels.n_samples},
        "remove the label from the model and add it to every answer, or add samples without it",
    )
