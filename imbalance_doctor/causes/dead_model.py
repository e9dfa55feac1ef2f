"""The output does not react to the input.

No threshold, weight or calibration brings back what is not in the scores. The constant, or the number at which the loss
stands, often names the loss that trained the dead head.

Reference: IMB204 (constant output), IMB301 (frozen training), IMB313 (learning rate zero).
"""

from ..plugins import Severity
from ..predictions.skill import skill
from ._chart import PROOF, SIGN, STRONG, Card, Chart, Clue, Suspicion, advice

CAUSE = Card(
    "dead-model",
    "dead model: the output does not react to the input",
    3,
    ("no-signal", "prior-bias", "threshold", "over-correction", "undertrained-tail"),
)


def weigh(chart: Chart) -> Suspicion:
    """A constant output and a learning rate of 0 prove it; a frozen log alone may be a frozen printout."""
    frozen = {f.message: f.evidence for f in chart.findings if f.rule.code == "IMB301"}
    still = [c for c in chart.told("IMB301", STRONG) if not frozen[c.text].get("collapsed")]
    pro = [
        *chart.any("IMB204", strength=PROOF, least=Severity.ERROR),
        *chart.any("IMB313", strength=PROOF, least=Severity.ERROR),
        *still,
        *chart.collapsed_unseen,
    ]
    con = []
    p, h = chart.scores, chart.history
    if p is not None and skill(p).ranked:
        con.append(Clue(f"the scores of {len(skill(p).ranked):,} classes rank above chance", "predictions", PROOF))
    elif p is not None and p.score_kind != "labels" and p.verdict != "constant":
        strength = SIGN if p.verdict == "prior_only" else STRONG
        con.append(Clue(f"the scores vary over the rows (verdict {p.verdict})", "predictions", strength))
    if h is not None and h.verdict in ("learning", "overfit"):
        con.append(Clue(f"the log shows a run that moves (verdict {h.verdict})", "history", SIGN))
    return Suspicion(
        tuple(pro),
        tuple(con),
        "feed two very different samples: are the outputs the same? If so, print the gradient norm of every layer "
        "after one step, and try to overfit 32 samples",
        advice(pro, "check learning rate, frozen or detached layers, dead ReLUs, and inputs that are all the same"),
    )
