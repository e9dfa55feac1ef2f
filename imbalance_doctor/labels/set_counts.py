"""Samples per distinct set of classes, held as rows of numbers: hundreds of thousands of sets fit in a few megabytes.

Looks like a mapping from frozenset of class names to samples. Code that has to be fast asks for `by_size`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
SPARE = 100_000
"""Sets that may be held twice before equal ones are put together."""


class SetCounts(Mapping[frozenset[str], int]):
    """A class is known by its code, the order in which it first came; a set is its codes in rising order."""

    def __init__(self, sets: Mapping[frozenset[str], int] | None = None) -> None:
        self._code: dict[str, int] = {}
        self._parts: dict[int, list[tuple[Codes, Integers]]] = {}
        self._rows = self._rows_when_tidy = 0
        if sets:
            self.update(sets.items())

    def update(self, counted: Iterable[tuple[frozenset[str], int]]) -> None:
        """Add samples per set of class names."""
        position: dict[str, int] = {}
        pairs = [([position.setdefault(name, len(position)) for name in sorted(names)], n) for names, n in counted]
        classes = np.fromiter(chain.from_iterable(row for row, _ in pairs), np.int64)
        sizes = np.array([len(row) for row, _ in pairs], dtype=np.int64)
        self.add(list(position), classes, sizes, np.array([n for _, n in pairs], dtype=np.int64))

    def add(self, names: Sequence[str], classes: Integers, sizes: npt.NDArray[np.integer], samples: Integers) -> None:
        """Add sets: `sizes` their numbers of classes, `classes` the positions of these in `names`, set after set.

        `samples` says how many samples carry each set. A class occurs in a set at most once.
        """
        code = self._code
        codes = np.array([code.setdefault(name, len(code)) for name in names], dtype=np.int32)
        ends = np.cumsum(sizes)
        order = np.argsort(sizes, kind="stable")
        cuts = np.flatnonzero(np.diff(sizes[order], prepend=-1))
        for start, end in pairwise((*cuts.tolist(), len(order))):
            at = order[start:end]
            size = int(sizes[at[0]])
            where = (ends[at] - size)[:, None] + np.arange(size)
            self._parts.setdefault(size, []).append((np.sort(codes[classes[where]], axis=1), samples[at]))
        self._rows += len(sizes)
        if self._rows > 2 * self._rows_when_tidy + SPARE:
            self._tidy()

    def more_than(self, sets: int, classes: int) -> bool:
        """Whether there are more than `sets` distinct sets, or they hold more than `classes` classes together."""
        for exactly in (False, True):
            if exactly:
                self._tidy()
            held = sum(size * len(samples) for size, parts in self._parts.items() for _, samples in parts)
            if self._rows <= sets and held <= classes:
                return False
        return True

    def sizes(self) -> set[int]:
        """The numbers of classes in a set."""
        return set(self._parts)

    def by_size(self, index: Mapping[str, int]) -> Iterator[tuple[Codes, Integers]]:
        """Per size a matrix of the sets, a row each, and the samples of each row, the smallest sets first.

        A row holds the `index` of its classes in rising order.
        """
        self._tidy()
        to = np.array([index[name] for name in self._code], dtype=np.int32)
        for size in sorted(self._parts):
            matrix, samples = self._parts[size][0]
            yield np.sort(to[matrix], axis=1), samples

    def merged(self, other: "SetCounts") -> "SetCounts":
        """The sets of both."""
        both = SetCounts()
        for sets in (self, other):
            names = list(sets._code)
            for matrix, samples in sets.by_size(sets._code):
                sizes = np.full(len(matrix), matrix.shape[1])
                both.add(names, matrix.ravel().astype(np.int64), sizes, samples)
        return both

    def _tidy(self) -> None:
        """Put equal sets together."""
        for size, parts in self._parts.items():
            if len(parts) > 1 or self._rows > self._rows_when_tidy:
                self._parts[size] = [_distinct(parts, max(1, len(self._code)))]
        self._rows = self._rows_when_tidy = sum(len(parts[0][1]) for parts in self._parts.values())

    def __len__(self) -> int:
        self._tidy()
        return self._rows

    def __iter__(self) -> Iterator[frozenset[str]]:
        names = list(self._code)
        for matrix, _ in self.by_size(self._code):
            for row in matrix.tolist():
                yield frozenset(map(names.__getitem__, row))

    def __getitem__(self, key: frozenset[str]) -> int:
        self._tidy()
        if len(key) not in self._parts or not key <= self._code.keys():
            raise KeyError(key)
        matrix, samples = self._parts[len(key)][0]
        found = np.flatnonzero((matrix == sorted(map(self._code.__getitem__, key))).all(axis=1))
        if not len(found):
            raise KeyError(key)
        return int(samples[found[0]])


def _distinct(parts: list[tuple[Codes, Integers]], n_classes: int) -> tuple[Codes, Integers]:
    """The distinct rows of the matrices together, in a fixed order, and the samples of each."""
    matrix = np.concatenate([matrix for matrix, _ in parts])
    samples = np.concatenate([samples for _, samples in parts])
    keys = _keys(matrix, n_classes)
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    return matrix[order[starts]], np.add.reduceat(samples[order], starts)


def _keys(matrix: Codes, n_classes: int) -> npt.NDArray[np.int64] | npt.NDArray[np.void]:
    """One value per row, equal for equal rows only: an integer where the codes fit into its bits, else the bytes."""
    rows, size = matrix.shape
    bits = (n_classes - 1).bit_length()
    if size * bits > 63:
        return np.ascontiguousarray(matrix).view(np.dtype((np.void, matrix.itemsize * size))).ravel()
    keys = np.zeros(rows, np.int64)
    for column in matrix.T:
        keys = (keys << bits) | column
    return keys
