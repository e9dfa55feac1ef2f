"""Damage to the structure of delimited text, as the rules word it."""

from collections.abc import Iterable
from typing import Any

from ...model import Damage, LabelProfile


def of(labels: LabelProfile, *kinds: str) -> list[Damage]:
    """The damage of these kinds, input by input."""
    return [damage for damage in labels.damage if damage.kind in kinds]


def places(found: Iterable[Damage]) -> str:
    """The first lines of each input: `line 3`, `lines 3, 9, 12 …`, `lines 3, 9 of b.csv`."""
    found = list(found)
    several = len({damage.source for damage in found}) > 1
    return "; ".join(_lines(damage) + (f" of {damage.source}" if several else "") for damage in found)


def _lines(damage: Damage) -> str:
    numbers = ", ".join(f"{line:,}" for line in damage.lines)
    return f"line {numbers}" if damage.n == 1 else f"lines {numbers}" + (" …" if damage.n > len(damage.lines) else "")


def fate(found: Iterable[Damage]) -> str:
    """What became of the rows: `all 3 counted`, `1 counted, 2 rejected`."""
    found = list(found)
    counted, rejected = sum(d.n_counted for d in found), sum(d.n_rejected for d in found)
    kept = f"{counted:,} counted, because the label is certain all the same"
    lost = f"{rejected:,} rejected, because it is not certain which cell is the label"
    return ", ".join(text for n, text in ((counted, kept), (rejected, lost)) if n)


def numbers(found: Iterable[Damage]) -> dict[str, Any]:
    """The evidence of a finding."""
    found = list(found)
    return {
        "rows": sum(d.n for d in found),
        "counted": sum(d.n_counted for d in found),
        "rejected": sum(d.n_rejected for d in found),
        "lines": [line for d in found for line in d.lines],
    }
