"""There are not as many weights as classes.

Why it matters: most losses stop with an error, which is the good case. Some broadcast: one number for four classes, or
as many as the width of an image, are taken without a word and weigh something else.

What to do: give one number per class in index order. If a class was left out because it has no samples in this split,
it still has an output and needs a number.

Example: three weights for the four classes a, b, c, d. Which class has none cannot be told from the list.

Reference: torch.nn.CrossEntropyLoss, "weight: a Tensor of size C".
"""

from collections.abc import Iterator

from ...model import Finding, GivenProfile
from ...plugins import Rule, Severity
from .._wording import count, quote_all

RULE = Rule("wrong-length", "IMB401", Severity.ERROR)


def check(weights: GivenProfile) -> Iterator[Finding]:
    """One finding for a list that cannot be spread over the classes; a background slot is another rule's."""
    n, k = len(weights.given.values), len(weights.counts.names)
    if weights.values is not None or weights.given.names is not None or weights.background:
        return
    message = f"{count(n, 'weight')} for {count(k, 'class', 'classes')}"
    if n == 1 and weights.role == "pos-weight":
        message = f"one positive weight for {count(k, 'class', 'classes')}: it is for two, and has no effect on more"
    yield Finding(
        RULE,
        message,
        (),
        {"weights": n, "classes": k, "order": list(weights.counts.names[:20])},
        f"give one number per class, in this order: {quote_all(weights.counts.names)}",
    )
