"""From a fingerprint back to whole numbers of errors, and across the splits of a run."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..model import ClassCounts, Fingerprint
from .constants import CLIPPED, Line
from .faults import fault
from .pairs import Pair, Together

SPLITS = {"train": "training", "validation": "validation", "test": "test"}
SHARP_SLOPE = 0.01
"""Widest interval of a slope between two splits, relative, from which a constant is read."""


def count_errors(
    hit: Fingerprint, pair: Pair, lines: Sequence[Line], counts: ClassCounts | None, sizes: Mapping[str, int]
) -> Fingerprint:
    """The fingerprint with the number of errors it implies, where the split's sample size is known.

    errors = N (loss - intercept) / slope has to lie within rounding of one whole number, and that number within
    rounding of N (1 - accuracy); else nothing is said. In label sets every label cell of a sample is decided apart.
    """
    size = sizes.get(hit.split)
    line = next((line for line in lines if line.name == hit.name), None)
    if size is None or line is None or line.slope < CLIPPED or hit.match != "exact":
        return hit
    cells = size * (len(counts.names) if counts is not None and counts.task == "multilabel" else 1)
    errors = whole_errors(pair.rows[-1], line, cells)
    if errors is None:
        return hit
    expected = {**hit.expected, "loss": line.loss(errors / cells), "accuracy": 1 - errors / cells}
    return replace(hit, errors=errors, expected=expected)


def whole_errors(row: Together, line: Line, size: int) -> int | None:
    """The one whole number of errors among `size` samples that fits both the loss and the accuracy, or None."""
    middle = size * (row.loss.value - line.intercept) / line.slope
    half = size * (row.loss.half_width + 1e-7 * abs(row.loss.value)) / line.slope
    low, high = math.ceil(middle - half), math.floor(middle + half)
    if low != high:
        return None
    slack = size * (row.share.half_width + 1e-7) + 1e-6
    return low if abs(low - size * (1 - row.share.value)) <= slack else None


def add_up(hits: Sequence[Fingerprint], counts: ClassCounts | None) -> list[Fingerprint]:
    """The fingerprints with their errors in words: per split, together, and against the class counts."""
    runs: dict[tuple[str, str], list[Fingerprint]] = defaultdict(list)
    for hit in hits:
        if hit.errors is not None:
            runs[hit.run, hit.name].append(hit)
    done = []
    for hit in hits:
        same = runs.get((hit.run, hit.name), [])
        done.append(replace(hit, meaning=f"{hit.meaning}; {in_words(same, counts)}") if hit in same else hit)
    return done


def in_words(hits: Sequence[Fingerprint], counts: ClassCounts | None) -> str:
    """ "10,031 training and 2,469 validation errors, 12,500 together"."""
    total = sum(hit.errors or 0 for hit in hits)
    text = " and ".join(f"{hit.errors:,} {SPLITS[hit.split]}" for hit in hits) + " errors"
    text += f", {total:,} together" if len(hits) > 1 else ""
    if counts is not None and counts.task == "binary":
        sides = {"false-negatives": (1, "positives"), "false-positives": (0, "negatives")}
        for suffix, (index, noun) in sides.items():
            if hits[0].name.endswith(suffix) and counts.counts[index] == total:
                text += f": exactly the {noun} of the labels"
    return text


def with_penalty(together: Sequence[Pair], exact: Sequence[Fingerprint], lines: Sequence[Line]) -> list[Fingerprint]:
    """Clips hidden under a constant that is added to every loss (a weight penalty), found from two frozen splits.

    Of two points the slope (L1 - L2) / (e1 - e2) is that of the clip, and the same positive intercept is left over.
    """
    found = []
    taken = {hit.run for hit in exact}
    frozen = [p for p in together if p.loss.frozen_from is not None and p.metric.frozen_from is not None]
    for a, b in ((a, b) for i, a in enumerate(frozen) for b in frozen[i + 1 :]):
        if a.run != b.run or a.split == b.split or a.run in taken:
            continue
        slope, half = slope_between(a.rows[-1], b.rows[-1])
        for line in lines:
            if line.intercept or line.slope < CLIPPED or half > SHARP_SLOPE * line.slope:
                continue
            penalty = a.rows[-1].loss.value - line.loss(1 - a.rows[-1].share.value)
            if abs(slope - line.slope) <= half and penalty > a.rows[-1].loss.half_width:
                found += [penalised(pair, line, penalty, half) for pair in (a, b)]
                break
    return found


def slope_between(a: Together, b: Together) -> tuple[float, float]:
    """Loss per error between two records, and its half-width; (0, inf) where both have the same errors."""
    errors = b.share.value - a.share.value
    if errors == 0:
        return 0.0, math.inf
    slope = (a.loss.value - b.loss.value) / errors
    loose = a.loss.half_width + b.loss.half_width + abs(slope) * (a.share.half_width + b.share.half_width)
    return slope, loose / abs(errors) + 1e-6 * abs(slope)


def penalised(pair: Pair, line: Line, penalty: float, half: float) -> Fingerprint:
    """The compatible fingerprint of a clip plus a constant."""
    last = pair.rows[-1]
    expected = {"loss": line.loss(1 - last.share.value) + penalty, "loss_per_error": line.slope, "penalty": penalty}
    meaning = f"{fault(line.name).meaning}; a constant {penalty:.4g}, such as a weight penalty, is added to the loss"
    return Fingerprint(line.name, "compatible", pair.run, pair.split, last.loss, last.metric, expected, half, meaning)
