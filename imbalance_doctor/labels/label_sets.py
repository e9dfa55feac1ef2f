"""What only the label sets tell: which classes come together, and whether resampling can pull them apart."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ..model import ClassCounts
from .set_counts import SetCounts

MAX_PAIRS = 5_000_000
"""Pairs of labels, summed over the distinct label sets, beyond which pairs are not counted."""
MAX_LABELS = 1_000
"""Labels in one set beyond which pairs are not counted."""
MIN_SUPPORT = 5
"""Samples a pair must share to be listed."""
TOP = 20

LabelSets = Mapping[frozenset[str], int]
Integers = npt.NDArray[np.int64]
Matrix = npt.NDArray[np.integer[Any]]


def set_counts(sets: LabelSets) -> SetCounts:
    """The label sets in the form that holds and reads many of them fast."""
    return sets if isinstance(sets, SetCounts) else SetCounts(sets)


def by_size(names: Sequence[str], sets: LabelSets) -> list[tuple[Matrix, Integers]]:
    """Per size of set a matrix with a row of class indices per distinct set, and the samples of each row."""
    return list(set_counts(sets).by_size({name: i for i, name in enumerate(names)}))


def summary(counts: ClassCounts, sets: LabelSets) -> dict[str, Any]:
    """The distinct label sets, the empty one included, as mldr counts them.

    `distinct`, `single` (sets that one sample has) and `most_frequent` (its classes in index order and its count, the
    first in index order among equals).
    """
    parts = by_size(counts.names, sets)
    most = max((int(samples.max()) for _, samples in parts), default=0)
    labels: list[int] = min((row for matrix, samples in parts for row in matrix[samples == most].tolist()), default=[])
    return {
        "distinct": sum(len(samples) for _, samples in parts),
        "single": sum(int((samples == 1).sum()) for _, samples in parts),
        "most_frequent": {"classes": [counts.names[i] for i in labels], "count": most},
    }


def scumble(counts: ClassCounts, sets: LabelSets) -> tuple[float, float | None]:
    """SCUMBLE in 0..1 and its coefficient of variation (ddof 1; None when SCUMBLE is 0).

    Per sample 1 - geometric mean / arithmetic mean of the IRLbl of its labels, 0 for a sample with at most one label;
    the mean over all samples, unlabelled ones included. Above 0.1 rare and frequent labels share samples, and
    resampling is likely to fail. Charte et al. (2014), "Concurrence among imbalanced labels and its influence on
    multilabel resampling algorithms"; the R package mldr computes the same.
    """
    parts = by_size(counts.names, sets)
    total = sum(int(samples.sum()) for _, samples in parts)
    # sums of rounded products, rounded once: the order of the rows cannot show
    levels = [(level, n) for matrix, samples in parts for level, n in scumble_levels(counts.counts, matrix, samples)]
    mean = math.fsum(level * n for level, n in levels) / total
    if mean == 0 or total < 2:
        return mean, None
    at_zero = total - sum(n for _, n in levels)
    squares = math.fsum([*((level - mean) ** 2 * n for level, n in levels), mean**2 * at_zero])
    return mean, math.sqrt(squares / (total - 1)) / mean


def scumble_levels(ns: Sequence[int], matrix: Matrix, samples: Integers) -> list[tuple[float, int]]:
    """SCUMBLE of the label sets of one size that mix classes of different frequency, and their samples."""
    if matrix.shape[1] < 2:
        return []
    n = np.array(ns, dtype=np.int64)[matrix]
    mixed = n.min(axis=1) < n.max(axis=1)
    matrix, most = matrix[mixed], max(ns)
    # the standard library's logarithm, since NumPy's differs in the last bit from machine to machine
    ratio = np.array([most / k if k else 0.0 for k in ns])
    log = np.array([math.log(most / k) if k else 0.0 for k in ns])
    means = zip(log[matrix].mean(axis=1).tolist(), ratio[matrix].mean(axis=1).tolist(), strict=True)
    levels = (max(0.0, -math.expm1(mean_log - math.log(mean))) for mean_log, mean in means)
    return list(zip(levels, samples[mixed].tolist(), strict=True))


def pairs(counts: ClassCounts, sets: LabelSets) -> tuple[list[dict[str, Any]] | None, str]:
    """The pairs of classes that go together most, and the reason when they are None.

    Ranked by Jaccard index, samples with both / samples with either; equals by count, then in index order. `lift` is
    the count over the count expected if the two were independent. At most TOP pairs of MIN_SUPPORT samples or more.
    """
    parts = by_size(counts.names, sets)
    work = sum(len(matrix) * math.comb(matrix.shape[1], 2) for matrix, _ in parts)
    if work > MAX_PAIRS or any(matrix.shape[1] > MAX_LABELS for matrix, _ in parts):
        return None, f"more than {MAX_PAIRS:,} pairs, or {MAX_LABELS:,} labels on one sample"
    first, second, both = co_occurrences(len(counts.names), parts)
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


def co_occurrences(k: int, parts: Sequence[tuple[Matrix, Integers]]) -> tuple[Integers, Integers, Integers]:
    """Pairs of the k class indices (first < second) that occur together, and the number of samples with both."""
    codes = [np.empty(0, dtype=np.int64)]
    times = [np.empty(0, dtype=np.int64)]
    for matrix, samples in parts:
        left, right = np.triu_indices(matrix.shape[1], k=1)
        codes.append((matrix[:, left].astype(np.int64) * k + matrix[:, right]).ravel())
        times.append(np.repeat(samples, len(left)))
    distinct, where = np.unique(np.concatenate(codes), return_inverse=True)
    both = np.zeros(len(distinct), dtype=np.int64)
    np.add.at(both, where, np.concatenate(times))
    return distinct // k, distinct % k, both
