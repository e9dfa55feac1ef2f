"""The frequent classes outvote the others by their prior.

A softmax trained on uneven classes gives each logit a head start of ln p. Where the classes are told apart, subtracting
it brings them back without retraining.

Reference: IMB208; Menon et al. 2021, Long-tail learning via logit adjustment, section 4.1.
"""

from ..predictions.skill import skill
from ..remedies.case import Case
from ._chart import PROOF, SIGN, STRONG, Card, Chart, Clue, Suspicion, advice

CAUSE = Card("prior-bias", "prior bias: frequent classes outvote the rare ones", 5)


def weigh(chart: Chart) -> Suspicion | None:
    """For classes that compete in a softmax; several labels a sample are a matter of thresholds."""
    p, labels = chart.predictions, chart.labels
    if (p is not None and p.task == "sigmoid") or (labels is not None and labels.task == "multilabel"):
        return None
    ranked = chart.scores is not None and skill(chart.scores).intact
    pro = [
        *chart.told("IMB208", PROOF if ranked else STRONG),
        *chart.any("IMB202", "IMB306", strength=SIGN),
        *chart.any("IMB111", "IMB112", strength=SIGN),
    ]
    con = []
    if labels is not None and not Case(labels, "macro-f1", "network").imbalanced:
        con.append(Clue("the classes are balanced: there is no prior to outvote with", "labels", PROOF))
    if chart.scores is not None and not chart.told("IMB208"):
        if chart.scores.verdict == "healthy":
            con.append(Clue("every class that is due is answered", "predictions", STRONG))
        elif chart.scores.task == "softmax" and chart.scores.priors:
            con.append(Clue("no class comes back when the log prior is subtracted", "predictions", STRONG))
    return Suspicion(
        tuple(pro),
        tuple(con),
        "predict argmax(logit - ln p) on held-out rows: if the rare classes come back and macro-F1 rises, it was the "
        "prior",
        advice([c for c in pro if c.code == "IMB208"], "predict argmax(logit - ln p), p the training prevalence"),
    )
