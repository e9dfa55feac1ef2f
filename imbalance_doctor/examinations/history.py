"""The examination of training logs: read them, gather the series, match the constants of the label counts."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..engines.local import Progress
from ..errors import InputError
from ..history import profile
from ..history.records import Log
from ..labels.layout import Wishes
from ..model import HistoryProfile, LabelProfile, Source
from ..readers import _log_choose
from ..readers._choose import Paths
from ..readers._objects import as_paths
from ..readers._source import Options


@dataclass(frozen=True)
class HistoryRequest:
    """Everything one can say about a log. `labels` and `val_labels` are label files or labels in memory.

    `run`: the one to look at. `samples`: samples by split, where they are known and not in the label files.
    """

    options: Options = field(default_factory=Options)
    labels: Any = None
    val_labels: Any = None
    label_options: Options = field(default_factory=Options)
    label_wishes: Wishes = field(default_factory=Wishes)
    run: str | None = None
    samples: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Examined:
    """What is known of a log, the training labels where given, and all inputs."""

    profile: HistoryProfile
    labels: LabelProfile | None
    sources: tuple[Source, ...]


def examine(inputs: Any, request: HistoryRequest, progress: Progress | None = None) -> Examined:
    """From logs to what is known about them. Raises InputError where there is no log, or no metric in it."""
    labels, label_sources = _labels(request.labels, request)
    held_out, more = _labels(request.val_labels, request)
    known = (("train", labels), ("validation", held_out))
    sizes = {split: found.n_samples for split, found in known if found is not None and _counted(found)}
    paths = as_paths(inputs)
    if not paths:
        raise InputError("no log was named", "name a training log, or '-' for standard input")
    opened: list[Source] = []
    found = profile.build(
        _logs(paths, request.options, opened, progress),
        None if labels is None else labels.counts,
        {**sizes, **dict(request.samples)},
        request.run,
    )
    return Examined(found, labels, (*opened, *label_sources, *more))


def _labels(inputs: Any, request: HistoryRequest) -> tuple[LabelProfile | None, tuple[Source, ...]]:
    if inputs is None:
        return None, ()
    from .. import doctor

    return doctor.examine_labels(inputs, doctor.LabelRequest(request.label_options, request.label_wishes))


def _counted(labels: LabelProfile) -> bool:
    """Whether the number of samples is known, and not only how often each class occurs in label sets."""
    return labels.n_samples > 0


def _logs(paths: Paths, options: Options, opened: list[Source], progress: Progress | None) -> Iterator[Log]:
    sources = _log_choose.sources(paths)
    names = _runs([source.name for source in sources])
    rows = 0
    for source, run in zip(sources, names, strict=True):
        try:
            log = _log_choose.open_log(source, options)
            log.run = run
            yield log
            rows += log.n_records
            if progress is not None:
                progress(rows)
            kind = f"{log.format}, {source.compression}" if source.compression else log.format
            opened.append(Source(source.name, kind, "; ".join(source.notes)))
        finally:
            source.close()


SPLIT_FOLDERS = ("train", "training", "validation", "val", "eval", "test")


def _runs(paths: list[str]) -> list[str]:
    """A name for the run of each file: none for one file; the folder, for the event files of train and validation."""
    if len(paths) == 1:
        return [""]
    folders = [os.path.dirname(path) for path in paths]
    parents = [os.path.dirname(f) if os.path.basename(f) in SPLIT_FOLDERS else f for f in folders]
    beside = [os.path.basename(f) in SPLIT_FOLDERS and "tfevents" in p for f, p in zip(folders, paths, strict=True)]
    named = [parent if within else path for parent, within, path in zip(parents, beside, paths, strict=True)]
    common = os.path.commonpath(named) if len(set(named)) > 1 and not any(map(os.path.isabs, named)) else ""
    return [os.path.relpath(name, common) if common else name for name in named]
