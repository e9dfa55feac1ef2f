"""From the records of a log to everything that is known about it: series, fingerprints and the verdict."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..errors import InputError, UsageError
from ..model import ClassCounts, HistoryProfile
from .layout import Gatherer, framework_of
from .records import Log


def build(
    logs: Iterable[Log],
    counts: ClassCounts | None = None,
    sample_sizes: Mapping[str, int] | None = None,
    run: str | None = None,
) -> HistoryProfile:
    """The profile of the runs in these logs, or of the one named `run`.

    `counts`: classes of the training labels; `sample_sizes`: samples by split, which go before what the log says.
    Raises InputError where the logs hold no metric, UsageError for a run that is not in them.
    """
    from . import fingerprints, verdict

    gatherer = Gatherer(run)
    formats: dict[str, None] = {}
    frameworks: dict[str, None] = {}
    sizes: dict[str, int] = {}
    for log in logs:
        gatherer.take(log)
        formats[log.format] = None
        frameworks[log.framework or framework_of(gatherer.meanings)] = None
        sizes = {**log.sample_sizes, **sizes}
    framework = ", ".join(filter(None, frameworks))
    found = gatherer.finish(framework)
    series = found.series
    if not any(one.role != "learning_rate" for one in series):
        raise _nothing(gatherer, ", ".join(formats))
    if all(one.n == 1 and one.points[0].step is None for one in series):
        names = ", ".join(one.name for one in series[:5])
        raise InputError(
            f"one value of each metric ({names}) and no step: one result, not a history",
            "name the log with one record an epoch or step",
        )
    runs = tuple(dict.fromkeys(one.run for one in series))
    if run is not None:
        if run not in runs:
            raise UsageError(f"there is no run named {run!r} in the log", f"its runs are {', '.join(runs[:20])}")
        series, runs = tuple(one for one in series if one.run == run), (run,)
    sizes = {**sizes, **(sample_sizes or {})}
    hits, tried = fingerprints.match(series, counts, sizes)
    draft = HistoryProfile(
        ", ".join(formats),
        framework,
        found.n_records,
        runs,
        series,
        found.auxiliary,
        found.not_understood,
        hits,
        tried,
        "learning",
        sizes,
        tuple(found.notes),
    )
    return replace(draft, verdict=verdict.judge(draft))


def _nothing(gatherer: Gatherer, format_: str) -> InputError:
    """The error for a log without metrics: what it does hold."""
    if format_ == "tensorboard":
        return InputError(
            f"{gatherer.n_records:,} records and no scalars: the event file holds graphs or other summaries only",
            "name the event file of the run's metrics; Keras keeps those of training and validation in two folders",
        )
    seen = [name for name, meaning in gatherer.meanings.items() if meaning.kind != "metric"][:8]
    names = f"its columns are {', '.join(seen)}" if seen else "it holds no names with numbers"
    return InputError(f"no metric in {gatherer.n_records:,} records: {names}", "is it a training log? name its file")
