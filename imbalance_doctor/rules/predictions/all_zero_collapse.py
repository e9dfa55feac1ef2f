"""The model answers nothing: (almost) no score reaches the cut, though positives are due.

Why it matters: element accuracy stays high (98.7 % for 120 rare labels) while no positive is ever found. It is the
commonest collapse of multi-label and rare-class models: the loss falls to the entropy of the labels by learning the
biases alone.

The verdict is `all_zero` when at most a tenth of the positives that are due were answered, or none of ten; and when the
truth does not show an intact ranking (that is threshold-problem) or scores that sit on the prior without any ranking
(prior-only-output). What is due follows from the truth, else from the priors, else from the mean scores.

What to do: with truth, see whether the ranking is at chance. If it is, initialise the output biases with ln(p/(1-p)),
check the learning rate and train longer; thresholds cannot help. Without truth, match the priors (`--train-labels`).

Example: 0 of 55,000 rows have a score at 0.5 where 85,160 labels are due.

Reference: Lipton, Elkan, Naryanaswamy 2014 on cutting rare labels at 0.5; Lin et al. 2017 on the initial bias.
"""

from collections.abc import Iterator

from ...model import Finding, PredictionProfile
from ...plugins import Rule, Severity
from .._wording import count, number

RULE = Rule("all-zero-collapse", "IMB201", Severity.ERROR)


def check(predictions: PredictionProfile) -> Iterator[Finding]:
    """One finding for the verdict all_zero; `classes` are the classes that were due and never answered."""
    from ...predictions.expected import due, positive, scored
    from ...predictions.symptoms import missing_classes
    from . import _due

    if predictions.verdict != "all_zero":
        return
    p, expected = predictions, due(predictions)
    yes = positive(p)
    answers = yes.predicted if yes else sum(row.predicted for row in p.classes)
    wanted = expected.counts[yes.index] if yes else _due.total(expected.counts)
    message = f"{count(answers, 'positive answer')} in {count(p.n_samples, 'row')}"
    message += f" where {_due.rows(wanted)} are due {_due.source(p, expected)}" if wanted is not None else ""
    if p.score_range and scored(p):
        message += f"; the largest score is {number(p.score_range[1])}, the cut {number(p.threshold)}"
    yield Finding(
        RULE,
        message,
        tuple(row.name for row in missing_classes(p)),
        {
            "rows": p.n_samples,
            "all_zero_rows": p.all_zero_rows,
            "positives": answers,
            "positives_due": wanted,
            "due_by": expected.source,
            "largest_score": p.score_range[1] if p.score_range else None,
            "threshold": p.threshold,
        },
        _remedy(p),
    )


def _remedy(p: PredictionProfile) -> str:
    from ...predictions.expected import scored

    if p.truth is not None and scored(p):
        return (
            "too few classes rank for thresholds to be enough: start the output biases at ln(p/(1-p)), check the "
            "learning rate, train longer"
        )
    if scored(p):
        return (
            "give the truth (--labels) to see whether the ranking is intact; until then cut each class so that it is "
            "answered as often as its prior says (--train-labels, --emit-thresholds)"
        )
    return "dump the scores instead of the answers: only they show whether the cut or the model is at fault"
