"""There is too little to judge by.

Why it matters: with 20 rows a class on 15 % of them may be missing by accident (rule of three), and one row moves every
share by 5 points. A verdict on less would be a guess.

A warning when fewer than 20 rows have one clear answer, when no row got an answer that fewer than ten rows of the truth
ask for, or when predicted labels name a single class and no other is known (verdict `cannot_judge`); an info below 100
rows.

What to do: dump the whole validation set. Where only one class is known, name them all (--classes) or give the truth.

Example: 30 rows, 25 of them "1": a model that answers "1" on half of all rows does that once in 6,000 times, one that
answers it on 70 % once in 13.

Reference: Hanley, Lippman-Hand 1983, If nothing goes wrong, is everything all right? (rule of three).
"""

from collections.abc import Iterator

from ...model import Finding, PredictionProfile
from ...plugins import Rule, Severity
from .._wording import count, quote

RULE = Rule("too-few-rows", "IMB218", Severity.WARNING)


def check(predictions: PredictionProfile, *, thin: int = 100) -> Iterator[Finding]:
    """At most one finding: the reason why nothing can be judged, or an info below `thin` rows."""
    from ...predictions.expected import MIN_ROWS, NONE_SEEN, answered
    from ...predictions.symptoms import too_few_positives
    from ...predictions.verdict import one_known_class, too_few_rows

    p, n = predictions, answered(predictions)
    evidence = {"rows": n, "needed": MIN_ROWS, "classes": len(p.classes)}
    more = "dump the whole validation set"
    if too_few_rows(p):
        yield Finding(RULE, f"{count(n, 'row')} with a clear answer: too few to judge", (), evidence, more)
    elif p.verdict == "cannot_judge" and one_known_class(p):
        yield Finding(
            RULE,
            f"every row is predicted {quote(p.classes[0].name)} and no other class is known",
            (p.classes[0].name,),
            evidence,
            "name all classes (--classes) or give the truth (--labels)",
        )
    elif p.verdict == "cannot_judge" and too_few_positives(p):
        yield Finding(
            RULE,
            f"all answers are alike, and fewer than {NONE_SEEN} rows of the truth ask for another one: too few to tell "
            "a collapse from a rare class",
            (),
            evidence,
            "dump more rows of the rare classes, or the scores instead of the answers",
        )
    elif 0 < n < thin:
        yield Finding(
            RULE,
            f"{count(n, 'row')}: thin evidence, every share is uncertain by {round(100 / n**0.5):d} points",
            (),
            evidence,
            more,
            Severity.INFO,
        )
