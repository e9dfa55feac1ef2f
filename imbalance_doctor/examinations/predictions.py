"""The examination of predictions, in order: truth, dump, classes, join, tally, profile, remedies."""

from dataclasses import dataclass, replace
from typing import Any

from ..engines.local import Progress
from ..engines.scores import tally_blocks
from ..model import LabelProfile, PredictionProfile, Source
from ..predictions import profile, rescue
from ..predictions.blocks import Setting
from ..readers import _arrays
from . import answers, ranking, scores
from . import truth as truths
from .dumps import Dumps, Prepared
from .inputs import Inputs
from .priors import training_labels
from .request import PredictionRequest


@dataclass(frozen=True)
class Examined:
    """What is known of a dump, what was fixed before its first row, the training labels if given, and all inputs."""

    profile: PredictionProfile
    setting: Setting
    labels: LabelProfile | None
    sources: tuple[Source, ...]


HOPELESS = {
    "miswired": "The scores are not what they seem to be: repair the wiring first, then examine them again.",
    "cannot_judge": "Too little can be said of these rows to choose a correction by them.",
    "constant": "The scores are the same in every row: no cut can tell the rows apart.",
    "prior_only": "The scores do not rank: no threshold can help. Train the model first.",
}
"""Verdicts after which a gain, however sure, would be the gain of guessing otherwise."""


def examine(
    inputs: Any, request: PredictionRequest, metric: str = "macro-f1", progress: Progress | None = None
) -> Examined:
    """From inputs to what is known of the predictions, remedies included.

    Raises InputError when something can be read in two ways or truth and dump do not fit; RefusedError for pickles.
    """
    request = request.with_classes()
    dump_inputs = Inputs(inputs, request.options, _arrays.PREDICTION_KEYS)
    request = truths.in_archive(request, dump_inputs.arrays(), dump_inputs)
    truth = truths.separate(request)
    labels, train_sources = training_labels(request)
    dumps = Dumps(dump_inputs, request, truth)
    rest = iter(dumps)
    first = next(rest)
    prepared = (answers if first.head is None else scores).prepare(dumps, first, rest, labels)
    found = _profiled(prepared, request, metric, progress)
    sources = (*dumps.sources.values(), *(truth.sources if truth is not None else ()), *train_sources)
    return Examined(found, prepared.setting, labels, tuple(dict.fromkeys(sources)))


def _profiled(
    prepared: Prepared, request: PredictionRequest, metric: str, progress: Progress | None
) -> PredictionProfile:
    tally = tally_blocks(prepared.rows(), prepared.setting, progress)
    join = prepared.join
    notes = () if join is None else join.finish()
    rankings = ranking.exactly(prepared, tally) if request.exact else None
    found = profile.build(
        tally,
        replace(prepared.layout, notes=(*prepared.layout.notes, *notes)),
        joined_by="" if join is None else join.by,
        rankings=rankings,
    )
    why = HOPELESS.get(found.verdict)
    remedies = rescue.rescue(tally.sample, prepared.setting, metric) if why is None else rescue.withheld(metric, why)
    return replace(found, remedies=remedies)
