"""Dumps of scores, made ready: the truth beside them, what the scores are, whose they are, and their rows."""

from collections.abc import Iterator
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from ..model import LabelProfile
from ..predictions import classes as class_names
from ..predictions.blocks import ScoreBlock, Setting
from ..predictions.layout import Dump
from . import truth as truths
from .dumps import Dumps, Prepared, joined
from .priors import of_request


def prepare(dumps: Dumps, first: Dump, rest: Iterator[Dump], train: LabelProfile | None) -> Prepared:
    """The setting and the rows of score dumps. Raises InputError where classes or truth do not fit."""
    request, truth = dumps.request, dumps.truth
    started: Iterator[Dump] | None = chain((first,), rest)
    if truth is None and first.truth is not None:
        truth, started = truths.beside(chain((first,), rest)), None
        first = first.judged(truth.labels.several, request.wishes)
    nature = first.nature
    assert nature is not None
    labels = None if truth is None else truth.labels
    if nature.task == "binary":
        names = class_names.of_one_score(first.classes, request.wishes.classes, labels)
    else:
        names = class_names.of_scores(first.classes, first.width, request.wishes.classes, labels)
    priors, source = of_request(request, names.names, nature.task, labels, train)
    setting = Setting(
        names.names, nature.kind, nature.task, nature.threshold, priors, source, truth is not None, names.declared
    )
    shown = first.explained(names.order, names.notes)
    hot = nature.kind == "labels" and nature.task == "softmax"

    def rows() -> Iterator[ScoreBlock]:
        nonlocal started
        join = None if truth is None else joined(first, truth, names.names, nature.task, request)
        prepared.join = join
        start = 0
        for dump in started if started is not None else dumps:
            for part in dump.parts(start):
                assert part.scores is not None
                true, known = (None, None) if join is None else join.of(part.n, part.ids)
                scores = _ordered(part.scores, names.order, names.names)
                if hot:
                    yield ScoreBlock(part.start, predicted=_one_hot(scores), truth=true)
                else:
                    yield ScoreBlock(part.start, scores, truth=true, known=known)
                start += part.n
        started = None

    prepared = Prepared(setting, shown, rows, names.order)
    return prepared


def _ordered(scores: NDArray[np.generic], order: tuple[int, ...], names: tuple[str, ...]) -> NDArray[np.generic]:
    return scores if order == tuple(range(scores.shape[1])) else scores[:, order]


def _one_hot(scores: NDArray[np.generic]) -> NDArray[np.int32]:
    """The class of the single 1 of each row, -1 where there is none or several."""
    ones = scores == 1
    return np.where(ones.sum(axis=1) == 1, ones.argmax(axis=1), -1).astype(np.int32)
