"""The scores know how frequent the classes are and nothing about the rows.

Why it matters: loss and accuracy reach the values that the class counts alone explain, and stay there. Ranking is at
chance, so thresholds only choose which errors to make.

The verdict is `prior_only` when at least half of the classes with enough truth have an AUROC that is not significantly
above 0.5 and certainly below 0.65 (Mann-Whitney, two standard errors), and hardly one ranks; where all answers are
alike the mean must sit on the prevalence within a factor of 1.5 too. For predicted labels it is an agreement with the
truth (Cohen's kappa) that is not significant and certainly below 0.1. Without truth, scores on the prior whose
deviation is below 0.1 logits: such scores cannot have an AUROC above 0.53 if they are calibrated.

What to do: check that rows of truth and dump belong together and that the features reach the model. If so: train longer
or at another rate, start from a bias of ln(p/(1-p)), and look for features with a signal. No weights, no thresholds.

Example: 10,000 rows, prevalence 5 %, mean score 0.0501, AUROC 0.507 (z = 0.5), not one positive answer.

Reference: Mann, Whitney 1947; Cohen 1960; the floors in `analyze` are the losses of such a model.
"""

from collections.abc import Iterator

from ...model import Finding, PredictionProfile
from ...plugins import Rule, Severity
from .._wording import count

RULE = Rule("prior-only-output", "IMB205", Severity.ERROR)
LOOKS = {
    "all_zero": "hardly an answer is positive",
    "all_one": "hardly an answer is negative",
    "single_class": "one class swallows all",
}


def check(predictions: PredictionProfile) -> Iterator[Finding]:
    """One finding for the verdict prior_only; `classes` are those whose ranking is at chance."""
    from ...predictions.skill import on_prior, skill
    from ...predictions.symptoms import symptom
    from . import _due

    p = predictions
    if p.verdict != "prior_only":
        return
    found, looks = skill(p), symptom(p)
    aurocs = [row.auroc for row in found.judged if row.auroc is not None]
    parts = []
    if aurocs:
        at_chance = f"{len(found.flat):,} of {count(len(found.judged), 'class', 'classes')} at chance"
        parts.append(f"AUROC {_due.span(aurocs)}: {at_chance}")
    elif p.truth is not None:
        parts.append("the answers agree with the truth no better than their shares make them")
    else:
        parts.append("the scores hardly move over the rows")
    parts += ["the mean scores sit on the prevalences"] if on_prior(p) else []
    parts += [LOOKS[looks]] if looks else []
    truth = p.truth
    yield Finding(
        RULE,
        "; ".join(parts),
        tuple(row.name for row in found.flat),
        {
            "classes_judged": len(found.judged),
            "classes_at_chance": len(found.flat),
            "highest_auroc": max(aurocs, default=None),
            "mean_on_prior": on_prior(p),
            "log_loss": truth.log_loss if truth else None,
            "log_loss_floor": truth.log_loss_floor if truth else None,
            "mcc": truth.mcc if truth else None,
        },
        "check that the rows of truth and dump belong together; then train longer or at another rate from a bias of "
        "ln(p/(1-p)); thresholds and weights cannot help",
    )
