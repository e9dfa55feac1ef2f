"""The fingerprints of a log: the pairs, the numbers a known fault prints beside them, and what that means."""

from collections.abc import Mapping
from itertools import groupby

from ..history.faults import fault
from ..history.pairs import finite, pairs
from ..model import Fingerprint, HistoryProfile, Point
from ._numbers import counted, printed
from ._section import Fact, Item, Part, Remark, Section

TITLE = "pairs of loss and metric that equal what a known fault prints"
NO_HIT = "No pair of loss and metric equals what a known fault prints."
TRIED_SHOWN = 4
BAND = "within 0.6 %"
NAMES = {"loss": "", "macro_f1": "macro-F1 ", "weighted_f1": "weighted F1 ", "f1": "F1 "}
"""Words before an expected number; other names stand for themselves."""
APART = ("loss_per_error", "lowest", "highest")
"""What is said about a loss besides its expected value."""


def section(history: HistoryProfile, show_all: bool) -> Section | None:
    """The hits, run by run and fault by fault, then the constants that were tried; None where nothing was compared."""
    hits = sorted(history.fingerprints, key=lambda hit: hit.run)
    items = [_item(history, list(group)) for _, group in groupby(hits, key=lambda hit: (hit.run, hit.name))]
    if not items and not history.tried:
        return None
    parts: list[Part] = [*items] if items else [NO_HIT]
    if tried := _tried(history, show_all):
        parts.append(Remark(tried))
    return Section("Fingerprints", TITLE if items else "", tuple(parts))


def _item(history: HistoryProfile, hits: list[Fingerprint]) -> Item:
    first = hits[0]
    grades = " and ".join(dict.fromkeys(hit.match for hit in hits))
    run = f" in run {first.run}" if len(history.runs) > 1 else ""
    facts: list[Fact] = [(hit.split, pair(hit)) for hit in hits]
    if len(hits) > 1 and all(hit.errors is not None for hit in hits):
        facts.append(("together", counted(sum(hit.errors or 0 for hit in hits), "error")))
    facts += [("means", meaning) for meaning in dict.fromkeys(hit.meaning for hit in hits)]
    return Item("", fault(first.name).title, f"{first.name}, {grades}{run}", tuple(facts))


def pair(hit: Fingerprint) -> str:
    """The pair as printed, then what the fault prints: a sentence without a name from the file."""
    points = [point for point in (hit.loss, hit.metric) if point is not None]
    text = " @ ".join(printed(point.value, point.decimals) for point in points)
    if points:
        text += f" in record {points[0].record:,}"
    parts = [f"{text}; expected {expected(hit)}" if hit.expected else text]
    if (slope := hit.expected.get("loss_per_error")) is not None:
        parts.append(f"{slope:.7g} an error")
    if hit.errors is not None:
        parts.append(counted(hit.errors, "error"))
    return ", ".join(parts)


def expected(hit: Fingerprint) -> str:
    """The numbers the fault prints, with the tolerance."""
    numbers: Mapping[str, float] = hit.expected
    if "lowest" in numbers and "highest" in numbers:
        return f"between {numbers['lowest']:.6g} and {numbers['highest']:.6g}"
    values = [
        f"{NAMES.get(name, name.replace('_', ' ') + ' ')}{value:.6g}"
        for name, value in numbers.items()
        if name not in APART
    ]
    text = " and ".join(values)
    if hit.match == "exact":
        return f"{text} ± {hit.tolerance:.2g}"
    return f"{text} {BAND}" if hit.tolerance else text


def _tried(history: HistoryProfile, show_all: bool) -> str:
    """The constants that were tried, those nearest to the loss they were compared with first."""
    seen = _compared(history)
    ranked = sorted(history.tried.items(), key=lambda one: abs(one[1] - seen.value) if seen else 0.0)
    shown = ranked if show_all else ranked[:TRIED_SHOWN]
    if not shown:
        return ""
    beside = f", nearest to {printed(seen.value, seen.decimals)} first" if seen else ""
    more = f" and {len(ranked) - len(shown):,} more (--all)" if len(ranked) > len(shown) else ""
    return f"tried{beside}: {', '.join(f'{name} {value:.6g}' for name, value in shown)}{more}"


def _compared(history: HistoryProfile) -> Point | None:
    """The last loss of the first pair, at whose accuracy `tried` stands; without pairs the last number of a loss."""
    together = pairs(history.series)
    if together:
        return together[0].rows[-1].loss
    return next((known[-1] for s in history.series if s.role == "loss" and (known := finite(s))), None)
