"""Nothing was learnt but the class frequencies.

Loss and accuracy reach what the counts alone explain and stay there; nothing ranks. Thresholds then only choose which
errors to make: this is a problem of optimisation, or of inputs without a signal. Weights come second.

Reference: IMB205 (prior only), IMB305 (a loss on a floor), the floors of `analyze`, `remedies/known.py`.
"""

from ..plugins import Severity
from ..predictions.skill import skill
from ..remedies.known import near_floor
from ._chart import PROOF, SIGN, STRONG, Card, Chart, Clue, Suspicion, advice

CAUSE = Card(
    "no-signal",
    "no signal learnt: only the class frequencies",
    4,
    ("prior-bias", "threshold", "undertrained-tail"),
)
BIAS = "start the output bias at ln(p/(1-p)) (softmax: ln p), raise the learning rate, train longer"


def weigh(chart: Chart) -> Suspicion:
    """An AUROC at chance for most classes proves it; a loss on its floor is hardly anything else."""
    p, h = chart.scores, chart.history
    pro = list(chart.any("IMB205", strength=PROOF))
    if p is not None and skill(p).absent and not pro:
        found = skill(p)
        text = f"{len(found.flat):,} of {len(found.judged):,} classes with enough truth rank at chance"
        pro.append(Clue(text, "predictions", PROOF))
    plateau = chart.told("IMB305", STRONG, least=Severity.WARNING)
    pro += plateau
    floor = near_floor(chart.labels, h) if h is not None and not plateau else None
    if floor is not None:
        pro.append(Clue(floor, "history", STRONG))
    pro += chart.any("IMB306", "IMB307", strength=SIGN)
    pro += chart.any("IMB302", strength=SIGN, least=Severity.ERROR)
    pro += chart.collapsed_unseen
    con = []
    if chart.told("IMB217"):
        text = "the rows of truth and dump may not belong together, which looks the same (IMB217)"
        con.append(Clue(text, "predictions", STRONG))
    if p is not None and skill(p).intact:
        found = skill(p)
        text = f"{len(found.ranked):,} of {len(found.judged):,} classes with enough truth rank above chance"
        con.append(Clue(text, "predictions", PROOF))
    if h is not None and h.verdict in ("learning", "overfit") and not floor and not plateau:
        con.append(Clue("the loss has left the floors that were tried", "history"))
    return Suspicion(
        tuple(pro),
        tuple(con),
        "AUROC per class on held-out rows with its standard error: at 0.5 nothing was learnt. Then try to overfit 32 "
        "samples: if that fails the optimisation is at fault, else the inputs or too short a training",
        advice([c for c in pro if c.strength >= STRONG], BIAS),
    )
