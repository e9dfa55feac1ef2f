"""Imbalance is not the problem.

The counts are even, or the model answers every class that is due. Then weights and resampling have nothing to correct,
and what is wrong, if anything, is among the other causes.

Reference: Google, Machine Learning Crash Course, "Datasets: Imbalanced datasets" (20 to 40 % is mild).
"""

from ..predictions.expected import due
from ..predictions.skill import skill
from ..remedies.case import BALANCED_RATIO, Case, number
from ._chart import PROOF, SIGN, STRONG, Card, Chart, Clue, Suspicion
from .threshold import gain

CAUSE = Card("not-imbalance", "not an imbalance problem", 11)


def weigh(chart: Chart) -> Suspicion:
    """Proved by even counts; likely where an imbalanced model does what it should."""
    pro: list[Clue] = []
    con: list[Clue] = []
    labels, p, h = chart.labels, chart.scores, chart.history
    case = None if labels is None else Case(labels, "macro-f1", "network")
    if case is not None and case.learnable:
        large, small = case.extremes
        text = f"largest against smallest is {large:,} to {small:,}, {number(case.ratio)} to 1"
        if case.imbalanced:
            con.append(Clue(text, "labels", SIGN))
        else:
            even = f"{text}: up to {BALANCED_RATIO} to 1 nothing has to be corrected"
            pro.append(Clue(even, "labels", PROOF))
    if p is not None and p.verdict == "healthy" and due(p).source in ("truth", "priors"):
        ranks = ", and their classes rank" if skill(p).intact else ""
        strength = STRONG if p.truth is not None else SIGN
        pro.append(Clue(f"the answers are in order (verdict healthy){ranks}", "predictions", strength))
    elif p is not None and p.verdict != "healthy" and not pro:
        con.append(Clue(f"verdict {p.verdict}", "predictions", STRONG))
    con += gain(chart)
    if h is not None and h.verdict == "learning":
        pro.append(Clue("the log shows a run that learns", "history", SIGN))
    return Suspicion(
        tuple(pro),
        tuple(con),
        "train once on a sample with even classes: if the fault stays, it was never the imbalance",
        "no weights and no resampling; look at the other causes: wiring, learning rate, label quality",
    )
