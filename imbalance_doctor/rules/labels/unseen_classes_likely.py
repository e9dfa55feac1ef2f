"""So many classes were seen only once that others have probably not been seen at all.

Why it matters: the model has no output for a class that is not in the label file, and answers another one with
confidence. Good and Turing estimate the share of future samples from unseen classes as f1 / N: the classes seen once
over the samples seen. The classes seen once have the same trouble a little later: they are in one split only.

What to do: declare the full list (`--classes FILE`) if there is one, which silences this rule. Otherwise merge rare
classes into "other", or let the model abstain on samples unlike any class.

Example: counts 1, 1, 1, 2, 2, 5, 10, 100: three classes seen once in 122 samples, so about 2.459 % of new samples
belong to none of the eight.

Reference: Good 1953, The population frequencies of species and the estimation of population parameters.
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import count, percent
from ._reading import mostly_distinct

RULE = Rule("unseen-classes-likely", "IMB123", Severity.WARNING)


def check(labels: LabelProfile, *, mass: float = 0.01, singletons: int = 3, much: float = 0.05) -> Iterator[Finding]:
    """One finding above an unseen mass of `mass`, a warning above `much`.

    Silent below `singletons` classes seen once, where the estimate is noise; where the list of classes is closed:
    declared, or one column each; and on id columns (see looks-like-ids).
    """
    unseen, once = labels.measures.get("unseen_mass"), labels.measures.get("singletons")
    if labels.declared or labels.layout.kind == "indicator" or unseen is None or once is None:
        return
    if once < singletons or unseen <= mass or mostly_distinct(labels):
        return
    yield Finding(
        RULE,
        f"{count(once, 'class', 'classes')} of {labels.n_present:,} {'was' if once == 1 else 'were'} seen once: about "
        f"{percent(unseen)} of new samples will belong to a class that is not in the file",
        tuple(row.name for row in labels.classes if row.count == 1),
        {"singletons": once, "classes": labels.n_present, "unseen_mass": unseen},
        'declare the full list with --classes FILE, or merge rare classes into "other"',
        Severity.WARNING if unseen > much else Severity.INFO,
    )
