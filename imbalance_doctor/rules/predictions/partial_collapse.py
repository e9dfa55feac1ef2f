"""Some classes are never predicted, though rows of theirs are there.

Why it matters: overall accuracy and micro-F1 hardly notice, the recall of these classes is 0 and macro-F1 pays.

A class counts when ten or more rows were due to it (by the truth, else the priors, else its mean probability) and none
was answered: the rule of three bounds its rate below 3 / 10 of what it should be. Verdict `partial` and a warning when
these are a twentieth or more of the classes that are due; fewer, as in every long tail, are an info.

What to do: compare their training counts with `analyze` (classes with a handful of samples need data, not weights).
Where they rank, subtract the log prior or set a threshold per class; where they do not, train longer from a bias of
ln p, or repeat their samples (`weights --scheme repeat-factor`).

Example: 110 of 120 labels are never predicted after one epoch, the ten frequent ones are.

Reference: Gupta, Dollár, Girshick 2019 (LVIS) on repeat factors; Yang 2001 on thresholds per class.
"""

from collections.abc import Iterator

from ...model import Finding, PredictionProfile
from ...plugins import Rule, Severity
from .._wording import count, quote_all

RULE = Rule("partial-collapse", "IMB206", Severity.WARNING)


def check(predictions: PredictionProfile) -> Iterator[Finding]:
    """One finding with the classes that were due and never predicted, unless the whole dump has collapsed."""
    from ...predictions.expected import due
    from ...predictions.skill import skill
    from ...predictions.symptoms import missing_classes, symptom
    from . import _due

    p = predictions
    if p.verdict not in ("partial", "healthy", "threshold"):
        return
    missing = missing_classes(p)
    if not missing or symptom(p) is not None:
        return
    expected, judged = due(p), skill(p)
    lost = sum(expected.counts[row.index] or 0.0 for row in missing)
    ranked = {row.index for row in judged.ranked}
    alive = sum(row.index in ranked for row in missing)
    verb = "is" if len(missing) == 1 else "are"
    message = (
        f"{len(missing):,} of {count(len(p.classes), 'class', 'classes')} {verb} never predicted, where "
        f"{_due.rows(lost)} rows are due {_due.source(p, expected)}: {quote_all(row.name for row in missing)}"
    )
    if judged.judged:
        message += f"; the scores rank {alive:,} of them"
    yield Finding(
        RULE,
        message,
        tuple(row.name for row in missing),
        {
            "never_predicted": len(missing),
            "classes": len(p.classes),
            "rows_due": lost,
            "due_by": expected.source,
            "ranked": alive if judged.judged else None,
        },
        "where they rank, subtract the log prior or cut each class on its own (--emit-thresholds); else more samples "
        "of them, more training from a bias of ln p, or `weights --scheme repeat-factor`",
        Severity.INFO if p.verdict == "healthy" else Severity.WARNING,
    )
