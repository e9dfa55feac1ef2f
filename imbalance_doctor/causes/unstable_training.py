"""The training broke: NaN or infinity, a loss that grew, or a run that fell back to a constant.

After one step with a NaN loss every weight is NaN and the argmax is class 0, which looks like a collapse by imbalance.
Weights for classes without samples (pos_weight = inf) and weights whose mean is far above 1 are frequent causes.

Reference: IMB309, IMB310, IMB301 and IMB302 (collapsed), IMB212.
"""

from ..plugins import Severity
from ._chart import PROOF, STRONG, Card, Chart, Clue, Suspicion, advice

CAUSE = Card(
    "unstable-training",
    "the training broke: NaN, divergence, or a fall back",
    2,
    ("dead-model", "no-signal", "prior-bias", "threshold", "over-correction", "undertrained-tail"),
)


def weigh(chart: Chart) -> Suspicion:
    """Proofs are a NaN to the end, a loss that grew, and NaN among the scores."""
    pro = [
        *chart.any("IMB309", "IMB310", strength=PROOF),
        *(c for c in chart.any("IMB301", strength=PROOF) if c.text in _collapsed(chart)),
        *chart.any("IMB212", strength=PROOF, least=Severity.ERROR),
    ]
    con = []
    if chart.history is not None and chart.history.verdict in ("learning", "overfit", "plateau", "frozen"):
        con.append(Clue("no NaN, and no loss that grew", "history", STRONG))
    return Suspicion(
        tuple(pro),
        tuple(con) if pro else (),
        "train again from the last good weights at a tenth of the learning rate, with gradient clipping, and watch the "
        "first record that is not finite",
        advice(pro, "lower the learning rate, clip the gradients, and look for infinite weights"),
    )


def _collapsed(chart: Chart) -> set[str]:
    return {f.message for f in chart.findings if f.rule.code == "IMB301" and f.evidence.get("collapsed")}
