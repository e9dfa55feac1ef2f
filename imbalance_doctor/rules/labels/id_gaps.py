"""Integer labels do not run from 0 to K - 1: some ids in between have no sample.

Why it matters: a framework that indexes logits by label needs as many outputs as the largest id + 1. A weight vector
with one number per class seen is then too short, and every weight after the first gap sits on the wrong class. On a GPU
an index out of range may return a loss instead of an error.

What to do: if the ids are indices and some classes are empty, declare them all with `--classes`, so that the vector has
their places. If the ids are codes, map them to 0 … K - 1 and keep the map beside the model.

Example: ids 0, 1 and 3: three counts, four outputs; position 2 of a three-number vector is class 3's weight on class 2.

Reference: pytorch issue 43840 (out-of-range targets of CrossEntropyLoss on CUDA).
"""

from collections.abc import Iterator
from itertools import count as count_from
from itertools import islice

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import MAX_NAMES
from ._ids import integer_ids, probable_ignore_ids
from ._reading import mostly_distinct

RULE = Rule("id-gaps", "IMB153", Severity.WARNING)


def check(labels: LabelProfile) -> Iterator[Finding]:
    """One finding when ids from 0 up leave holes; info when over half are holes, which codes do and indices do not.

    Silent on 1 … K (see one-based-ids), on declared classes and on id columns.
    """
    ids = integer_ids(labels)
    used = set(ids) - set(probable_ignore_ids(ids))
    if labels.declared or len(used) < 2 or min(used) < 0 or mostly_distinct(labels):
        return
    low, high = min(used), max(used)
    if low <= 1 and high - low + 1 == len(used):
        return
    # the first holes only: the largest id may be astronomical
    holes = list(islice((i for i in count_from(0) if i not in used), min(MAX_NAMES, high + 1 - len(used))))
    missing = high + 1 - len(used)
    shown = ", ".join(map(str, holes)) + (f" and {missing - len(holes):,} more" if missing > len(holes) else "")
    yield Finding(
        RULE,
        f"the ids run from {low} to {high} but only {len(used):,} of the {high + 1:,} places from 0 up are used: "
        f"{'id' if missing == 1 else 'ids'} {shown} {'has' if missing == 1 else 'have'} no sample, so position in a "
        f"vector of {len(used):,} weights is not the id",
        (),
        {"lowest": low, "highest": high, "ids": len(used), "holes": missing, "first_holes": holes},
        "if the ids are indices, declare all classes with --classes; if they are codes, map them to 0 to K-1 and keep "
        "the map",
        Severity.WARNING if missing <= len(used) else Severity.INFO,
    )
