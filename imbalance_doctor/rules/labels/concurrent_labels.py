"""Rare labels sit on the same samples as frequent ones, which defeats resampling.

Why it matters: a sample is repeated or dropped with all its labels. Repeating the rows of a rare label repeats the
frequent labels on them, and dropping rows of a frequent label loses rare ones: the ratio between them hardly moves.

What to do: correct in the loss or at the threshold, label by label, instead of in the sampler. If sampling is a must,
separate the labels first (REMEDIAL) or take a loss that divides by the expected repetition (distribution-balanced).

Example: mldr's `cal500`, 26 labels per song, has SCUMBLE 0.3372: nearly every row that holds a rare label holds
frequent ones too. `emotions` has 0.011 and can be resampled.

Reference: Charte, Rivera, del Jesus, Herrera 2014, Concurrence among imbalanced labels and its influence on multilabel
resampling algorithms (SCUMBLE); the same 2019, Dealing with difficult minority labels in imbalanced multilabel data
sets (REMEDIAL); Wu 2020, Distribution-balanced loss.
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import number

RULE = Rule("concurrent-labels", "IMB133", Severity.INFO)


def check(labels: LabelProfile, *, scumble: float = 0.1) -> Iterator[Finding]:
    """One finding above the `scumble` limit. Needs rows: silent on counts."""
    value = labels.measures.get("scumble")
    if value is None or value <= scumble:
        return
    yield Finding(
        RULE,
        f"rare and frequent labels share samples (SCUMBLE {number(value)}, over {number(scumble)}): repeating or "
        "dropping rows moves both together",
        (),
        {"scumble": value, "limit": scumble, "cardinality": labels.measures.get("cardinality")},
        "correct in the loss or at the threshold, label by label, instead of resampling",
    )
