"""Outputs, loss, labels and scores do not fit together.

Wrong wiring imitates every other illness, so it is asked first, and while it is established nothing after it can be
judged. It is proved by a (loss, metric) pair that only one fault prints, by scores on the wrong scale, or by a focal
loss that follows the curve of a mean cross entropy.

Reference: the fingerprints of `history`, IMB210 and IMB216 of `predictions`, `remedies/mean_focal.py`.
"""

from ..plugins import Severity
from ..remedies import mean_focal
from ..remedies.case import number
from ..remedies.known import FOCAL_REMEDY
from ._chart import PROOF, SIGN, STRONG, Card, Chart, Clue, Suspicion, advice

CAUSE = Card(
    "wiring",
    "wrong wiring: outputs, loss and labels do not fit together",
    1,
    ("dead-model", "no-signal", "prior-bias", "threshold", "over-correction", "undertrained-tail", "label-mapping"),
)


def weigh(chart: Chart) -> Suspicion:
    """Proofs are pairs and scales; a metric that stands still beside a loss that moves is a sign of a wrong cut."""
    pro = [
        *chart.any("IMB304", "IMB311", strength=PROOF, least=Severity.WARNING),
        *chart.any("IMB210", strength=PROOF, least=Severity.ERROR),
        *chart.any("IMB216", strength=PROOF),
        *chart.any("IMB213", strength=STRONG, least=Severity.ERROR),
        *chart.any("IMB302", "IMB303", strength=SIGN, least=Severity.ERROR),
        *_focal(chart),
    ]
    return Suspicion(
        tuple(pro),
        () if _focal(chart) else tuple(_against(chart)),
        "print outputs, labels and loss of one batch: are the outputs logits or probabilities, which of the two does "
        "the loss want, and does the loss of that batch, computed by hand per sample, agree?",
        advice(pro, "one activation in one place: raw outputs into a loss that applies its own sigmoid or softmax"),
    )


def _focal(chart: Chart) -> list[Clue]:
    found = mean_focal.find(chart.history, chart.predictions)
    if found is None:
        return []
    where = f"in all of {found.records:,} records" if found.records > 1 else f"at record {found.loss.record:,}"
    near = "within the printed digits or 0.6 %" if found.sharp or found.records == 1 else "within 5 %"
    text = (
        f"the loss is {found.formula}, H the mean cross entropy, {where} {near} ({number(found.loss.value)} where H = "
        f"{number(found.cross_entropy)}): a focal factor around a loss that has been averaged already is one number "
        "for the whole batch, which only shrinks the step"
    )
    strength = PROOF if found.sharp else STRONG
    source = "history" if found.records > 1 else "predictions"
    return [Clue(text, source, strength, remedy=FOCAL_REMEDY)]


def _against(chart: Chart) -> list[Clue]:
    found = []
    h = chart.history
    if h is not None and h.verdict in ("learning", "overfit") and not h.fingerprints and h.tried:
        found.append(Clue(f"none of the {len(h.tried):,} constants that were tried fits the log", "history"))
    if chart.predictions is not None and chart.predictions.verdict == "healthy":
        found.append(
            Clue("the scores are on the scale they are said to be, and the answers are in order", "predictions")
        )
    return found
