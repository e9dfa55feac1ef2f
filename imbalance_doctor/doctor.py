"""The story, in order: read, lay out, tally, profile, rules, prescription, weights. Only this file knows every step."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .engines.local import Progress
from .errors import InputError
from .examinations.labels import PERCENTILES, LabelRequest, examine_labels, with_classes
from .model import Finding, LabelProfile, Prescription, Recipe, Report, Skipped, Task, Weights

if TYPE_CHECKING:
    from .examinations.history import HistoryRequest
    from .examinations.lint import LintRequest
    from .examinations.request import PredictionRequest

__all__ = ["PERCENTILES", "LabelRequest", "examine_labels"]


def analyze(
    inputs: Any,
    request: LabelRequest | None = None,
    *,
    metric: str = "macro-f1",
    model: str = "network",
    ignore: Sequence[str] = (),
    progress: Progress | None = None,
) -> Report:
    """Examine labels: paths, or an array, Series, data frame, list or sparse matrix held in memory.

    Raises InputError when the labels cannot be read in one way, RefusedError for pickles and over limits.
    """
    asked = request or LabelRequest()
    asked = replace(asked, options=replace(asked.options, set_aside=True))
    labels, sources = examine_labels(inputs, asked, progress)
    findings, skipped = judge({"labels": labels}, ignore)
    return Report(
        "analyze", sources, labels, prescription=prescribe(labels, metric, model), findings=findings, skipped=skipped
    )


def weights(
    inputs: Any,
    request: LabelRequest | None = None,
    *,
    scheme: str = "auto",
    parameters: Mapping[str, float] | None = None,
    cap: float | None = None,
    normalize: str | None = None,
    zero_count: str = "refuse",
    metric: str = "macro-f1",
    model: str = "network",
    loss: str | None = None,
    target: str | None = None,
    progress: Progress | None = None,
) -> Report:
    """The weights of one scheme for these labels; "auto" is the scheme of the prescription, or of the loss if named.

    With a target, "auto" is the nearest scheme it can express. With a loss the report has its recipe too. Raises
    InputError for classes without samples until `zero_count` says what to do with them.
    """
    labels, sources = examine_labels(inputs, request or LabelRequest(), progress)
    prescription = prescribe(labels, metric, model)
    numbers = dict(parameters or {})
    own: dict[str, float] = {}
    if loss is not None:
        from . import losses
        from .plugins import losses as shelf

        plugin = shelf().find(loss)
        scheme = losses.scheme(plugin, labels.counts.task, scheme)
        own = {name: numbers.pop(name) for name in losses.tunables(plugin) if name in numbers}
        losses.require_known(plugin, scheme, numbers)
        losses.require_factors(plugin, scheme, {"--cap": cap, "--normalize": normalize})
    elif scheme == "auto":
        scheme = chosen(prescription, labels.counts.task, target)
    made = weigh(labels, prescription, scheme, numbers, cap, normalize, zero_count)
    recipe = losses.make(loss, made, own) if loss is not None else None
    return Report("weights", sources, labels, weights=made, prescription=prescription, recipe=recipe)


def predictions(
    inputs: Any,
    request: "PredictionRequest | None" = None,
    *,
    metric: str = "macro-f1",
    ignore: Sequence[str] = (),
    progress: Progress | None = None,
) -> Report:
    """Examine predictions: a dump of scores or predicted labels, as a path, array, data frame or list.

    Raises InputError when the dump cannot be read in one way or the truth does not fit, RefusedError for pickles.
    """
    from .examinations import predictions as examination
    from .examinations.request import PredictionRequest

    found = examination.examine(inputs, request or PredictionRequest(), metric, progress)
    findings, skipped = judge({"predictions": found.profile, "labels": found.labels}, ignore)
    return Report("predictions", found.sources, found.labels, found.profile, findings=findings, skipped=skipped)


def history(
    inputs: Any,
    request: "HistoryRequest | None" = None,
    *,
    ignore: Sequence[str] = (),
    progress: Progress | None = None,
) -> Report:
    """Examine training logs: paths of files, or of a folder of event files.

    Raises InputError when there is no log, or no metric in it; RefusedError for pickles and over limits.
    """
    from .examinations import history as examination

    found = examination.examine(inputs, request or examination.HistoryRequest(), progress)
    findings, skipped = judge({"history": found.profile, "labels": found.labels}, ignore)
    return Report("history", found.sources, found.labels, history=found.profile, findings=findings, skipped=skipped)


def lint(
    inputs: Any,
    labels: Any,
    request: "LintRequest | None" = None,
    label_request: LabelRequest | None = None,
    *,
    ignore: Sequence[str] = (),
    progress: Progress | None = None,
) -> Report:
    """Examine weights a user already has, a path or numbers in memory, against the labels they are for.

    Only the rules about weights are asked: what is wrong with the labels is the business of `analyze`. Raises
    InputError when there are no weights to be read, or several; RefusedError for pickles and over limits.
    """
    from .examinations import lint as examination
    from .rules import _run

    asked = request or examination.LintRequest()
    found = examination.examine(inputs, labels, asked, label_request or LabelRequest(), progress)
    evidence = {"weights": found.profile, "labels": found.labels}
    findings, skipped = _run.run(evidence, ignore=ignore, folders=("weights",))
    return Report("lint", found.sources, found.labels, given=found.profile, findings=findings, skipped=skipped)


def emit_thresholds(format: str, report: Report) -> str:  # noqa: A002
    """The numbers of the best remedy in a report of predictions as json, yaml, csv or python.

    Raises InputError when no remedy can be recommended.
    """
    from . import threshold_text
    from .predictions import rescue

    found = report.predictions
    assert found is not None
    remedy = rescue.best(found.remedies)
    if remedy is None:
        why = next((r.note for r in found.remedies if r.note), "give the truth with --labels, or priors with --prior")
        raise InputError("no correction of these predictions can be recommended", why)
    return threshold_text.emit_thresholds(format, tuple(row.name for row in found.classes), remedy, found)


NEAREST = ("balanced", "balanced-pair", "pos-weight", "repeat-factor")
"""Corrections in the order in which they stand in for one that a target cannot express."""


def chosen(prescription: Prescription, task: Task, target: str | None) -> str:
    """The scheme of the prescription, or the nearest that the target can express; a mere start has no stand-in."""
    from .plugins import emitters, schemes

    if prescription.scheme == "none":
        return "uniform"
    wanted = schemes().find(prescription.scheme)
    card = None if target is None else emitters().find(target).card
    if card is None or getattr(wanted.module, "START_ONLY", False) or card.takes(wanted.name, wanted.card.kind, task):
        return wanted.name
    fitting = (name for name in NEAREST if card.takes(name, schemes().find(name).card.kind, task))
    return next(fitting, wanted.name)


def weigh(
    labels: LabelProfile,
    prescription: Prescription,
    scheme: str,
    parameters: Mapping[str, float],
    cap: float | None,
    normalize: str | None,
    zero_count: str,
) -> Weights:
    """Apply a scheme to a profile."""
    from . import weighting

    name = scheme
    if scheme == "auto":
        name = "uniform" if prescription.scheme == "none" else prescription.scheme
    return weighting.apply(
        labels.counts, name, parameters=parameters, cap=cap, normalize=normalize, zero_count=zero_count
    )


def emit(target: str, made: Weights, recipe: Recipe | None = None) -> str:
    """The text for one target, of a loss if there is one. Raises UsageError for what it would ignore or misread."""
    from . import emitters

    return emitters.emit(target, made) if recipe is None else emitters.emit_loss(target, made, recipe)


def emit_rows(
    target: str, report: Report, inputs: Any, request: LabelRequest, *, column: str = "weight", suffix: str = ""
) -> Iterator[bytes]:
    """Every row of the inputs of a report with its weight in a last column, in the format of a suffix, piece by piece.

    Raises UsageError for weights, layouts and suffixes that have no weight of a row, InputError when the name of the
    column is taken or the rows are not those that were counted.
    """
    from . import emitters
    from .examinations.rows import Rows

    made, labels = report.weights, report.labels
    assert made is not None
    assert labels is not None
    request = with_classes(request)
    rows = Rows(inputs, request.options, request.wishes, column, labels.n_rows, made.task == "multilabel")
    return emitters.emit_rows(target, made, rows, suffix)


def prescribe(labels: LabelProfile, metric: str, model: str) -> Prescription:
    """What to do first, by the decision tree."""
    from . import prescribe as tree

    return tree.prescribe(labels, metric=metric, model=model)


def judge(evidence: Mapping[str, object], ignore: Sequence[str]) -> tuple[tuple[Finding, ...], tuple[Skipped, ...]]:
    """Run every rule whose evidence is there."""
    from .rules import _run

    return _run.run(evidence, ignore=ignore)
