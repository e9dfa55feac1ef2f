"""The model tells the classes apart, and the cut hides it.

Why it matters: this is the one collapse that costs nothing to mend: no retraining, no weights, calibration kept.

The verdict is `threshold` when all answers are alike (or most of the labels that are never answered rank), and at least
half of the classes with enough truth have an AUROC of 0.6 or more with z >= 3: by chance one in 740.

What to do: cut each class at its own threshold: half of the best F1 for F1, the prior p for balanced accuracy, the
quantile 1-p of the scores without any truth. For a softmax subtract ln p instead. `--emit-thresholds json` prints them.

Example: prevalence 2 %, AUROC 0.92, mean score 0.02: F1 is 0.28 at a cut of 0.5 and 0.41 at 0.2, half of itself.

Reference: Lipton, Elkan, Naryanaswamy 2014 (F1/2); Yang 2001 (thresholds per class); van den Goorbergh et al. 2022.
"""

from collections.abc import Iterator

from ...model import Finding, PredictionProfile
from ...plugins import Rule, Severity
from .._wording import count

RULE = Rule("threshold-problem", "IMB207", Severity.ERROR)


def check(predictions: PredictionProfile) -> Iterator[Finding]:
    """One finding for the verdict threshold; `classes` are those that rank."""
    from ...predictions.expected import due, positive
    from ...predictions.skill import skill
    from ...predictions.symptoms import symptom
    from . import _due

    p = predictions
    if p.verdict != "threshold":
        return
    found, looks, expected = skill(p), symptom(p), due(p)
    aurocs = [row.auroc for row in found.ranked if row.auroc is not None]
    if not aurocs:
        return
    yes = positive(p)
    answers = yes.predicted if yes else sum(row.predicted for row in p.classes)
    wanted = expected.counts[yes.index] if yes else _due.total(expected.counts)
    seen = f"{count(answers, 'positive answer')} where {_due.rows(wanted or 0.0)} are due"
    if looks == "single_class":
        seen = "nearly every row gets one class"
    yield Finding(
        RULE,
        f"{seen}, and yet the scores rank {len(found.ranked):,} of {count(len(found.judged), 'class', 'classes')} "
        f"(AUROC {_due.span(aurocs)}): the cut is wrong, not the model",
        tuple(row.name for row in found.ranked),
        {
            "answers_look": looks,
            "ranked": len(found.ranked),
            "judged": len(found.judged),
            "lowest_auroc": min(aurocs),
            "highest_auroc": max(aurocs),
            "positives": answers,
            "positives_due": wanted,
            "threshold": p.threshold,
        },
        "subtract the log prior from the logits before the argmax; no retraining is needed"
        if p.task == "softmax"
        else "cut each class at its own threshold (--emit-thresholds json prints them); no retraining is needed",
        # As it is cut, a dump of answers all alike is as useless as a collapsed model's: a pipeline must stop on both.
        None if looks else Severity.WARNING,
    )
