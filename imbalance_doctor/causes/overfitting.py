"""The training samples are learnt by heart, the rare classes first.

The validation loss turns while the training loss goes on falling. Large weights on rare classes hasten it.

Reference: IMB312; Byrd and Lipton 2019, What is the Effect of Importance Weighting in Deep Learning?
"""

from ._chart import PROOF, SIGN, Card, Chart, Clue, Suspicion, advice

CAUSE = Card("overfitting", "overfitting: the validation loss turned", 10)


def weigh(chart: Chart) -> Suspicion | None:
    """The turn itself is the proof."""
    pro = chart.told("IMB312", PROOF)
    if not pro:
        return None
    con = [Clue("the answers are in order all the same", "predictions", SIGN)] if _healthy(chart) else []
    return Suspicion(
        pro,
        tuple(con),
        "compare the predictions of the best and of the last checkpoint on held-out rows",
        advice(pro, "stop at the best record; regularise before training longer"),
    )


def _healthy(chart: Chart) -> bool:
    return chart.scores is not None and chart.scores.verdict == "healthy"
