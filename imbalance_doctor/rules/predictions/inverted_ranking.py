"""The scores rank upside down: rows of the class have lower scores than the others.

Why it matters: the model has learnt the class and its answer is negated. Nothing but a sign or a mapping is wrong, and
accuracy looks like a model that is worse than guessing.

A class is inverted when its AUROC is 0.4 or less with z <= -3. Half of the judged classes or more: verdict `miswired`
and an error. Single classes of many: z <= -4, and a warning.

What to do: look for a swapped 0 and 1, the score of the negative class exported as the positive one (column 0 of
predict_proba), distances or losses exported as scores, a sign lost in a hand-written loss.

Example: a binary model with AUROC 0.07 has a ranking of 0.93 once the scores are read as 1 - q.

Reference: Mann, Whitney 1947; scikit-learn, predict_proba columns follow classes_.
"""

from collections.abc import Iterator

from ...model import Finding, PredictionProfile
from ...plugins import Rule, Severity
from .._wording import count, number, quote_all

RULE = Rule("inverted-ranking", "IMB214", Severity.ERROR)


def check(predictions: PredictionProfile, *, alone: float = -4.0) -> Iterator[Finding]:
    """One finding with the inverted classes; silent where the columns are in another order (label-mapping)."""
    from ...predictions.skill import skill
    from ...predictions.wiring import is_inverted, mapping

    p = predictions
    if p.verdict in ("cannot_judge", "constant") or mapping(p) is not None:
        return
    whole = is_inverted(p)
    rows = [row for row in skill(p).inverted if whole or (row.auroc_z or 0.0) <= alone]
    if not rows:
        return
    lowest = min(rows, key=lambda row: row.auroc or 0.0)
    yield Finding(
        RULE,
        f"{count(len(rows), 'class ranks', 'classes rank')} upside down, the worst with AUROC "
        f"{number(lowest.auroc or 0.0)} (z = {number(lowest.auroc_z or 0.0)}): {quote_all(row.name for row in rows)}",
        tuple(row.name for row in rows),
        {
            "inverted": len(rows),
            "judged": len(skill(p).judged),
            "lowest_auroc": lowest.auroc,
            "lowest_z": lowest.auroc_z,
        },
        "look for a swapped 0 and 1, the column of the negative class exported as the positive one, or a lost sign",
        Severity.ERROR if whole else Severity.WARNING,
    )
