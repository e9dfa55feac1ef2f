"""The columns are in another order than the truth: the model is right, its answers are read wrongly.

Why it matters: every number computed from this dump is wrong, the model is not. Retraining mends nothing.

Found when another order of the columns (Hungarian method on the confusion matrix) raises the mean recall of the classes
it moves by 0.3 or more, nine of ten of them gain, and the gain is beyond what the best of all orders reaches by chance:
(4 + sqrt(2 ln (number of orders))) standard errors. A model that answers a single class gains nothing for the others
and is not taken for this.

What to do: compare label2id and id2label, the order of class folders or of one-hot columns, and ids sorted as text
("10" before "2"). A shift by one is an id that starts at 1, or a background class that only one side has.

Example: accuracy 0.6 %, and 91 % when every answer is read as the next class: off by one.

Reference: Kuhn 1955 (assignment); scikit-learn, classes are sorted; Keras, folders sorted by name.
"""

from collections.abc import Iterator, Sequence

from ...model import Finding, PredictionProfile
from ...plugins import Rule, Severity
from .._wording import count, number, quote

RULE = Rule("label-mapping", "IMB215", Severity.ERROR)
SHOWN = 5


def check(predictions: PredictionProfile) -> Iterator[Finding]:
    """One finding; `classes` are those whose column belongs elsewhere."""
    from ...predictions.wiring import mapping

    p = predictions
    if p.verdict in ("cannot_judge", "constant"):
        return
    found, names = mapping(p), [row.name for row in p.classes]
    if found is None or p.truth is None:
        return
    pairs = list(zip(found.moved, found.answered_as, strict=True))
    shown = ", ".join(f"{quote(names[i])} as {quote(names[j])}" for i, j in pairs[:SHOWN])
    more = f" and {len(pairs) - SHOWN:,} more" if len(pairs) > SHOWN else ""
    cause = "; every index is off by one" if found.shift is not None else ""
    if _as_text(names, pairs):
        cause = "; one side has sorted the numbers as text"
    yield Finding(
        RULE,
        f"{count(len(pairs), 'class is', 'classes are')} answered as others: {shown}{more}{cause}; in that order "
        f"their mean recall is {number(found.recall_mapped)} instead of {number(found.recall)}",
        tuple(names[i] for i in found.moved),
        {
            "moved": len(pairs),
            "classes": len(names),
            "shift": found.shift,
            "sorted_as_text": _as_text(names, pairs),
            "recall": found.recall,
            "recall_mapped": found.recall_mapped,
            "accuracy": p.truth.accuracy,
            "permuted_accuracy": p.truth.permuted_accuracy,
        },
        "compare label2id with the order of the columns; ids that start at 1 and names sorted as text are the usual "
        "causes (--classes states the order)",
    )


def _as_text(names: Sequence[str], pairs: Sequence[tuple[int, int]]) -> bool:
    """Whether the columns stand where the names would if they were sorted as text, or the truth does."""
    place = {name: at for at, name in enumerate(sorted(names))}
    forth = all(place[names[i]] == j for i, j in pairs)
    return forth or all(place[names[j]] == i for i, j in pairs)
