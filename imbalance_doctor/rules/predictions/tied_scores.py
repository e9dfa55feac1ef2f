"""Some rows have no single largest score, or scores that lie exactly on the cut.

Why it matters: argmax breaks a tie in favour of the lowest index, so ties look like predictions of class 0. A score of
exactly 0.5 is positive under >= and negative under >. Ties are counted for no class here.

More than 1 % of tied rows make the dump unfit for judgement (verdict `cannot_judge`): a warning, and an error above
10 %, which no healthy model reaches; fewer are an info. Votes of few trees tie now and then. A class with more than 1 %
of the rows exactly on the cut is a warning.

What to do: dump in float32 or float64 before rounding. Rows of equal scores are a head that was never trained, a buffer
that was never filled, or saturation in half precision.

Example: 1,000 rows of [0, 0, 0]: argmax says class 0 for all, the scores say nothing.

Reference: numpy.argmax, "In case of multiple occurrences of the maximum values, the indices corresponding to the first
occurrence are returned".
"""

from collections.abc import Iterator

from ...model import Finding, PredictionProfile
from ...plugins import Rule, Severity
from ...predictions.verdict import BAD_SHARE
from .._wording import count, number, percent, quote_all

RULE = Rule("tied-scores", "IMB213", Severity.ERROR)
MAY_HIDE = "all other answers are alike, and the missing ones may be among these rows"


def check(predictions: PredictionProfile, *, many: float = BAD_SHARE, broken: float = 0.1) -> Iterator[Finding]:
    """One finding for ties between classes, one for scores on the cut."""
    from ...predictions.expected import scored
    from ...predictions.skill import is_constant
    from ...predictions.symptoms import hidden_by_lost_rows

    p = predictions
    if p.tied_rows and p.n_rows:
        same = is_constant(p) and p.tied_rows == p.n_samples
        share, hidden = p.tied_rows / p.n_rows, hidden_by_lost_rows(p)
        what = "every row holds the same scores" if same else MAY_HIDE if hidden else "they are counted for no class"
        yield Finding(
            RULE,
            f"{p.tied_rows:,} of {count(p.n_rows, 'row')} ({percent(share)}) have no single largest score; {what}",
            (),
            {"tied_rows": p.tied_rows, "rows": p.n_rows, "share": share, "all_rows_alike": same},
            "check that the head was trained and the buffer filled"
            if same
            else "dump in float32 or float64 before rounding; look at the tied rows: untrained, unfilled or saturated",
            Severity.ERROR if share > broken else Severity.WARNING if share > many or hidden else Severity.INFO,
        )
    on_cut = [row for row in scored(p) if row.predicted - row.predicted_above > many * p.n_rows]
    if on_cut and p.task != "softmax":
        most = max(row.predicted - row.predicted_above for row in on_cut)
        yield Finding(
            RULE,
            f"up to {count(most, 'row')} have a score exactly on the cut of {number(p.threshold)}, which is positive "
            f"under >= and negative under >: {quote_all(row.name for row in on_cut)}",
            tuple(row.name for row in on_cut),
            {"rows_on_cut": most, "classes": len(on_cut), "threshold": p.threshold},
            "say which is meant, or move the cut off this value (--threshold)",
            Severity.WARNING,
        )
