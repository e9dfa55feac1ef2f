"""Truth and dump do not fit each other: rows without truth, classes that only one side has, or rows in another order.

Why it matters: a comparison of the wrong rows looks exactly like a model that learnt nothing.

Found: fewer than 90 % of the rows have a truth; the truth has classes without a column in the dump; a tenth or more of
the answers name classes that the truth never has; or scores that move widely, answer the classes about as often as the
truth and yet agree with it at chance, as when the rows of one file were shuffled or belong to another split.

What to do: join by id (`--id COLUMN`) rather than by position, and compare the spelling of the class names on both
sides.

Example: 1,000 predictions of ten classes, each class answered 90 to 110 times, accuracy 0.098: the truth was shuffled.

Reference: scikit-learn, cross_val_predict keeps the order of the rows; torch DataLoader(shuffle=True) does not.
"""

from collections.abc import Iterator

from ...model import Finding, PredictionProfile
from ...plugins import Rule, Severity
from .._wording import count, percent, quote_all

RULE = Rule("truth-mismatch", "IMB217", Severity.WARNING)
WIDE = 1.0
"""Deviation in logits from which a calibrated model would have an AUROC of 0.76 or more, Phi(1 / sqrt 2)."""


def check(
    predictions: PredictionProfile, *, joined: float = 0.9, strangers: float = 0.1, alike: float = 1.25
) -> Iterator[Finding]:
    """One finding for each kind of mismatch; only with truth."""
    from ...predictions.expected import MIN_ROWS, answered

    p, truth = predictions, predictions.truth
    if truth is None or not p.n_rows:
        return
    for note in p.layout.notes:
        if "the dump lacks" in note:
            yield Finding(RULE, note, (), {"note": note}, "predict these classes, or leave their rows out of the truth")
    n = answered(p)
    if truth.n_joined < joined * n:
        yield Finding(
            RULE,
            f"{truth.n_joined:,} of {count(n, 'row')} with an answer ({percent(truth.n_joined / n)}) have a truth"
            + (f", joined by {truth.joined_by}" if truth.joined_by else ""),
            (),
            {"joined": truth.n_joined, "rows": n, "joined_by": truth.joined_by},
            "check the ids on both sides (--id COLUMN); rows without truth count for the verdict, not for the metrics",
        )
    if truth.n_joined < MIN_ROWS:
        return
    supports = {row.index: row.support for row in truth.classes}
    unknown = [row for row in p.classes if row.predicted and not supports.get(row.index, 0)]
    answers = sum(row.predicted for row in unknown)
    total = sum(row.predicted for row in p.classes)
    if unknown and p.task != "sigmoid" and len(p.classes) > 2 and answers >= strangers * total:
        yield Finding(
            RULE,
            f"{answers:,} of {count(total, 'answer')} name classes that the truth never has: "
            f"{quote_all(row.name for row in unknown)}",
            tuple(row.name for row in unknown),
            {"answers": answers, "of": total, "classes": len(unknown)},
            "compare the spelling and the order of the class names on both sides (--classes)",
        )
    if _shuffled(p, alike):
        yield Finding(
            RULE,
            "the answers are as frequent as the truth has them and agree with it at chance: the rows may be in another "
            "order or from another split",
            (),
            {"accuracy": truth.accuracy, "joined_by": truth.joined_by, "rows": truth.n_joined},
            "join by id (--id COLUMN), or dump truth and scores in one file",
        )


def _shuffled(p: PredictionProfile, alike: float) -> bool:
    from ...predictions.expected import answered, due, scored
    from ...predictions.skill import at_chance, skill, wobble
    from ...predictions.symptoms import symptom

    if p.verdict != "prior_only" or symptom(p) is not None or not (skill(p).absent or at_chance(p)):
        return False
    if scored(p) and max(wobble(p, row) for row in scored(p)) < WIDE:
        return False
    expected = [count or 0.0 for count in due(p).counts]
    apart = sum(abs(row.predicted - expected[row.index]) for row in p.classes) / 2
    return apart <= (alike - 1) * max(answered(p), sum(expected))
