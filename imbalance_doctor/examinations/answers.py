"""Dumps of predicted labels, made ready: all rows are held as class numbers, since the classes are known at the end."""

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from ..errors import UsageError
from ..model import LabelProfile
from ..predictions import classes as class_names
from ..predictions.blocks import ScoreBlock, Setting
from ..predictions.classes import match, numbering
from ..predictions.holding import Holder, holder
from ..predictions.layout import Dump
from ..predictions.truth import RowLabels
from .dumps import Dumps, Prepared, joined
from .priors import of_request
from .truth import Truth

if TYPE_CHECKING:
    import polars as pl

BLOCK_ROWS = 250_000
BLOCK_CELLS = 2_000_000


def prepare(dumps: Dumps, first: Dump, rest: Iterator[Dump], train: LabelProfile | None) -> Prepared:
    """The setting and the rows of dumps of predicted labels. Raises InputError where classes or truth do not fit."""
    request = dumps.request
    predicted, beside, ids = _held(chain((first,), rest))
    truth = dumps.truth or (Truth(beside) if beside is not None else None)
    labels = None if truth is None else truth.labels
    names = class_names.of_labels(predicted, request.wishes.classes, labels, plain=first.plain)
    single = predicted.codes is not None and (labels is None or labels.codes is not None)
    task = request.wishes.task or ("sigmoid" if not single else "binary" if names in class_names.YES_NO else "softmax")
    if (task != "sigmoid" and predicted.codes is None) or (task == "binary" and len(names) != 2):
        raise UsageError(f"--task {task} does not fit these predicted labels", "leave --task out")
    priors, source = of_request(request, names, task, labels, train)
    declared = predicted.declared or request.wishes.classes is not None or labels is not None
    setting = Setting(
        names, "labels", task, 0.5, priors, source, truth is not None, declared, capacity=predicted.capacity
    )
    to = numbering(match(predicted.names, names), predicted.names)

    def rows() -> Iterator[ScoreBlock]:
        join = None if truth is None else joined(first, truth, names, task, request)
        prepared.join = join
        size = BLOCK_ROWS if task != "sigmoid" else max(1, BLOCK_CELLS // max(1, len(names)))
        for start in range(0, predicted.n, size):
            at = np.arange(start, min(start + size, predicted.n))
            true, known = (None, None) if join is None else join.of(len(at), None if ids is None else ids[at])
            if task != "sigmoid":
                assert predicted.codes is not None
                yield ScoreBlock(start, predicted=to[predicted.codes[at]].astype(np.int32), truth=true)
                continue
            marks = predicted.dense(at, to, len(names)).astype(np.float32)
            yield ScoreBlock(start, marks, truth=true, known=known)

    prepared = Prepared(setting, first.explained(), rows)
    return prepared


def _held(dumps: Iterator[Dump]) -> "tuple[RowLabels, RowLabels | None, pl.Series | None]":
    """The predicted labels, the true ones beside them, and the ids, of all rows."""
    import polars as pl

    predicted: Holder | None = None
    true: Holder | None = None
    ids: list[pl.Series] = []
    for dump in dumps:
        assert dump.labels is not None
        predicted = predicted or holder(dump.labels)
        true = true or (None if dump.truth is None else holder(dump.truth))
        for part in dump.parts():
            predicted.update(part.frame)
            if true is not None:
                true.update(part.frame)
            ids += [] if part.ids is None else [part.ids]
    assert predicted is not None
    return predicted.finish(), None if true is None else true.finish(), pl.concat(ids) if ids else None
