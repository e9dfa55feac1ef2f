"""The long layout of scores, one row per sample and class, put together into a matrix."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..batches import Matrix, Table
from ..errors import InputError, RefusedError
from ..labels.columns import as_text
from ..labels.layout import Reading
from . import values
from .holding import ColumnHolder, holder

if TYPE_CHECKING:
    import polars as pl

MAX_PAIRS = 50_000_000
"""Rows that are held to put each sample's scores together."""
BLOCK_CELLS = 2_000_000


def unfold(table: Table, id_: str, score: str, classes: Reading) -> tuple[Matrix, "pl.Series"]:
    """The matrix of scores with its class names, and the id of each of its rows, in order of first appearance.

    A pair that is absent is a probability of 0. Raises InputError where scores are no probabilities and pairs are
    absent, or a pair occurs twice; RefusedError above MAX_PAIRS rows.
    """
    import polars as pl

    names = holder(classes)
    if not isinstance(names, ColumnHolder):
        raise InputError("the classes of the long layout are lists", "give one class per row")
    ids: list[pl.Series] = []
    scores: list[NDArray[np.float64]] = []
    n = 0
    for frame in table.stream(tuple(dict.fromkeys((id_, names.column, score)))):
        ids.append(as_text(frame[id_]))
        scores.append(values.numbers(frame[score], n).cast(pl.Float64).to_numpy())
        names.update(frame)
        n += frame.height
        if n > MAX_PAIRS:
            raise RefusedError(
                f"more than {MAX_PAIRS:,} rows, which have to be held to put each sample's scores together",
                "write one row per sample with one column per class",
            )
    labels = names.finish()
    assert labels.codes is not None
    every = pl.concat(ids)
    samples = every.unique(maintain_order=True)
    row = every.replace_strict(samples, pl.Series(range(samples.len()), dtype=pl.Int64)).to_numpy()
    return _matrix(row, labels.codes, np.concatenate(scores), samples, labels.names), samples


def _matrix(
    row: NDArray[np.int64],
    label: NDArray[np.int32],
    score: NDArray[np.float64],
    samples: "pl.Series",
    names: tuple[str, ...],
) -> Matrix:
    row, label, score = row[label >= 0], label[label >= 0], score[label >= 0]
    order = np.lexsort((label, row))
    row, label, score = row[order], label[order], score[order]
    twice = np.flatnonzero((np.diff(row) == 0) & (np.diff(label) == 0))
    if len(twice):
        raise InputError(
            f"the sample {samples[int(row[twice[0]])]!r} has two scores for the class {names[label[twice[0]]]!r}",
            "give one score per sample and class",
        )
    n, width = samples.len(), len(names)
    absent = n * width - len(row)
    outside = (score < -1e-4) | (score > 1 + 1e-4)
    if absent and outside.any():
        raise InputError(
            f"{absent:,} of {n * width:,} pairs of sample and class have no score, and scores such as "
            f"{score[outside][0]:.4g} are no probabilities, of which an absent one could be 0",
            "write every score of every sample",
        )
    notes = (f"{absent:,} pairs of sample and class have no score: 0",) if absent else ()

    def blocks() -> Iterator[NDArray[Any]]:
        rows = max(1, BLOCK_CELLS // max(1, width))
        for first in range(0, n, rows):
            size = min(rows, n - first)
            a, b = np.searchsorted(row, (first, first + size))
            block = np.zeros((size, width))
            block[row[a:b] - first, label[a:b]] = score[a:b]
            yield block

    return Matrix((n, width), blocks, names, notes=notes)
