"""The dumps behind the inputs of an examination, each laid out as the first one is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from ..errors import InputError
from ..model import PredictionLayout, Source
from ..predictions import layout
from ..predictions.blocks import ScoreBlock, Setting
from ..predictions.joining import Join
from ..predictions.layout import Dump
from ..predictions.truth import RowLabels
from .inputs import Inputs
from .request import PredictionRequest
from .truth import Truth


class Dumps:
    """Every iteration opens and lays out the inputs anew; what cannot be opened twice is held where it has to be.

    `truth` is the one from an input of its own, None where there is none. `sources` are the inputs seen so far.
    """

    def __init__(self, inputs: Inputs, request: PredictionRequest, truth: Truth | None) -> None:
        self.inputs, self.request, self.truth = inputs, request, truth
        self.sources: dict[str, Source] = {}
        self._first: Dump | None = None

    def __iter__(self) -> Iterator[Dump]:
        labels = None if self.truth is None else self.truth.labels
        several = None if labels is None else labels.several
        known = () if labels is None else labels.names
        for opened in self.inputs:
            dump = layout.decide(
                opened.batches, self.request.wishes, several=several, known=known, separate=labels is not None
            )
            if dump.head is not None and (dump.truth is not None or self.request.exact):
                dump = replace(dump, batches=self.inputs.keep(opened, dump.batches, dump.columns))
            self._first = self._first or dump
            _alike(dump, self._first, opened.name)
            self.sources[opened.name] = opened.source
            yield dump


def _alike(dump: Dump, first: Dump, name: str) -> None:
    """Raise InputError when a further shard is laid out otherwise than the first."""
    same = dump.layout.kind == first.layout.kind and dump.width == first.width and dump.classes == first.classes
    if not same or dump.columns != first.columns:
        raise InputError(f"{name} is laid out otherwise than the first input", "examine it on its own")


@dataclass
class Prepared:
    """A dump ready to be tallied: what is fixed, how it was read, and its rows, which can be gone through again.

    `order`: the column of the dump that holds the scores of each class. `join` is that of the last pass.
    """

    setting: Setting
    layout: PredictionLayout
    rows: Callable[[], Iterator[ScoreBlock]]
    order: tuple[int, ...] = ()
    join: Join | None = None
    notes: list[str] = field(default_factory=list)


def joined(dump: Dump, truth: Truth, names: tuple[str, ...], task: str, request: PredictionRequest) -> Join:
    """How the rows of a dump find their truth. Raises InputError when the truth does not fit the task."""
    labels: RowLabels = truth.labels
    if task != "sigmoid" and labels.codes is None:
        raise InputError(
            "rows of the truth carry several labels or none, and the predictions are one class a row",
            "say --task sigmoid if every class is for itself",
        )
    ids = None
    theirs = truth.id_name
    mine = dump.id
    if labels.ids is not None and mine is not None and not request.by_position:
        ids = (mine, theirs or mine)
    elif truth.scattered:
        raise InputError(
            "the truth is in the long layout, by sample, and the dump names no sample", "name it with --id"
        )
    return Join(labels, names, task == "sigmoid", ids, strict=request.wishes.id is None)
