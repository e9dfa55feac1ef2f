"""Classes that are never predicted had hardly a sample to learn from.

Why it matters: no weight and no threshold creates information. A class with a handful of training samples is unanswered
for another reason than one with hundreds, and needs another remedy.

Found when classes that are due and never predicted had fewer than ten training samples, or none.

What to do: collect or merge these classes, or leave them out and say so. Repeat-factor sampling and augmentation help
from about ten samples up.

Example: 7 of 12 classes that are never predicted had fewer than ten training samples, two of them none.

Reference: Liu et al. 2019 (OLTR), few-shot below 20 samples; Gupta, Dollár, Girshick 2019 (LVIS), rare up to 10 images.
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile, PredictionProfile
from ...plugins import Rule, Severity
from .._wording import count, quote_all

RULE = Rule("unlearnt-classes", "IMB219", Severity.INFO)
OUT = ("cannot_judge", "miswired", "constant")


def check(predictions: PredictionProfile, labels: LabelProfile, *, few: int = 10) -> Iterator[Finding]:
    """One finding with the classes that are due, never predicted, and had fewer than `few` training samples."""
    from ...predictions.symptoms import missing_classes

    if predictions.verdict in OUT:
        return
    samples = dict(zip(labels.counts.names, labels.counts.counts, strict=True))
    missing = missing_classes(predictions)
    poor = [row.name for row in missing if samples.get(row.name, 0) < few]
    if not poor or not set(samples) & {row.name for row in predictions.classes}:
        return
    none = sum(samples.get(name, 0) == 0 for name in poor)
    yield Finding(
        RULE,
        f"{len(poor):,} of {count(len(missing), 'class', 'classes')} that are never predicted had fewer than {few} "
        f"training samples, {none:,} of them none: {quote_all(poor)}",
        tuple(poor),
        {"poor": len(poor), "never_predicted": len(missing), "without_samples": none, "few": few},
        "collect samples, merge the classes, or leave them out of the model",
    )
