"""The priors of an examination: as the user says, else of the training labels, else of the truth."""

from pathlib import Path
from typing import Any

from ..errors import InputError
from ..model import LabelProfile, Source
from ..predictions import priors
from ..predictions.truth import RowLabels
from ..readers._source import Source as Bytes
from . import flags
from .request import PredictionRequest

Priors = tuple[tuple[float, ...] | None, str]
"""One per class, and where they come from; None when unknown."""


def training_labels(request: PredictionRequest) -> tuple[LabelProfile | None, tuple[Source, ...]]:
    """What `analyze` knows about the training labels."""
    if request.train is None:
        return None, ()
    from .. import doctor
    from ..readers._source import Options

    options = Options(label=request.train_wishes.label)
    with flags.renamed("the training labels", flags.TRAINING):
        return doctor.examine_labels(request.train, doctor.LabelRequest(options, request.train_wishes))


def of_request(
    request: PredictionRequest, names: tuple[str, ...], task: str, truth: RowLabels | None, train: LabelProfile | None
) -> Priors:
    """The priors in class order. Raises InputError where they are of other classes, or no probabilities."""
    if request.priors is not None:
        given = _typed(request.priors) if isinstance(request.priors, str) else request.priors
        return priors.in_order(given, names, task), "as given"
    if train is not None:
        counts = dict(zip(train.counts.names, train.counts.counts, strict=True))
        known = dict(zip(train.counts.names, train.counts.known, strict=True))
        return priors.of_counts(counts, known, names, "the training labels"), "training labels"
    if truth is not None and truth.n and any(truth.counts().values()):
        known = dict(zip(truth.names, truth.known_rows(len(truth.names)).tolist(), strict=True))
        return priors.of_counts(truth.counts(), known, names, "the truth"), "truth"
    return None, ""


def _typed(text: str) -> Any:
    path = Path(text)
    if "," in text or not path.is_file():
        return priors.parse(text, "--prior")
    content = Bytes(text, path).open().read(1 << 28)
    try:
        return priors.parse(content.decode("utf-8-sig"), text)
    except UnicodeDecodeError as error:
        raise InputError(f"{text} is not UTF-8 text at byte {error.start:,}", "save it as UTF-8") from None
