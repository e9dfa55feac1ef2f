"""Some rows hold NaN or infinity, or no prediction at all.

Why it matters: argmax of a row with NaN is the position of the NaN, and a comparison with NaN is false: such rows pass
for predictions of class 0 or for all-zero rows. They are counted apart here and judged by nothing.

More than 1 % of the rows make the dump unfit for judgement (verdict `cannot_judge`, an error); fewer are a warning.
Where all other answers are alike, the missing ones may be among these rows, and the verdict is `cannot_judge` too.

What to do: find the first row that is not finite. Usual causes: a weight of infinity from a class without samples,
log(0), half precision (above 65,504), a learning rate that is too high, a division by an empty batch.

Example: 12 of 1,000 rows are NaN in all columns: numpy's argmax would count them as class 0.

Reference: IEEE 754; numpy.argmax, "In case of NaN the index of the first NaN is returned".
"""

from collections.abc import Iterator

from ...model import Finding, PredictionProfile
from ...plugins import Rule, Severity
from ...predictions.verdict import BAD_SHARE
from .._wording import count, percent

RULE = Rule("bad-scores", "IMB212", Severity.ERROR)
MAY_HIDE = "all other answers are alike, and the missing ones may be among these rows"


def check(predictions: PredictionProfile, *, many: float = BAD_SHARE) -> Iterator[Finding]:
    """One finding, an error above the share `many` of the rows."""
    from ...predictions.symptoms import hidden_by_lost_rows

    bad, rows = predictions.nan_rows, predictions.n_rows
    if not bad or not rows:
        return
    labels = predictions.score_kind == "labels"
    infinite, hidden = predictions.infinite_rows, hidden_by_lost_rows(predictions)
    what = "no prediction" if labels else "NaN or infinity" if infinite else "NaN"
    yield Finding(
        RULE,
        f"{bad:,} of {count(rows, 'row')} ({percent(bad / rows)}) {'has' if bad == 1 else 'have'} {what}"
        + (f", {infinite:,} of them infinity" if infinite else "")
        + ("; " + MAY_HIDE if hidden else "; they are counted apart"),
        (),
        {"bad_rows": bad, "infinite_rows": infinite, "rows": rows, "share": bad / rows},
        "find out why these rows have no answer and predict them again"
        if labels
        else "find the first row that is not finite: infinite class weights, log(0), half precision or too high a "
        "learning rate",
        Severity.ERROR if bad > many * rows else Severity.WARNING,
    )
