"""The scores are not what they were taken for: logits, a sigmoid or softmax applied twice, rows that do not sum to 1.

Why it matters: a cut, a loss or a calibration on the wrong scale produces every illness in this list without any fault
in the model. Wiring is therefore judged before health.

Found: more than 1 % of the scores outside 0 to 1 (logits as probabilities); scores read as logits that are
probabilities; all within sigmoid(0) = 0.5 and sigmoid(1) = 0.731 (double sigmoid); all within 1 / (e + K - 1) and
e / (e + K - 1), up to that ceiling (double softmax); all exactly 1 (softmax over one unit). A warning: rows of a
softmax that do not sum to 1, and few scores outside 0 to 1.

What to do: one activation, in one place. BCEWithLogitsLoss, CrossEntropyLoss and from_logits=True take raw logits; say
--kind logits for dumps of them.

Example: 120 labels, all scores in 0.5 to 0.731, all answers positive: sigmoid before BCEWithLogitsLoss, and again when
predicting.

Reference: torch.nn.BCEWithLogitsLoss and CrossEntropyLoss; keras.losses, from_logits.
"""

from collections.abc import Iterator

from ...model import Finding, PredictionProfile
from ...plugins import Rule, Severity
from .._wording import count, number, percent

RULE = Rule("not-probabilities", "IMB210", Severity.ERROR)
ROUNDED = 0.5
"""Sums this far off 1 are no rounding: 100 classes printed with two decimals are off by 0.5 at most."""


def check(predictions: PredictionProfile) -> Iterator[Finding]:
    """An error for a fault in all scores, else warnings for rows that do not sum to 1 and for stray scores."""
    from ...predictions.verdict import BAD_SHARE
    from ...predictions.wiring import fault

    p = predictions
    found = fault(p)
    if found is not None and found.name == "narrow-dtype":
        return
    if found is not None:
        yield Finding(RULE, found.message, (), {"fault": found.name, **found.evidence}, found.remedy)
        return
    if p.off_sum_rows > BAD_SHARE * p.n_rows and p.row_sum is not None and p.verdict != "cannot_judge":
        low, _, high = p.row_sum
        rounded = low > 1 - ROUNDED and high < 1 + ROUNDED
        yield Finding(
            RULE,
            f"{p.off_sum_rows:,} of {count(p.n_rows, 'row')} do not sum to 1 (from {number(low)} to {number(high)}): "
            + ("rounded probabilities" if rounded else "one probability per class, each for itself, not a softmax"),
            (),
            {"off_sum_rows": p.off_sum_rows, "rows": p.n_rows, "smallest_sum": low, "largest_sum": high},
            "write more digits"
            if rounded
            else "say --task sigmoid if a row may carry several classes; else normalise the rows before reading them "
            "as probabilities",
            Severity.INFO if rounded else Severity.WARNING,
        )
    if p.score_kind == "probabilities" and p.outside_share and p.score_range is not None:
        low, high = p.score_range
        if low < -BAD_SHARE or high > 1 + BAD_SHARE:
            yield Finding(
                RULE,
                f"{percent(p.outside_share)} of the scores lie outside 0 to 1 (from {number(low)} to {number(high)})",
                (),
                {"outside_share": p.outside_share, "lowest": low, "highest": high},
                "look for damaged cells; if the scores are logits, say --kind logits",
                Severity.WARNING,
            )
