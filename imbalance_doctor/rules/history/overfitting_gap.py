"""The validation loss turned and rises, while the training loss goes on falling.

Why it matters: from that record on the model learns the training samples by heart. The rare classes are learnt by heart
first, for they have the fewest samples, and large weights on them hasten it. The accuracy may go on rising for a while:
the wrong answers are then given with more certainty, so probabilities and thresholds suffer first.

What to do: stop at the best record (early stopping on the validation loss, restore the best weights). To train on,
regularise, augment, or use flooding with a level b near the training loss of the best record: |loss - b| + b.

Example: val_loss 1.39 at epoch 3 rises to 4.67 at epoch 40, while the training loss falls from 0.80 to 0.00004.

Reference: Ishida et al. 2020, Do we need zero training loss after achieving zero training error? (flooding); SageMaker
Debugger, Overfit.
"""

from collections.abc import Iterator

from ...history.courses import Gap
from ...model import Finding, HistoryProfile
from ...plugins import Rule, Severity
from ._wording import named, record, value

RULE = Rule("overfitting-gap", "IMB312", Severity.WARNING)


def check(history: HistoryProfile) -> Iterator[Finding]:
    """One finding per run, for the validation loss that rose most; the others are counted."""
    from ...history.courses import gaps

    for run in history.runs:
        here = [gap for gap in gaps(history) if gap.loss.run == run]
        if not here:
            continue
        gap = max(here, key=lambda one: one.last.value / one.best.value)
        yield Finding(
            RULE,
            message(gap, history) + (f"; {len(here) - 1:,} more validation losses rise too" if len(here) > 1 else ""),
            (),
            {
                "run": run,
                "name": gap.loss.name,
                "best_record": gap.best.record,
                "best_step": gap.best.step,
                "best": gap.best.value,
                "last": gap.last.value,
                "train_at_best": gap.train_best.value if gap.train_best else None,
                "train_last": gap.train_last.value if gap.train_last else None,
            },
            remedy(gap),
        )


def message(gap: Gap, history: HistoryProfile) -> str:
    """Where it began and how far it went."""
    text = f"{named(gap.loss, history)} is best at {record(gap.best)} with {value(gap.best)} and rises to "
    text += f"{value(gap.last)} ({record(gap.last)})"
    if gap.train_best is not None and gap.train_last is not None:
        text += f", while the training loss goes from {value(gap.train_best)} to {value(gap.train_last)}"
    return text


def remedy(gap: Gap) -> str:
    """Early stopping, and the flooding level where the training loss is known."""
    text = f"keep the weights of {record(gap.best)} (early stopping on {gap.loss.name})"
    if gap.train_best is not None and gap.train_best.value > 0:
        text += f"; to train longer: regularisation, or flooding |loss - b| + b with b near {value(gap.train_best)}"
    return text
