"""The scores are far above the prevalence, as if the positives had been weighted; the weight can be taken out again.

Why it matters: what looks like a probability of 0.5 is one of 2 %. Costs, F1 thresholds, calibration and every average
computed from such scores are wrong; accuracy at 0.5 falls below that of answering nothing, though the ranking is fine.

A class counts when it ranks (z >= 3), its mean score is at least twice its prevalence and the estimated weight is 2 or
more. With truth the weight is the one under which the scores would be calibrated: w = (sum of q~ over the negatives) /
(sum of 1 - q~ over the positives), the first-order condition of a log loss with positives weighted by w. Without truth,
the odds of the mean over the odds of the prior, which is a lower bound (Jensen). Focal and asymmetric losses raise
scores too, by no constant weight; there the inverse map is a first approximation.

What to do: map back, q = q~ / (q~ + w (1 - q~)), or keep the scores and choose thresholds on them. Do not correct a
second time: no sampler, weight or threshold at p on top.

Example: prevalence 2.035 %, mean score 0.3134, w = 44, near (1-p)/p = 48: trained with balanced weights.

Reference: Elkan 2001, theorem 2; King, Zeng 2001; van den Goorbergh et al. 2022, The harm of class imbalance
corrections.
"""

from collections.abc import Iterator

from ...model import Finding, PredictionProfile
from ...plugins import Rule, Severity
from .._wording import count, number, quote_all
from ._shift import scheme_of, shifts

RULE = Rule("over-correction", "IMB209", Severity.WARNING)
OUT = ("cannot_judge", "miswired", "constant", "prior_only", "all_zero", "all_one", "single_class")


def check(predictions: PredictionProfile, *, factor: float = 2.0) -> Iterator[Finding]:
    """One finding; `factor` is both the least mean over prevalence and the least weight."""
    from ...predictions.expected import scored
    from . import _due

    p = predictions
    if p.verdict in OUT or not scored(p):
        return
    every, with_truth = shifts(p)
    found = [s for s in every if s.mean >= factor * s.prevalence and s.weight >= factor]
    if not found:
        return
    weights = [s.weight for s in found]
    worst = max(found, key=lambda s: s.mean / s.prevalence)
    scheme = scheme_of(found) if with_truth else None
    least = "" if with_truth else "at least "
    yield Finding(
        RULE,
        f"{count(len(found), 'class', 'classes')} with mean scores far above the prevalence "
        f"({quote_all([worst.name])}: {number(worst.mean)} against {number(worst.prevalence)}): as if positives had "
        f"been weighted by {least}{_due.span(weights)}" + (f", close to what {scheme} would do" if scheme else ""),
        tuple(s.name for s in found),
        {
            "weights": {s.name: s.weight for s in found},
            "mean_scores": {s.name: s.mean for s in found},
            "prevalences": {s.name: s.prevalence for s in found},
            "lower_bound": not with_truth,
            "scheme": scheme,
        },
        "map the scores back with q / (q + w (1 - q)) before using them as probabilities, or choose thresholds on them "
        "as they are; do not correct again",
    )
