"""The examination of labels: read, lay out, tally and profile."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..batches import Batches, Table
from ..engines.local import Progress, count
from ..errors import InputError, RefusedError
from ..labels import columns, damaged_rows, layout, profile
from ..labels.layout import Reading, Wishes
from ..labels.set_counts import SetCounts
from ..labels.tally import LabelTally
from ..model import LabelProfile, Source, Task
from ..readers import _choose, npz
from ..readers._source import Options
from .inputs import Inputs

PERCENTILES = (1.0, 10.0, 20.0, 50.0, 80.0, 90.0, 99.0)


@dataclass(frozen=True)
class LabelRequest:
    """Everything one can say about label files; the defaults find out. `strict`: damage is an error, not a finding."""

    options: Options = field(default_factory=Options)
    wishes: Wishes = field(default_factory=Wishes)
    task: Task | None = None
    max_classes: int = 1_000_000
    percentiles: Sequence[float] = PERCENTILES
    classes_text: str | None = None
    strict: bool = False


def examine_labels(
    inputs: Any, request: LabelRequest, progress: Progress | None = None
) -> tuple[LabelProfile, tuple[Source, ...]]:
    """Read, lay out, tally and profile: from inputs to what is known about the labels."""
    request = with_classes(request)
    wishes = request.wishes
    reading: Reading | None = None
    tally = LabelTally(max_classes=request.max_classes)
    sources: list[Source] = []
    for opened in Inputs(inputs, request.options, npz.LABEL_KEYS):
        batches = opened.batches
        if reading is None:
            reading = layout.decide(batches, wishes)
            tally.label_sets = SetCounts() if reading.multiple else None
        try:
            count(batches, reading, tally, progress, opened.name)
        except RefusedError as error:
            raise _with_candidates(error, batches, reading) from None
        if opened.changed():
            damaged_rows.changed(tally, opened.name, strict=request.strict)
        sources.append(opened.source)
    if reading is None:
        raise InputError("no input was named", "name a label file, or '-' for standard input")
    finish = getattr(reading.counting, "finish", None)
    if finish is not None:
        finish(tally)
    damaged_rows.settle(tally, reading.counting, strict=request.strict)
    labels = profile.build(
        tally,
        reading.layout,
        classes=reading.classes,
        n_samples=wishes.n_samples,
        task=request.task,
        percentiles=request.percentiles,
        value_type=reading.value_type,
        counts_only=reading.counts_only and wishes.n_samples is None,
    )
    return labels, tuple(sources)


def with_classes(request: LabelRequest) -> LabelRequest:
    """The request with `--classes a,b,c|FILE` turned into names in index order."""
    if request.classes_text is None:
        return request
    names = _choose.class_names(request.classes_text)
    return replace(request, classes_text=None, wishes=replace(request.wishes, classes=names))


def _with_candidates(error: RefusedError, batches: Batches, reading: Reading) -> RefusedError:
    """The refusal of an id column, naming columns that look more like labels."""
    if not isinstance(batches, Table):
        return error
    better = [f for f in columns.facts(batches) if f.plausible and f.column.name not in reading.columns]
    if not better:
        return error
    return RefusedError(error.message, f"better candidates: {', '.join(f.described for f in better[:5])}; {error.hint}")
