"""The model tells the classes apart, and the cut hides it.

The one collapse that costs nothing to mend: no retraining, no weights, calibration kept. It is established only where
the truth shows that the ranking is intact.

Reference: IMB207; Lipton et al. 2014 (F*/2), Yang 2001 (thresholds per class).
"""

from ..predictions import rescue
from ..predictions.skill import skill
from ..remedies.known import ranking
from ._chart import PROOF, SIGN, STRONG, Card, Chart, Clue, Suspicion, advice

CAUSE = Card("threshold", "threshold: the classes are told apart, the cut hides it", 6)


def weigh(chart: Chart) -> Suspicion:
    """Proved by a ranking that is intact beside answers that are all alike."""
    p = chart.scores
    partial = [f for f in chart.findings if f.rule.code == "IMB206" and 2 * (f.evidence.get("ranked") or 0) > 0]
    alive = [f for f in partial if 2 * f.evidence["ranked"] >= f.evidence["never_predicted"]]
    pro = [
        *chart.told("IMB207", PROOF),
        *(chart.told("IMB206", STRONG) if alive else ()),
        *gain(chart),
        *chart.collapsed_unseen,
        *chart.any("IMB302", "IMB307", strength=SIGN),
        *chart.any("IMB131", "IMB132", strength=SIGN),
    ]
    con = []
    if p is not None and skill(p).absent:
        con.append(Clue("hardly a class ranks, so no cut can help", "predictions", PROOF))
    elif p is not None and p.verdict in ("constant", "prior_only"):
        con.append(Clue(f"the scores hold nothing to cut (verdict {p.verdict})", "predictions", PROOF))
    elif p is not None and p.verdict == "healthy" and not gain(chart):
        con.append(Clue("the answers are as they are due at the present cut", "predictions", STRONG))
    return Suspicion(
        tuple(pro),
        tuple(con),
        "AUROC or average precision per class on held-out rows: above chance (z >= 3) the cut is at fault; then choose "
        "thresholds on one half of the rows and score the other",
        advice([c for c in pro if c.strength >= STRONG], "cut each class at its own threshold, near half its best F1"),
    )


def gain(chart: Chart) -> list[Clue]:
    """A correction after training that was tried and gained beyond chance, where the scores rank."""
    p = chart.scores
    best = rescue.best(p.remedies) if p is not None and ranking(p) else None
    if best is None or best.interval is None or best.as_is is None or best.score is None:
        return []
    strong = best.interval[0] >= 0.05
    text = (
        f"{best.name} raises {best.metric} from {best.as_is:.3f} to {best.score:.3f} on rows it was not fitted on "
        f"(95 % interval of the gain {best.interval[0]:.3f} to {best.interval[1]:.3f}); {ranking(p)}"
    )
    return [Clue(text, "predictions", STRONG if strong else SIGN)]
