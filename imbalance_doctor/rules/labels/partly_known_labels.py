"""An indicator column has blanks: for those samples it is unknown whether they carry the label.

Why it matters: a blank read as 0 makes the label look rarer than it is and teaches the model wrong negatives; a blank
dropped with its row takes the other labels along. Here the blanks are left out label by label: each prevalence is
count / known samples, and a label known for few samples is known badly.

What to do: mask the blanks in the loss (multiply the element-wise BCE by a 0/1 mask and divide by the mask's sum).
If a blank means "no" in this data, write 0 and count again: the prevalence falls by the share of blanks.

Example: chest X-ray labels with 80 % blanks: 900 positives are 45 % of the 2,000 known samples and 9 % of all 10,000.

Reference: Irvin 2019, CheXpert: blank, uncertain and negative mentions are different things.
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import count, percent, quote

RULE = Rule("partly-known-labels", "IMB104", Severity.WARNING)


def check(labels: LabelProfile, *, most: float = 0.5) -> Iterator[Finding]:
    """One finding over all labels with blanks: info, and a warning when over `most` of one label is unknown."""
    known = labels.counts.known
    shares = [
        (row.unknown / (row.unknown + k), row.name) for row, k in zip(labels.classes, known, strict=True) if row.unknown
    ]
    if not shares:
        return
    worst, name = max(shares, key=lambda pair: pair[0])
    have = "has" if len(shares) == 1 else "have"
    yield Finding(
        RULE,
        f"{len(shares):,} of {count(len(labels.classes), 'label')} {have} blanks, the most {quote(name)} with "
        f"{percent(worst)} of its samples unknown: each prevalence is over the known samples only",
        tuple(name for _, name in shares),
        {"labels_with_blanks": len(shares), "labels": len(labels.classes), "worst": name, "worst_share": worst},
        "mask the blanks in the loss; where a blank means no, write 0 and count again",
        Severity.WARNING if worst > most else Severity.INFO,
    )
