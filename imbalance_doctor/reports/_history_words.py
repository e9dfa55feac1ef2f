"""An examination of a training log in words: the verdict with the records it rests on, and how the log was read."""

import math
from collections.abc import Iterable

from ..history import courses
from ..history.faults import fault
from ..history.frozen import Frozen, frozen
from ..history.movement import Rest, rest
from ..history.pairs import SCORES, written
from ..history.verdict import FEWEST
from ..model import HistoryProfile, HistoryVerdict, Point, Report, Series
from . import _label_words
from ._numbers import counted, printed
from ._safe import shown
from ._section import Fact

TITLES: dict[HistoryVerdict, str] = {
    "learning": "learning",
    "frozen": "frozen",
    "plateau": "plateau: nothing was learnt from the input",
    "diverged": "diverged",
    "not_finite": "not finite",
    "collapsed": "collapsed",
    "overfit": "overfits",
    "too_short": "too short to judge",
    "no_metrics": "no metrics",
}
NAMES_SHOWN = 8


def verdict(history: HistoryProfile) -> str:
    """The examination in one sentence."""
    reason = _REASONS[history.verdict](history)
    return f"{TITLES[history.verdict]} — {reason}" if reason else TITLES[history.verdict]


def subject(history: HistoryProfile) -> str:
    """What was examined, in one line."""
    parts = [counted(history.n_records, "record"), counted(len(history.runs), "run")]
    parts.append(counted(len(history.series), "metric"))
    return " · ".join([*parts, history.framework] if history.framework else parts)


def reading(report: Report, history: HistoryProfile) -> list[Fact]:
    """How the log was understood; every name that is not in the table of metrics is accounted for."""
    by = f", written by {history.framework}" if history.framework else ""
    records = f"{counted(history.n_records, 'record')} of {counted(len(history.runs), 'run')}"
    facts = [("as", f"{history.source_format}{by}: {records}")]
    if len(history.runs) > 1:
        facts.append(("runs", _listed(history.runs)))
    facts += [("note", note) for note in history.notes]
    if history.auxiliary:
        facts.append(("aside", f"{_listed(history.auxiliary)}: bookkeeping, not judged"))
    if history.not_understood:
        facts.append(("unknown", f"{_listed(history.not_understood)}: names without a known role, not judged"))
    if history.sample_sizes:
        sizes = ", ".join(f"{n:,} {split}" for split, n in history.sample_sizes.items())
        facts.append(("samples", sizes))
    if report.labels is not None:
        facts.append(("train", _label_words.verdict(report.labels)))
    return facts


def _listed(names: Iterable[str]) -> str:
    known = [shown(name) for name in names]
    more = f" and {len(known) - NAMES_SHOWN:,} more" if len(known) > NAMES_SHOWN else ""
    return ", ".join(known[:NAMES_SHOWN]) + more


def _named(history: HistoryProfile, series: Series) -> str:
    return f'{shown(series.name)} of run "{shown(series.run)}"' if len(history.runs) > 1 else shown(series.name)


def _at(series: Series, point: Point) -> str:
    return f"{printed(point.value, written(series))} in record {point.record:,}"


def _stands(history: HistoryProfile, still: Rest) -> str:
    name, digits, since = _named(history, still.series), written(still.series), still.since.record
    if still.identical:
        return f"{name} is {printed(still.points[-1].value, digits)} in every record from {since:,} on"
    return f"{name} is noise around {still.level:.4g} from record {since:,} on"


def _standing(history: HistoryProfile) -> str:
    """What stands still, and the name of its fingerprint where it has one."""
    found: list[Frozen] = sorted(frozen(history), key=lambda one: not one.certain)
    if not found:
        still = next((s for s in history.series if s.frozen_from is not None), None)
        if still is None:
            return ""
        value = printed(still.last, written(still))
        return f"{_named(history, still)} is {value} in every record from {still.frozen_from:,} on"
    one = found[0]
    text = _stands(history, one.rests[0])
    hit = next((hit for hit in history.fingerprints if hit.run == one.run), None)
    if hit is not None:
        return f"{text}: {fault(hit.name).title} ({hit.match})"
    if one.kind != "training" and one.moving:
        return f"{text}, while {shown(one.moving[0].name)} moves"
    return text


def _collapsed(history: HistoryProfile) -> str:
    one = next((one for one in frozen(history) if one.collapsed), None)
    if one is None:
        return _standing(history)
    better = "; it had been better before" if one.rests[0].before else ""
    return _stands(history, one.rests[0]) + better


def _plateau(history: HistoryProfile) -> str:
    for hit in history.fingerprints:
        point = hit.loss or hit.metric
        if point is not None and fault(hit.name).kind != "wiring":
            what = "loss" if hit.loss is not None else "metric"
            return f"the {hit.split} {what} is {printed(point.value, point.decimals)}: {fault(hit.name).title}"
    for series in history.series:
        still = rest(series) if series.role == "loss" else None
        if still is not None:
            return _stands(history, still)
    return ""


def _diverged(history: HistoryProfile) -> str:
    for one in courses.divergences(history):
        start, end = _at(one.loss, one.best), _at(one.loss, one.last)
        return f"{_named(history, one.loss)} rises from {start} to {end}"
    return ""


def _not_finite(history: HistoryProfile) -> str:
    ill = sorted(courses.not_finite(history), key=lambda one: (not one[1], one[0].role != "loss"))
    for series, ended in ill:
        point = series.not_finite
        if point is not None:
            place = f"from record {point.record:,} to the end" if ended else f"in record {point.record:,}"
            return f"{_named(history, series)} is {printed(point.value, None)} {place}"
    return ""


def _overfit(history: HistoryProfile) -> str:
    for gap in sorted(courses.gaps(history), key=lambda one: -one.last.value / one.best.value):
        best, last = _at(gap.loss, gap.best), _at(gap.loss, gap.last)
        return f"{_named(history, gap.loss)} is best at {best}, and ends at {last}"
    return ""


def _too_short(history: HistoryProfile) -> str:
    longest = max((s.n for s in history.series if s.role in ("loss", *SCORES)), default=0)
    return f"{counted(longest, 'value')} of a metric; its course takes {FEWEST}"


def _no_metrics(history: HistoryProfile) -> str:
    names = _listed([*history.not_understood, *history.auxiliary])
    return f"no loss and no score among {names}" if names else "no loss and no score in the log"


def _learning(history: HistoryProfile) -> str:
    """The course of the first training loss and of the first validation score, or of what there is."""
    ended = [s for s in history.series if math.isfinite(s.first) and math.isfinite(s.last)]
    losses = sorted((s for s in ended if s.role == "loss"), key=lambda s: s.split != "train")
    scores = sorted((s for s in ended if s.role in SCORES), key=lambda s: s.split == "train")
    return "; ".join(
        f"{_named(history, s)} from {printed(s.first, written(s))} to {printed(s.last, written(s))}"
        for s in (*losses[:1], *scores[:1])
    )


_REASONS = {
    "learning": _learning,
    "frozen": _standing,
    "plateau": _plateau,
    "diverged": _diverged,
    "not_finite": _not_finite,
    "collapsed": _collapsed,
    "overfit": _overfit,
    "too_short": _too_short,
    "no_metrics": _no_metrics,
}
