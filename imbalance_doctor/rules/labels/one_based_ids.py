"""Integer labels run from 1 to K, while frameworks count classes from 0.

Why it matters: the first number of a weight vector belongs to label 1 here, and to label 0 in a loss that indexes by
label. Unshifted labels put every weight on the neighbouring class, and label K is out of range.

What to do: subtract 1 from the labels before the loss, or keep an output 0 that is never used (background, padding)
and declare it: `--classes 0,1,2,…`.

Example: ratings 1 to 5 in torch.nn.CrossEntropyLoss with five outputs: label 5 fails, labels 1 to 4 train the wrong
outputs.

Reference: torch.nn.CrossEntropyLoss, targets in [0, C); MATLAB and COCO category ids count from 1.
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from ._ids import integer_ids, probable_ignore_ids
from ._reading import mostly_distinct

RULE = Rule("one-based-ids", "IMB154", Severity.INFO)


def check(labels: LabelProfile) -> Iterator[Finding]:
    """One finding when the ids are exactly 1 … K and the classes were not declared."""
    ids = integer_ids(labels)
    used = set(ids) - set(probable_ignore_ids(ids))
    if labels.declared or len(used) < 2 or min(used) != 1 or max(used) != len(used) or mostly_distinct(labels):
        return
    yield Finding(
        RULE,
        f"the ids run from 1 to {len(used):,}: position 0 of a weight vector belongs to label 1",
        (),
        {"lowest": 1, "highest": len(used)},
        "subtract 1 from the labels before the loss, or declare an unused class 0 with --classes",
    )
