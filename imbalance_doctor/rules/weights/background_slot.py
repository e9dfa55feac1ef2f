"""There is one weight more, or one less, than classes: a slot for the background.

Why it matters: detectors and segmenters have an output for "none of them" that no label file counts. Frameworks do not
agree where it stands: last in mmdet, index 0 in most segmentation masks, none in a loss that leaves the background out.
One place off, every class has the weight of its neighbour.

What to do: count the outputs of the model. Where the background has one, name it with --classes in its place; where it
has none, drop that number.

Example: 80 classes of objects and 81 numbers. In mmdet the number of the background is the last.

Reference: mmdet, CrossEntropyLoss class_weight, C + 1 numbers; MONAI, DiceCELoss against FocalLoss without background.
"""

from collections.abc import Iterator

from ...model import Finding, GivenProfile
from ...plugins import Rule, Severity
from .._wording import number

RULE = Rule("background-slot", "IMB411", Severity.ERROR)


def check(weights: GivenProfile) -> Iterator[Finding]:
    """One finding: a warning for a number too many, an error for a background among the labels without a number."""
    n, k, slot = len(weights.given.values), len(weights.counts.names), weights.background
    evidence = {"weights": n, "classes": k, "slot": slot}
    if slot == "uncovered":
        yield Finding(
            RULE,
            f"{n:,} weights for {k:,} classes, one of which is the background: every class has that of its neighbour",
            (),
            evidence,
            "give the background a number in its place, or leave it out of the labels with --ignore-label",
        )
    elif slot:
        value = weights.given.values[0 if slot == "first" else -1]
        text = number(value) if abs(value) < float("inf") else str(value)
        yield Finding(
            RULE,
            f"{n:,} weights for {k:,} classes: right only for a model with a background output. The {slot} number, "
            f"{text}, was taken to be its",
            (),
            evidence,
            "count the outputs of the model; name a background in its place with --classes",
            Severity.WARNING,
        )
