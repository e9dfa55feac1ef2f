"""The options of `diagnose`: the evidence, and how labels, predictions and truth are read."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ..differential import Evidence
    from ..labels.layout import Wishes


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
    from ..errors import UsageError
    from ..examinations.history import HistoryRequest
    from ..examinations.request import PredictionRequest
    from ..predictions.columns import Wishes as ScoreWishes
    from ..readers import _choose
    from ..readers._source import Options

    given = {"--labels": labels, "--predictions": predictions, "--truth": truth, "--history": history}
    for flag, name in given.items():
        if name == "-":
            raise UsageError(f"{flag} cannot be standard input: evidence is read more than once", "save it as a file")
    names = None if classes is None else _choose.class_names(classes)
    read = replace(_wishes(layout, label, separator, missing, n_samples), classes=names)
    samples = (("train", train_samples), ("validation", val_samples))
    paths = [None if name is None else _choose.Paths([name]) for name in given.values()]
    return differential.Evidence(
        paths[0],
        paths[1],
        paths[2],
        paths[3],
        label_request=doctor.LabelRequest(Options(label=label), read),
        prediction_request=PredictionRequest(
            options=Options(predictions_format, label=prediction),
            wishes=ScoreWishes(None, scores, prediction, truth_column, id_, kind, task, threshold, names),
            truth_options=Options(truth_format),
            truth_wishes=replace(_wishes(None, None, separator, missing, None), classes=names),
            by_position=by_position,
            train_wishes=read,
            exact=exact,
        ),
        history_request=HistoryRequest(
            options=Options(history_format),
            label_options=Options(label=label),
            label_wishes=read,
            run=run,
            samples=tuple((split, n) for split, n in samples if n is not None),
        ),
    )


def _wishes(
    layout: str | None, label: str | None, separator: str | None, missing: list[str] | None, n_samples: int | None
) -> "Wishes":
    from ..labels.layout import Wishes

    return Wishes(layout, label, None, separator, tuple(missing or ()), n_samples=n_samples)
