"""Classes are outvoted by their prior: subtract its logarithm and they are answered.

Why it matters: a softmax trained on uneven classes gives each logit a head start of ln p. Rows that look twice as much
like a rare class as like the frequent one still go to the frequent one.

It is found where classes got at most a tenth of the rows that are due to them, and at least half of these classes get
half of their rows or more once ln p is subtracted. Scores that hardly move, or whose truth shows no ranking for these
classes, are left out: without a signal the adjusted argmax spreads by accident.

What to do: predict argmax(logit - ln p), p the prevalence in training: exact for balanced accuracy, nothing is
retrained. `weights --scheme logit-adjustment` puts the same term into the loss.

Example: 5,000 rows of three classes on 90, 8 and 2 %, AUROC 0.84 for the last: answered on 5 rows as it is, on 984
after the adjustment, which treats all classes alike.

Reference: Menon et al. 2021, Long-tail learning via logit adjustment, section 4.1 (post-hoc).
"""

from collections.abc import Iterator

from ...model import Finding, PredictionProfile
from ...plugins import Rule, Severity
from .._wording import count, quote_all

RULE = Rule("prior-bias", "IMB208", Severity.WARNING)
OUT = ("cannot_judge", "miswired", "constant", "prior_only")


def check(predictions: PredictionProfile, *, revived: float = 0.5) -> Iterator[Finding]:
    """One finding, softmax scores with priors only; `classes` are those that the adjustment brings back."""
    from ...predictions.expected import answered, due, quiet, scored
    from ...predictions.skill import is_still, skill
    from . import _due

    p = predictions
    rows = scored(p)
    if p.task != "softmax" or p.priors is None or p.verdict in OUT or not rows:
        return
    if is_still(p):
        return
    expected, found = due(p), skill(p)
    starved = [row for row in rows if quiet(row.predicted, expected.counts[row.index] or 0.0)]
    silent = {row.index for row in found.judged} - {row.index for row in found.ranked}
    back = [
        row
        for row in starved
        if row.index not in silent and (row.adjusted or 0) >= revived * (expected.counts[row.index] or 0.0)
    ]
    if not back or 2 * len(back) < len(starved):
        return
    before, after = sum(row.predicted for row in back), sum(row.adjusted or 0 for row in back)
    wanted = sum(expected.counts[row.index] or 0.0 for row in back)
    yield Finding(
        RULE,
        f"{count(len(back), 'class', 'classes')} got {count(before, 'row')} where {_due.rows(wanted)} are due "
        f"{_due.source(p, expected)}; after subtracting the log prior they get {after:,}: "
        f"{quote_all(row.name for row in back)}",
        tuple(row.name for row in back),
        {
            "predicted": before,
            "adjusted": after,
            "due": wanted,
            "due_by": expected.source,
            "starved": len(starved),
            "revived": len(back),
            "rows": answered(p),
        },
        "predict argmax(logit - ln p) with the prevalences of the training data (--emit-thresholds prints the "
        "offsets), or train with `weights --scheme logit-adjustment`",
    )
