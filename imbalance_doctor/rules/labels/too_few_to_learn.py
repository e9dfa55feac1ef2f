"""A class has so few samples that no weight can help it.

Why it matters: a weight repeats what the samples say, it creates no information. A class of five samples weighted 200
times is memorised: training recall 1.0, validation recall near 0.

What to do: collect samples, merge the class into a related one, or drop it and say so. Augmentation, repeat-factor
sampling, pre-trained features or nearest-neighbour on embeddings make the most of what is there.

Example: 7 samples in 55,000 have a pos_weight of 7,856: each of seven rows, quirks included, pulls as hard as 7,856
negatives together.

Reference: Liu 2019, Large-scale long-tailed recognition in an open world (OLTR): under 20 training samples is
few-shot. Under 10 is where the decision "no weight creates information" is drawn here.
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import count, quote_all

RULE = Rule("too-few-to-learn", "IMB121", Severity.WARNING)


def check(labels: LabelProfile, *, hopeless: int = 10, few: int = 20) -> Iterator[Finding]:
    """One finding over the classes with fewer than `few` samples: a warning if any has fewer than `hopeless`."""
    rare = [row for row in labels.classes if 0 < row.count < few]
    if not rare or labels.n_present < 2:
        return
    worst = [row for row in rare if row.count < hopeless]
    named, limit = (worst, hopeless) if worst else (rare, few)
    have = "has" if len(named) == 1 else "have"
    yield Finding(
        RULE,
        f"{len(named):,} of {count(len(labels.classes), 'class', 'classes')} {have} fewer than {limit} samples: "
        f"{quote_all(row.name for row in named)}",
        tuple(row.name for row in named),
        {
            "limit": limit,
            "classes_below": len(named),
            "classes": len(labels.classes),
            "fewest": min(row.count for row in rare),
        },
        "collect samples, or merge or drop these classes: a weight creates no information",
        Severity.WARNING if worst else Severity.INFO,
    )
