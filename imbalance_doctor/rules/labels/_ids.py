"""Class names that are integer ids, and the ids that by convention mark samples to leave out."""

import re
from collections.abc import Collection

from ...model import ClassRow, LabelProfile

PLAIN_INTEGER = re.compile(r"(?:0|-?[1-9][0-9]{0,30})\Z")
IGNORE_IDS = (-100, -1, 255)
"""-100: PyTorch's ignore_index. -1: scikit-learn's unlabelled, Caffe. 255: segmentation masks (VOC, Cityscapes)."""


def integer_ids(labels: LabelProfile) -> dict[int, ClassRow]:
    """The classes by id, ascending. Empty unless every name is a plainly written integer.

    `01` and `+1` are codes, not ids. Indicator columns are in file order whatever they are called.
    """
    rows = labels.classes
    if labels.layout.kind == "indicator" or not all(PLAIN_INTEGER.match(row.name) for row in rows):
        return {}
    return dict(sorted((int(row.name), row) for row in rows))


def probable_ignore_ids(ids: Collection[int]) -> tuple[int, ...]:
    """The ids of IGNORE_IDS that stand apart from the others.

    A negative one must stand beside at least two ids, all of them 0 or more: {-1, 1} is a binary coding. 255 must lie
    above a gap, over ids that are mostly consecutive: {0, 255} and {0, 85, 170, 255} are grey levels of a mask.
    """
    rest = [i for i in ids if i not in IGNORE_IDS]
    if len(rest) < 2 or min(rest) < 0:
        return ()
    top = max(rest)
    above_a_gap = top < 254 and top + 1 <= 2 * len(rest)
    return tuple(i for i in IGNORE_IDS if i in ids and (i < 0 or above_a_gap))
