"""Fingerprints: (loss, metric) pairs that equal what a known fault prints.

A pair is compared as a pair: loss = intercept + slope · (1 - accuracy), within what the printed digits allow. "exact"
is within half a unit of the last digit of both, propagated, and only where that interval is narrower than a thousandth
of the loss. "compatible" is within 0.6 %, which partial batches and running averages of progress bars explain; it must
hold for the last three records and at least half of the run. Above an accuracy of 0.99, or with fewer than four digits,
nothing is decided.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ..model import ClassCounts, Fingerprint, Series
from . import answers, constants, inversion, standing
from .constants import CLIPPED, SHARP, SOFT, Line
from .faults import NEGATIVE, fault
from .pairs import SHORT, Pair, Together, pairs

ARITHMETIC = 1e-5
"""Relative error of a mean that was added up in single precision."""
HIGHEST = 0.99
"""Accuracies above this leave too few errors to divide by."""
TINY = 1.3e-7
"""A loss up to this is zero: 2^-23, the least that single precision puts out, included."""

Found = tuple[Fingerprint, ...]


def match(
    series: Sequence[Series], counts: ClassCounts | None, sample_sizes: Mapping[str, int]
) -> tuple[Found, Mapping[str, float]]:
    """The fingerprints of a log, and the constants that were tried with the value each would print here.

    `series`: all series of all runs. `counts`: the class counts of the training labels, None when not known; they make
    the floors and the number of classes exact. `sample_sizes`: samples by split; with them the loss is turned into a
    whole number of errors, without them nothing is said about it.
    """
    together = pairs(series)
    categorical = any("categorical" in one.name.lower() or "softmax" in one.name.lower() for one in series)
    lines = constants.lines(counts, categorical=categorical)
    found = [wiring(pair, lines, counts) for pair in together]
    hits = [
        inversion.count_errors(hit, pair, lines, counts, sample_sizes)
        for hit, pair in zip(found, together, strict=True)
        if hit is not None
    ]
    hits = inversion.add_up(consistent(hits, together, lines), counts)
    hits += inversion.with_penalty(together, [hit for hit in hits if hit.match == "exact"], lines)
    taken = {(hit.run, hit.split) for hit in hits}
    floors = constants.floors(counts)
    hits += [hit for hit in standing.at_floors(series, floors, counts) if (hit.run, hit.split) not in taken]
    hits = one_of_each(hits)
    hits += standing.at_dice(series, counts)
    hits += answers.at_constant_answers(series, constants.constant_answers(counts))
    return tuple(hits), {**tried(together, lines), **floors}


def one_of_each(hits: Iterable[Fingerprint]) -> list[Fingerprint]:
    """The hits without repetitions: a log may write the same loss twice, as `loss` and by its own name."""
    first: dict[tuple[object, ...], Fingerprint] = {}
    for hit in hits:
        values = [point and (point.record, point.value) for point in (hit.loss, hit.metric)]
        first.setdefault((hit.run, hit.split, hit.name, *values), hit)
    return list(first.values())


def tried(together: Sequence[Pair], lines: Iterable[Line]) -> dict[str, float]:
    """What each line would print at the accuracy of the last record of the first pair."""
    if not together:
        return {}
    error = 1 - together[0].rows[-1].share.value
    return {line.name: line.loss(error) for line in lines}


def wiring(pair: Pair, lines: Iterable[Line], counts: ClassCounts | None) -> Fingerprint | None:
    """What a pair lies on: a line exactly, between the two lines of a clip, on the nearest line softly, or below 0."""
    exact, soft = [], []
    for line in lines:
        grade = zero(pair) if line.fault == constants.ZERO else lies_on(pair, line, counts)
        if grade == "exact":
            exact.append(line)
        elif grade == "compatible":
            soft.append(line)
    if exact:
        return made(pair, exact[0])
    between = mixed(pair)
    if between is not None or not soft:
        return between or negative(pair)
    last = pair.rows[-1]
    nearest = min(soft, key=lambda line: abs(last.loss.value - line.loss(1 - last.share.value)))
    return replace(made(pair, nearest), match="compatible")


def lies_on(pair: Pair, line: Line, counts: ClassCounts | None) -> str | None:
    """Whether the last records of a pair lie on a line: "exact", "compatible", or None."""
    last = pair.rows[-3:]
    if not all(decidable(row) for row in last):
        return None
    few = len(last) < 3
    if all(is_exact(row, line) for row in last) and not (few and line.slope < CLIPPED):
        return "exact" if line.slope >= CLIPPED or moves(pair) or pair.loss.frozen_from is not None else None
    if few or not all(is_near(row, line) for row in last):
        return None
    near = sum(is_near(row, line) for row in pair.rows)
    if 2 * near < len(pair.rows) or not may_be_near(pair, line, counts):
        return None
    return "compatible"


def may_be_near(pair: Pair, line: Line, counts: ClassCounts | None) -> bool:
    """Whether "compatible" is worth anything for a line: a pair that stands still on a clip, or one that moves along.

    Lines of slope 1 or less run through the region of healthy losses. Of them only the double softmax is taken softly,
    whose losses never leave a band of width 1: along a stretch of accuracy, or near its floor where the label file says
    how many classes there are.
    """
    near = [row.share.value for row in pair.rows if is_near(row, line)]
    stretch = max(near) - min(near)
    if line.fault == constants.RAW_SPARSE and counts is None:
        return False
    if line.slope >= CLIPPED:
        return stretch >= 0.02 or 5 * len(near) >= 4 * len(pair.rows)
    if line.fault == constants.DOUBLE_SOFTMAX and line.classes != 2:
        inside = all(0.999 * line.intercept <= row.loss.value <= 1.001 * line.loss(1.0) for row in pair.rows)
        return inside and (stretch >= 0.1 or (counts is not None and min(near[-3:]) >= 0.9))
    return line.fault == constants.NLL


def decidable(row: Together) -> bool:
    """Whether the digits and the number of errors of a record suffice to decide."""
    digits = (row.loss.decimals, row.share.decimals)
    return row.share.value <= HIGHEST and all(n is None or n >= SHORT for n in digits)


def tolerance(row: Together, line: Line) -> float:
    """How far the loss may lie from the line: the half-widths of both numbers, and the arithmetic."""
    arithmetic = ARITHMETIC * abs(line.loss(1 - row.share.value))
    return row.loss.half_width + line.slope * row.share.half_width + arithmetic


def is_exact(row: Together, line: Line) -> bool:
    """On the line within the printed digits, which are fine enough to mean something."""
    expected = line.loss(1 - row.share.value)
    near = abs(row.loss.value - expected) <= tolerance(row, line) * (1 + 1e-9)
    return near and tolerance(row, line) <= SHARP * abs(expected)


def is_near(row: Together, line: Line) -> bool:
    """On the line within 0.6 %."""
    expected = line.loss(1 - row.share.value)
    return abs(row.loss.value - expected) <= SOFT * abs(expected)


def moves(pair: Pair) -> bool:
    """Whether the last three accuracies differ, so that three points lie on the line and not one three times."""
    return len({row.share.value for row in pair.rows[-3:]}) > 1


def made(pair: Pair, line: Line) -> Fingerprint:
    """The fingerprint of a pair on a line, at its last record."""
    last = pair.rows[-1]
    expected = {"loss": line.loss(1 - last.share.value)}
    if line.slope >= CLIPPED:
        expected["loss_per_error"] = line.slope
    return Fingerprint(
        line.name,
        "exact",
        pair.run,
        pair.split,
        last.loss,
        last.metric,
        expected,
        max(tolerance(last, line), 0.0),
        fault(line.name).meaning,
    )


def mixed(pair: Pair) -> Fingerprint | None:
    """Errors of both signs under a clip that charges them differently: loss / (1 - accuracy) between the two."""
    last = pair.rows[-3:]
    if len(last) < 3 or not all(decidable(row) for row in last):
        return None
    for clip in constants.CLIPS:
        low, high = sorted((clip.false_negative, clip.false_positive))
        ratios = [row.loss.value / (1 - row.share.value) for row in pair.rows if row.share.value < 1]
        between = [low <= ratio <= high for ratio in ratios]
        if low < high and all(between[-3:]) and 2 * sum(between) >= len(ratios):
            middle = Line(f"{clip.name}-mixed", 0.0, ratios[-1])
            print_at = 1 - last[-1].share.value
            expected = {"loss": last[-1].loss.value, "lowest": low * print_at, "highest": high * print_at}
            return replace(made(pair, middle), match="compatible", expected=expected)
    return None


def zero(pair: Pair) -> str | None:
    """A loss of nothing beside errors: an error costs a cross-entropy ln 2 or more, whatever the classes."""
    last = pair.rows[-3:]
    if any(row.share.value > HIGHEST or abs(row.loss.value) > TINY for row in last):
        return None
    return "exact" if all(row.loss.half_width < 0.1 * (1 - row.share.value) for row in last) else None


def negative(pair: Pair) -> Fingerprint | None:
    """A loss below 0 beside an accuracy, in at least the last three records and most of the run."""
    below = [row.loss.value < 0 for row in pair.rows]
    if len(below) < 3 or not all(below[-3:]) or 2 * sum(below) < len(below):
        return None
    last = pair.rows[-1]
    found = replace(made(pair, Line(NEGATIVE, 0.0, 0.0)), match="compatible", tolerance=0.0)
    return replace(found, expected={"loss": -last.share.value})


def consistent(hits: list[Fingerprint], together: Sequence[Pair], lines: Sequence[Line]) -> list[Fingerprint]:
    """Without the merely compatible hits that the other splits of the same run contradict.

    Two splits give a second equation: the slope (L1 - L2) / (e1 - e2) has to be that of the line as well.
    """
    by_name = {line.name: line for line in lines}
    kept = []
    for hit in hits:
        line = by_name.get(hit.name)
        others = [p for p in together if p.run == hit.run and p.split != hit.split and decidable(p.rows[-1])]
        stray = [p for p in others if line is not None and not is_near(p.rows[-1], line)]
        if hit.match == "exact" or line is None or not stray or len(stray) < len(others):
            kept.append(hit)
    return kept
