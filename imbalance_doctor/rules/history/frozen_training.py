"""The training loss stands still from beginning to end, and the metrics with it.

Why it matters: nothing is being learnt. The digits printed for every record are the same, or noise around the loss of a
model that knows nothing; more epochs, class weights and thresholds change nothing about that.

What to do: look for the number in loss-fingerprint and chance-plateau first, they name the fault. Else the gradient
does not reach the weights: a learning rate of 0 or far too small, an optimiser built before the model was changed,
frozen layers, a detached loss, saturated outputs, dead ReLUs, inputs that are all zero. A loss that stands still beside
a metric that moves is not the loss that is trained.

Example: loss 7.7364, acc 0.4985 in every one of three epochs; 62 evaluations between 1.380 and 1.393, noise around
ln 4 = 1.3863. A run that starts at ln 2 = 0.6931 and falls to 0.622 is not frozen, nor one that ends at accuracy 1.

Reference: the test is described in `history/stuck.py`; SageMaker Debugger, UnchangedTensor and LossNotDecreasing.
"""

from collections.abc import Iterator

from ...history.frozen import Frozen
from ...model import Finding, HistoryProfile
from ...plugins import Rule, Severity
from ._wording import course, evidence, listed, named, stands

RULE = Rule("frozen-training", "IMB301", Severity.ERROR)


def check(history: HistoryProfile) -> Iterator[Finding]:
    """One finding per run whose training loss, or all there is, stands still; a warning where a metric moves."""
    from ...history.frozen import frozen

    for one in frozen(history):
        if one.kind == "training":
            yield Finding(
                RULE,
                message(one, history),
                (),
                {
                    "run": one.run,
                    "collapsed": one.collapsed,
                    "frozen": [evidence(rest) for rest in one.rests],
                    "moving": [series.name for series in one.moving],
                },
                remedy(one),
                None if one.certain else Severity.WARNING,
            )


def message(one: Frozen, history: HistoryProfile) -> str:
    """What stands still, where, and whether it had been better."""
    from ...history.faults import fault
    from ...history.stuck import floor_at

    lead = one.rests[0]
    text = f"{named(lead.series, history)} is {stands(lead)}"
    floor = floor_at(lead.level, history) if lead.series.role == "loss" else None
    if floor is not None:
        text += f", on {floor[1]:.4f}, {fault(floor[0]).title}"
    if one.collapsed:
        text += " after it had been better: the run has collapsed"
    others = [rest.series.name for rest in one.rests[1:]]
    if others:
        text += f"; {listed(others)} {'stands' if len(others) == 1 else 'stand'} still too"
    return text + (f", while {course(one.moving[0])}" if one.moving else "")


def remedy(one: Frozen) -> str:
    """What to look at."""
    if one.moving:
        return "print the loss that is minimised: this one is another, or an old value of it"
    if one.collapsed:
        return "go back to the weights before it fell, lower the learning rate and clip the gradients"
    return (
        "see loss-fingerprint and chance-plateau for what the number says; else check that the optimiser holds the "
        "model's parameters, that no needed layer is frozen, that the loss is not detached, and the learning rate"
    )
