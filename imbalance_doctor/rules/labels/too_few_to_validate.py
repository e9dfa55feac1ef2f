"""A class has too few samples for its validation score to mean anything.

Why it matters: a recall r measured on m samples has a standard error of sqrt(r (1 - r) / m): 0.11 at m = 20 and 0.22
at m = 5 for r = 0.5. With no hit on m samples the recall may still be 3 / m (rule of three, 95 %). A threshold tuned
on so few fits noise, and macro-F1 is an average over such numbers. With fewer than two samples per fold,
cross-validation has folds without the class.

What to do: pool the predictions of all folds before scoring, report intervals, give rare classes one shared threshold,
and keep every split stratified. A larger validation share costs training samples; more data is the remedy.

Example: 50 samples, 20 % held out: 10 to validate on, standard error 0.16; a recall of 0.6 is anything from 0.3 to 0.9.

Reference: Hanley and Lippman-Hand 1983, If nothing goes wrong, is everything all right? (rule of three); EvalML,
ClassImbalanceDataCheck (at least 2 x folds samples).
"""

from collections.abc import Iterator
from math import sqrt

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import count, number, percent, quote

RULE = Rule("too-few-to-validate", "IMB122", Severity.WARNING)


def check(labels: LabelProfile, *, held_out: float = 0.2, needed: int = 20, folds: int = 5) -> Iterator[Finding]:
    """One finding over the classes with fewer than `needed` samples in a split of `held_out`.

    A warning if any has fewer than two samples for each of `folds` folds, else info.
    """
    rare = [row for row in labels.classes if 0 < row.count < needed / held_out]
    if not rare or labels.n_present < 2:
        return
    fewest = min(rare, key=lambda row: row.count)
    validation = max(1.0, held_out * fewest.count)
    error = 0.5 / sqrt(validation)
    below = sum(row.count < 2 * folds for row in rare)
    have = "has" if len(rare) == 1 else "have"
    yield Finding(
        RULE,
        f"{len(rare):,} of {count(len(labels.classes), 'class', 'classes')} {have} fewer than {needed} samples in a "
        f"validation split of {percent(held_out)}; {quote(fewest.name)} has about {number(validation)}, so "
        f"that a recall near 0.5 is known to ±{number(error)} only (one standard error)",
        tuple(row.name for row in rare),
        {
            "classes_below": len(rare),
            "fewest": fewest.count,
            "validation_samples": validation,
            "standard_error": error,
            "rule_of_three": min(1.0, 3 / validation),
            "classes_below_two_per_fold": below,
            "folds": folds,
        },
        "stratify the splits, pool the folds' predictions before scoring, and share one threshold among rare classes",
        Severity.WARNING if below else Severity.INFO,
    )
