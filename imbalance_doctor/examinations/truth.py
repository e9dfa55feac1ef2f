"""The truth of an examination of predictions: from a file of its own, or from columns beside the predictions."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..batches import Matrix, Table
from ..labels import layout as label_layout
from ..labels.columns import as_text, named
from ..model import Source
from ..predictions.holding import Holder, LongHolder, holder
from ..predictions.layout import Dump
from ..predictions.look import Look
from ..predictions.truth import RowLabels
from ..readers import _arrays
from . import flags
from .inputs import Inputs
from .request import PredictionRequest

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Truth:
    """True labels, the column their ids come from, whether they came `scattered` over rows, and the inputs read."""

    labels: RowLabels
    id_name: str | None = None
    scattered: bool = False
    sources: tuple[Source, ...] = ()


def separate(request: PredictionRequest) -> Truth | None:
    """The truth from its own input, None where none is named.

    Raises InputError where the labels cannot be read in one way, or are counts.
    """
    if request.truth is None:
        return None
    with flags.renamed("the truth", flags.TRUTH):
        return _read(request)


def _read(request: PredictionRequest) -> Truth:
    options = request.truth_options
    if options.label is None:
        options = replace(options, label=request.wishes.truth)
    held: Holder | None = None
    ids: list[pl.Series] = []
    id_name: str | None = None
    sources = []
    for opened in Inputs(request.truth, options, _arrays.TRUTH_KEYS, "--truth"):
        batches = opened.batches
        if held is None:
            id_name = _id(batches, request)
            reading = _reading(batches, request, id_name)
            held = holder(reading)
        else:
            reading.check(batches, opened.name)
        if isinstance(batches, Matrix):
            for block in batches.blocks():
                held.update(block)
        else:
            columns = [*reading.columns, *([id_name] if id_name is not None else [])]
            for frame in batches.stream(tuple(dict.fromkeys(columns))):
                held.update(frame)
                ids += [as_text(frame[id_name])] if id_name is not None else []
        sources.append(opened.source)
    assert held is not None
    return Truth(_with_ids(held, ids), id_name, isinstance(held, LongHolder), tuple(sources))


def _id(batches: Matrix | Table, request: PredictionRequest) -> str | None:
    """The column of ids: named by the user, or found."""
    wanted = request.truth_id or request.wishes.id
    if request.by_position or isinstance(batches, Matrix):
        return None
    if wanted is not None:
        return named(batches, wanted, "--truth-id" if request.truth_id else "--id").name
    return Look(batches, None, request.wishes.truth).id


def _reading(batches: Matrix | Table, request: PredictionRequest, id_name: str | None) -> label_layout.Reading:
    wishes = replace(request.truth_wishes, label=request.wishes.truth)
    if isinstance(batches, Matrix) or [c.name for c in batches.columns] == ["value"]:
        return label_layout.decide(batches, replace(wishes, label=None))
    if wishes.layout == "long":
        return label_layout.decide(batches, replace(wishes, id=id_name))
    rest = tuple(c for c in batches.columns if c.name != id_name)
    return label_layout.decide(replace(batches, columns=rest), wishes)


def _with_ids(held: Holder, ids: "list[pl.Series]") -> RowLabels:
    import polars as pl

    labels = held.finish()
    if isinstance(held, LongHolder) or not ids:
        return labels
    return replace(labels, ids=pl.concat(ids))


def beside(dumps: Iterable[Dump]) -> Truth:
    """The truth from columns beside the scores: one pass that reads nothing else."""
    held: Holder | None = None
    for dump in dumps:
        assert dump.truth is not None
        assert not isinstance(dump.batches, Matrix)
        held = held or holder(dump.truth)
        for frame in dump.batches.stream(dump.truth.columns):
            held.update(frame)
    assert held is not None
    return Truth(held.finish())


def in_archive(request: PredictionRequest, arrays: tuple[str, ...], inputs: Inputs) -> PredictionRequest:
    """The request with the array of truth that lies beside that of the predictions in an `.npz` file."""
    if request.truth is not None or not arrays:
        return request
    key = request.wishes.truth or _arrays.choose(arrays, _arrays.TRUTH_KEYS)
    if key is None or key == request.options.label:
        return request
    options = replace(request.truth_options, label=key)
    return replace(request, truth=inputs.inputs, truth_options=options, wishes=replace(request.wishes, truth=None))
