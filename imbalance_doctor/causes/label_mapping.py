"""Classes are read as others: columns, ids or rows are in another order than the truth.

The model may be right and its answers wrongly read; then every number computed from the dump is wrong and retraining
mends nothing.

Reference: IMB215 (order of the columns), IMB214 (upside down), IMB217 (rows that do not belong together).
"""

from ..plugins import Severity
from ..predictions.skill import skill
from ._chart import PROOF, SIGN, STRONG, Card, Chart, Clue, Suspicion, advice

CAUSE = Card(
    "label-mapping",
    "label mapping: classes or rows are read in another order",
    9,
    ("no-signal", "prior-bias", "threshold", "over-correction", "undertrained-tail"),
)


def weigh(chart: Chart) -> Suspicion:
    """Proved where another order of the columns, or the opposite sign, makes the answers right."""
    pro = [
        *chart.told("IMB215", PROOF),
        *chart.told("IMB214", PROOF, least=Severity.ERROR),
        *chart.told("IMB217", STRONG),
        *chart.any("IMB303", strength=SIGN, least=Severity.ERROR),
        *chart.any("IMB153", "IMB154", strength=SIGN),
    ]
    con = []
    if chart.scores is not None and skill(chart.scores).intact:
        con.append(Clue("the classes rank the right way up under their own names", "predictions", PROOF))
    return Suspicion(
        tuple(pro),
        tuple(con),
        "take ten samples whose class you know and look at the name that the whole pipeline gives them, from file to "
        "prediction",
        advice(pro, "compare label2id with the order of the columns, and join by an id"),
    )
