"""A key is the name of no class.

Why it matters: it is a class that was renamed, misspelt or does not occur in these labels, and its weight goes nowhere.
Some frameworks ignore it, others stop.

What to do: spell keys as the labels are spelt, capitals and spaces included, or give the labels the model was trained
on. A class that does not occur in this file is named with --classes.

Example: {"Fraud": 50, "ok": 1} for the labels fraud and ok.

Reference: Ludwig, class_weights must have exactly the vocabulary's keys; Flair ignores names it does not know.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from ...model import Finding, GivenProfile
from ...plugins import Rule, Severity
from .._wording import count, quote, quote_all

RULE = Rule("unknown-class-key", "IMB416", Severity.WARNING)
COMPARED = 200


def check(weights: GivenProfile) -> Iterator[Finding]:
    """One finding, with the class that is spelt most like the first of the keys."""
    unknown = weights.unknown
    if not unknown:
        return
    near = get_close_matches(unknown[0].strip().lower(), [n.lower() for n in weights.missing[:COMPARED]], n=1)
    meant = next((n for n in weights.missing if near and n.lower() == near[0]), None)
    yield Finding(
        RULE,
        f"{count(len(unknown), 'key is', 'keys are')} the name of no class: {quote_all(unknown)}",
        () if meant is None else (meant,),
        {"unknown": list(unknown[:20]), "meant": meant},
        f"is {quote(unknown[0])} the class {quote(meant)}?" if meant is not None else "spell keys as the labels are",
    )
