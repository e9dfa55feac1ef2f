"""The model answers everything: (almost) every score reaches the cut, though negatives are due.

Why it matters: recall is 1 and F1 of a rare class is near 2p / (1 + p), which can look like a start. Nothing is told
apart.

The verdict is `all_one` when at most a tenth of the negatives that are due were answered, or none of ten, and the truth
does not show an intact ranking (then it is a threshold-problem).

What to do: look for a pos_weight far above (1-p)/p or one applied twice (sampler and weight), a cut of 0.5 on logits or
0 on probabilities, a sigmoid applied twice (not-probabilities), labels that are all 1 in training.

Example: all of 120 labels on all of 10,000 rows; the smallest score is 0.504.

Reference: torch.nn.BCEWithLogitsLoss, pos_weight; Lipton et al. 2014 on answering all as the best F1 without ranking.
"""

from collections.abc import Iterator

from ...model import Finding, PredictionProfile
from ...plugins import Rule, Severity
from .._wording import count, number

RULE = Rule("all-one-collapse", "IMB203", Severity.ERROR)


def check(predictions: PredictionProfile) -> Iterator[Finding]:
    """One finding for the verdict all_one."""
    from ...predictions.expected import due, positive, scored
    from . import _due

    if predictions.verdict != "all_one":
        return
    p, expected = predictions, due(predictions)
    yes = positive(p)
    labels = 1 if yes else len(p.classes)
    negatives = labels * p.n_samples - (yes.predicted if yes else sum(row.predicted for row in p.classes))
    wanted = expected.counts[yes.index] if yes else _due.total(expected.counts)
    negatives_due = None if wanted is None else max(labels * p.n_samples - wanted, 0.0)
    message = f"{count(negatives, 'negative answer')} in {count(labels * p.n_samples, 'cell' if labels > 1 else 'row')}"
    if negatives_due is not None:
        message += f" where {_due.rows(negatives_due)} are due {_due.source(p, expected)}"
    if p.score_range and scored(p):
        message += f"; the smallest score is {number(p.score_range[0])}, the cut {number(p.threshold)}"
    yield Finding(
        RULE,
        message,
        p.always_predicted,
        {
            "rows": p.n_samples,
            "all_one_rows": p.all_one_rows,
            "negatives": negatives,
            "negatives_due": negatives_due,
            "due_by": expected.source,
            "smallest_score": p.score_range[0] if p.score_range else None,
            "threshold": p.threshold,
        },
        "look for a pos_weight far above (1-p)/p or one applied twice, for a sigmoid applied twice, and for a cut on "
        "the wrong scale (--kind, --threshold)",
    )
