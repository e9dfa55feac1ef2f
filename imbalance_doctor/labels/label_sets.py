"""What only the label sets tell: which classes come together, and whether resampling can pull them apart."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ..model import ClassCounts

MAX_PAIRS = 5_000_000
"""Pairs of labels, summed over the distinct label sets, beyond which pairs are not counted."""
MAX_LABELS = 1_000
"""Labels in one set beyond which pairs are not counted."""
MIN_SUPPORT = 5
"""Samples a pair must share to be listed."""
TOP = 20

LabelSets = Mapping[frozenset[str], int]


def summary(counts: ClassCounts, sets: LabelSets) -> dict[str, Any]:
    """The distinct label sets, the empty one included, as mldr counts them.

    `distinct`, `single` (sets that one sample has) and `most_frequent` (its classes in index order and its count, the
    first in index order among equals).
    """
    index = {name: i for i, name in enumerate(counts.names)}
    most = max(sets.values(), default=0)
    labels = min((sorted(index[name] for name in names) for names, n in sets.items() if n == most), default=[])
    return {
        "distinct": len(sets),
        "single": sum(n == 1 for n in sets.values()),
        "most_frequent": {"classes": [counts.names[i] for i in labels], "count": most},
    }


def scumble(counts: ClassCounts, sets: LabelSets) -> tuple[float, float | None]:
    """SCUMBLE in 0..1 and its coefficient of variation (ddof 1; None when SCUMBLE is 0).

    Per sample 1 - geometric mean / arithmetic mean of the IRLbl of its labels, 0 for a sample with at most one label;
    the mean over all samples, unlabelled ones included. Above 0.1 rare and frequent labels share samples, and
    resampling is likely to fail. Charte et al. (2014), "Concurrence among imbalanced labels and its influence on
    multilabel resampling algorithms"; the R package mldr computes the same.
    """
    most = max(counts.counts)
    ratio = {name: most / n for name, n in zip(counts.names, counts.counts, strict=True) if n}
    log = {name: math.log(value) for name, value in ratio.items()}

    def level(labels: frozenset[str]) -> float:
        mean = math.fsum(map(ratio.__getitem__, labels)) / len(labels)
        return max(0.0, -math.expm1(math.fsum(map(log.__getitem__, labels)) / len(labels) - math.log(mean)))

    levels = [(level(labels), n) for labels, n in sets.items() if len(labels) > 1]
    total = sum(sets.values())
    mean = math.fsum(value * n for value, n in levels) / total
    if mean == 0 or total < 2:
        return mean, None
    at_zero = total - sum(n for _, n in levels)
    squares = math.fsum([*((value - mean) ** 2 * n for value, n in levels), mean**2 * at_zero])
    return mean, math.sqrt(squares / (total - 1)) / mean


def pairs(counts: ClassCounts, sets: LabelSets) -> tuple[list[dict[str, Any]] | None, str]:
    """The pairs of classes that go together most, and the reason when they are None.

    Ranked by Jaccard index, samples with both / samples with either; equals by count, then in index order. `lift` is
    the count over the count expected if the two were independent. At most TOP pairs of MIN_SUPPORT samples or more.
    """
    work = sum(len(labels) * (len(labels) - 1) // 2 for labels in sets)
    if work > MAX_PAIRS or any(len(labels) > MAX_LABELS for labels in sets):
        return None, f"more than {MAX_PAIRS:,} pairs, or {MAX_LABELS:,} labels on one sample"
    first, second, both = co_occurrences(counts.names, sets)
    common = both >= MIN_SUPPORT
    first, second, both = first[common], second[common], both[common]
    n = np.array(counts.counts, dtype=np.int64)
    jaccard = both / (n[first] + n[second] - both)
    order = np.lexsort((second, first, -both, -jaccard))[:TOP]
    return [
        {
            "classes": [counts.names[a], counts.names[b]],
            "count": c,
            "jaccard": j,
            "lift": c * counts.n_samples / (counts.counts[a] * counts.counts[b]),
        }
        for a, b, c, j in zip(*(column[order].tolist() for column in (first, second, both, jaccard)), strict=True)
    ], ""


Indices = npt.NDArray[np.int64]


def co_occurrences(names: Sequence[str], sets: LabelSets) -> tuple[Indices, Indices, Indices]:
    """Pairs of class indices (first < second) that occur together, and the number of samples with both."""
    index = {name: i for i, name in enumerate(names)}
    by_size: dict[int, list[list[int]]] = defaultdict(list)
    weights: dict[int, list[int]] = defaultdict(list)
    for labels, n in sets.items():
        if len(labels) > 1:
            by_size[len(labels)].append(sorted(index[name] for name in labels))
            weights[len(labels)].append(n)
    codes = [np.empty(0, dtype=np.int64)]
    times = [np.empty(0, dtype=np.int64)]
    for size, rows in by_size.items():
        left, right = np.triu_indices(size, k=1)
        matrix = np.array(rows, dtype=np.int64)
        codes.append((matrix[:, left] * len(names) + matrix[:, right]).ravel())
        times.append(np.repeat(np.array(weights[size], dtype=np.int64), len(left)))
    distinct, where = np.unique(np.concatenate(codes), return_inverse=True)
    both = np.zeros(len(distinct), dtype=np.int64)
    np.add.at(both, where, np.concatenate(times))
    return distinct // len(names), distinct % len(names), both
