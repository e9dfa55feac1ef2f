"""Nearly every row gets the same class, though others are due.

Why it matters: accuracy equals the share of that class and looks like a result. Early stopping keeps it, and every
other class has recall 0.

The verdict is `single_class` when the other classes together got at most a tenth of the rows that are due to them (by
the truth, else the priors, else the mean probabilities), or none of ten. So 99 % for one class is a collapse when the
classes are even and none when it holds 99 % of the truth. NaN and tied rows count for no class.

What to do: if the scores still move (see prior-bias), subtract the log prior. Else restart from a bias of ln p, with a
lower learning rate; check that the inputs differ between rows and that the labels were not all one class in a batch.

Example: 792 of 800 rows are answered "1", every score lies within 0.37 to 0.63: a head that was never trained.

Reference: Buda, Maki, Mazurowski 2018; Menon et al. 2021 on subtracting the log prior.
"""

from collections.abc import Iterator

from ...model import Finding, PredictionProfile
from ...plugins import Rule, Severity
from .._wording import count, quote

RULE = Rule("single-class-collapse", "IMB202", Severity.ERROR)


def check(predictions: PredictionProfile) -> Iterator[Finding]:
    """One finding for the verdict single_class; `classes` holds the class that swallowed the others."""
    from ...predictions.expected import answered, due, top
    from . import _due

    if predictions.verdict != "single_class":
        return
    p, expected = predictions, due(predictions)
    most, n, all_due = top(p), answered(p), _due.total(expected.counts)
    own = expected.counts[most.index]
    others_due = None if all_due is None or own is None else max(all_due - own, 0.0)
    share = _due.share(most.predicted, n)
    message = f"{most.predicted:,} of {count(n, 'row')} ({share}) are predicted {quote(most.name)}"
    if others_due is not None:
        message += f"; the other classes got {n - most.predicted:,} where {_due.rows(others_due)} are due "
        message += _due.source(p, expected)
    yield Finding(
        RULE,
        message + _due.on_the_way(p),
        (most.name,),
        {
            "class": most.name,
            "predicted": most.predicted,
            "rows": n,
            "others": n - most.predicted,
            "others_due": others_due,
            "due_by": expected.source,
            "accuracy": p.truth.accuracy if p.truth else None,
        },
        _remedy(p, share),
    )


def _remedy(p: PredictionProfile, share: str) -> str:
    from ...predictions.expected import scored

    if not scored(p):
        return f"dump the scores: {share} of one answer does not show whether the cut or the model is at fault"
    return (
        "subtract the log prior from the logits where the scores still move; else train again from a bias of ln p with "
        "a lower learning rate, and check that the inputs of two rows really differ"
    )
