"""Class names look like several labels in one cell, joined by a separator that was not divided at.

Why it matters: "a|b" is then a class of its own beside "a" and "b". The counts of a and b are too low, the number of
classes explodes with the combinations, most of them rare, and a softmax model must learn each from its own few rows.

What to do: divide the cells with `--separator "|"`. If the combinations are meant (label powerset), nothing: but count
the divided labels once, to see which are rare in themselves.

Example: classes "Action", "Action|Comedy", "Comedy|Drama": three classes read, three other labels meant.

Reference: the label powerset of Boutell 2004, Learning multi-label scene classification.
"""

from collections.abc import Iterator, Mapping

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import count, quote_all

RULE = Rule("undivided-labels", "IMB144", Severity.WARNING)


def check(labels: LabelProfile, *, separators: str = "|;,") -> Iterator[Finding]:
    """One finding for the first separator at which at least half of the names that hold it divide into known labels.

    A part is known when it also stands alone or at another place of a name, as labels do. "Korea, Republic of" and
    "animal, cat" beside "animal, dog" do not divide.
    """
    names = labels.counts.names
    if labels.layout.kind in ("indicator", "counts"):
        return
    for separator in separators.replace(labels.layout.separator or "", ""):
        joined = divided(names, separator)
        places: dict[str, set[int]] = {}
        for parts in joined.values():
            for place, part in enumerate(parts):
                places.setdefault(part, set()).add(place)
        known = {part for part, seen in places.items() if len(seen) > 1} | places.keys() & set(names)
        fitting = [name for name, parts in joined.items() if known.intersection(parts)]
        if len(joined) >= 2 and 2 * len(fitting) >= len(joined):
            yield Finding(
                RULE,
                f"{count(len(joined), 'class name')} of {len(names):,} look like several labels joined by "
                f'"{separator}": {quote_all(joined)}',
                tuple(joined),
                {"separator": separator, "joined": len(joined), "classes": len(names), "labels": len(places)},
                f'divide the cells with --separator "{separator}"',
            )
            return


def divided(names: tuple[str, ...], separator: str) -> Mapping[str, tuple[str, ...]]:
    """The parts of every name that holds the separator between different, non-empty parts."""
    parts = {name: tuple(part.strip() for part in name.split(separator)) for name in names if separator in name}
    return {name: p for name, p in parts.items() if all(p) and len(set(p)) == len(p)}
