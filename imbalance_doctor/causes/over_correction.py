"""A correction is in the scores already, and it is too much, or is about to be made twice.

Weights, a balanced sampler and logit adjustment all remove the prior. Their scores lie far above the prevalence though
the ranking is fine; a second correction on top pushes the boundary far below the prior.

Reference: IMB209, IMB203; van den Goorbergh et al. 2022, The harm of class imbalance corrections.
"""

from ..history.constants import PRIOR
from ..history.faults import fault
from ..predictions.skill import on_prior, skill
from ._chart import PROOF, SIGN, STRONG, Card, Chart, Clue, Suspicion, advice

CAUSE = Card("over-correction", "over-correction: the positives were weighted too much, or twice", 7)
WEIGHTED = ("pos-weight", "pair", "balanced")


def weigh(chart: Chart) -> Suspicion:
    """With truth the weight can be computed; without, the mean of the scores is a sign."""
    p = chart.scores
    bound = any(f.evidence.get("lower_bound") for f in chart.findings if f.rule.code == "IMB209")
    pro = [
        *chart.told("IMB209", STRONG if bound else PROOF),
        *chart.any("IMB203", strength=SIGN),
        *_weighted_floor(chart),
    ]
    con = []
    if p is not None and on_prior(p):
        con.append(
            Clue("the mean scores agree with the prevalence", "predictions", PROOF if skill(p).judged else STRONG)
        )
    return Suspicion(
        tuple(pro),
        tuple(con) if pro or (p is not None and skill(p).judged) else (),
        "mean score over prevalence per class: near 1 nothing was corrected; else map back with q / (q + w (1 - q)) "
        "and compare log loss before and after",
        advice(pro, "take the correction out of the scores, or choose thresholds on them; do not correct again"),
    )


def _weighted_floor(chart: Chart) -> list[Clue]:
    """A loss that rests on the floor of a weighted loss says which correction is in use."""
    for hit in chart.history.fingerprints if chart.history is not None else ():
        if fault(hit.name).kind == "floor" and hit.name != PRIOR and any(word in hit.name for word in WEIGHTED):
            return [Clue(f"the loss stands on {fault(hit.name).title}: a weighted loss is in use", "history")]
    return []
