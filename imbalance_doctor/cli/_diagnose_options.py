"""The options of `diagnose`: the evidence, and how labels, predictions and truth are read."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ..differential import Evidence
    from ..examinations.history import HistoryRequest
    from ..examinations.request import PredictionRequest
    from ..labels.layout import Wishes
    from ..predictions.columns import Wishes as ScoreWishes
    from ..readers._choose import Paths
    from ..readers._source import Options


def evidence(
    labels: Annotated[str | None, typer.Option(help="Training labels: any label file, or counts.")] = None,
    predictions: Annotated[str | None, typer.Option(help="Scores or predicted labels.")] = None,
    truth: Annotated[str | None, typer.Option(help="The truth of the predictions: any label file.")] = None,
    history: Annotated[str | None, typer.Option(help="A training log, or a folder of event files.")] = None,
    classes: Annotated[str | None, typer.Option(help="Classes in index order: a,b,c or a file, one a line.")] = None,
    label: Annotated[str | None, typer.Option(help="Column of the training labels.")] = None,
    layout: Annotated[str | None, typer.Option(help="Training labels: column, delimited, indicator, counts …")] = None,
    separator: Annotated[str | None, typer.Option(help="What separates the labels inside a cell.")] = None,
    missing: Annotated[list[str] | None, typer.Option(help="A label that means missing. Repeatable.")] = None,
    n_samples: Annotated[int | None, typer.Option(min=1, help="Samples behind counts of training labels.")] = None,
    kind: Annotated[str | None, typer.Option(help="Predictions: probabilities, logits or labels.")] = None,
    task: Annotated[str | None, typer.Option(help="Predictions: softmax, sigmoid or binary.")] = None,
    threshold: Annotated[float | None, typer.Option(help="The cut, on the scale of the scores.")] = None,
    scores: Annotated[str | None, typer.Option(help="Columns of scores: names or patterns, 'prob_*'.")] = None,
    prediction: Annotated[str | None, typer.Option(help="Column of predicted labels, or .npz key.")] = None,
    truth_column: Annotated[str | None, typer.Option(help="Column or .npz key of the true labels.")] = None,
    id_: Annotated[str | None, typer.Option("--id", help="Column that joins predictions and truth.")] = None,
    by_position: Annotated[bool, typer.Option("--by-position", help="Join row by row, ids or not.")] = False,
    exact: Annotated[bool, typer.Option("--exact", help="Rank every row exactly, in a second pass.")] = False,
    predictions_format: Annotated[str | None, typer.Option(help="Format of the predictions.")] = None,
    truth_format: Annotated[str | None, typer.Option(help="Format of the truth.")] = None,
    history_format: Annotated[str | None, typer.Option(help="Format of the log, as in `history`.")] = None,
    run: Annotated[str | None, typer.Option(help="The run to look at, where the log holds several.")] = None,
    train_samples: Annotated[int | None, typer.Option(min=1, help="Samples of the training set.")] = None,
    val_samples: Annotated[int | None, typer.Option(min=1, help="Samples of the validation set.")] = None,
) -> "Evidence":
    """The evidence behind these options. Raises UsageError for standard input, which cannot be read twice."""
    from dataclasses import replace

    from .. import differential, doctor
    from ..predictions.columns import Wishes as ScoreWishes
    from ..readers import _choose
    from ..readers._source import Options

    names = None if classes is None else _choose.class_names(classes)
    samples = (("train", train_samples), ("validation", val_samples))
    wishes = replace(_wishes(layout, label, separator, missing, n_samples), classes=names)
    return differential.Evidence(
        labels=_paths("--labels", labels),
        predictions=_paths("--predictions", predictions),
        truth=_paths("--truth", truth),
        history=_paths("--history", history),
        label_request=doctor.LabelRequest(Options(label=label), wishes),
        prediction_request=_prediction_request(
            Options(predictions_format, label=prediction),
            ScoreWishes(None, scores, prediction, truth_column, id_, kind, task, threshold, names),
            Options(truth_format),
            replace(_wishes(None, None, separator, missing, None), classes=names),
            wishes,
            by_position,
            exact,
        ),
        history_request=_history_request(Options(history_format), wishes, run, samples),
    )


def _paths(flag: str, name: str | None) -> "Paths | None":
    from ..errors import UsageError
    from ..readers._choose import Paths

    if name == "-":
        raise UsageError(f"{flag} cannot be standard input: evidence is read more than once", "save it as a file")
    return None if name is None else Paths([name])


def _prediction_request(
    options: "Options",
    scores: "ScoreWishes",
    truth_options: "Options",
    truth: "Wishes",
    train: "Wishes",
    by_position: bool,
    exact: bool,
) -> "PredictionRequest":
    from ..examinations.request import PredictionRequest

    return PredictionRequest(
        options=options,
        wishes=scores,
        truth_options=truth_options,
        truth_wishes=truth,
        by_position=by_position,
        train_wishes=train,
        exact=exact,
    )


def _history_request(
    options: "Options", labels: "Wishes", run: str | None, samples: tuple[tuple[str, int | None], ...]
) -> "HistoryRequest":
    from ..examinations.history import HistoryRequest
    from ..readers._source import Options as LabelOptions

    known = tuple((split, n) for split, n in samples if n is not None)
    return HistoryRequest(options, None, None, LabelOptions(label=labels.label), labels, run, known)


def _wishes(
    layout: str | None, label: str | None, separator: str | None, missing: list[str] | None, n_samples: int | None
) -> "Wishes":
    from ..labels.layout import Wishes

    return Wishes(layout, label, None, separator, tuple(missing or ()), n_samples=n_samples)
