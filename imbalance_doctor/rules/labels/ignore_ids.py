"""A class id is one of those that mark samples to leave out: -1, -100 or 255.

Why it matters: counted as a class, it shifts every share, and it is often the largest. A loss with ignore_index never
sees it, one without crashes on it or, worse, indexes from the end (-1 is the last class in NumPy).

What to do: if it marks samples to leave out, `--ignore-label 255`. If it is a class, nothing.

Example: segmentation ids 0 to 20 and 255 for the borders: 5 % of the pixels, an extra class in every average.

Reference: torch.nn.CrossEntropyLoss, ignore_index = -100; scikit-learn, -1 for unlabelled samples in semi-supervised
learning; PASCAL VOC and Cityscapes, 255 for void.
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import count, percent
from ._ids import integer_ids, probable_ignore_ids

RULE = Rule("ignore-ids", "IMB152", Severity.WARNING)


def check(labels: LabelProfile) -> Iterator[Finding]:
    """One finding over such ids as stand apart from the others; info for {-1, 0, 1}, often three real classes."""
    ids = integer_ids(labels)
    rows = [ids[i] for i in probable_ignore_ids(ids) if ids[i].count]
    if not rows:
        return
    total = labels.counts.n_assignments
    named = ", ".join(f"{row.name} ({count(row.count, 'sample')}, {percent(row.count / total)})" for row in rows)
    yield Finding(
        RULE,
        f"by convention this id marks samples to leave out, and it is counted as a class: {named}"
        if len(rows) == 1
        else f"by convention these ids mark samples to leave out, and they are counted as classes: {named}",
        tuple(row.name for row in rows),
        {"ids": [int(row.name) for row in rows], "samples": sum(row.count for row in rows), "labels": total},
        f"if so, say {' '.join(f'--ignore-label={row.name}' for row in rows)}",
        Severity.INFO if set(ids) == {-1, 0, 1} else Severity.WARNING,
    )
