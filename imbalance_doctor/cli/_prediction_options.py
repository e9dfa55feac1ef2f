"""The options of `predictions` that say how dump, truth and training labels are read."""

from typing import TYPE_CHECKING, Annotated

import typer

from ._options import MOST_BYTES, MaxBytes

if TYPE_CHECKING:
    from ..examinations.request import PredictionRequest


def prediction_request(
    labels: Annotated[str | None, typer.Option(help="The truth: any label file.")] = None,
    train_labels: Annotated[str | None, typer.Option(help="The training labels: any label file, or counts.")] = None,
    prior: Annotated[
        str | None, typer.Option(help="Class priors: 0.9,0.1 in class order, or a file of 'class,prior' lines.")
    ] = None,
    kind: Annotated[str | None, typer.Option(help="probabilities, logits or labels.")] = None,
    task: Annotated[str | None, typer.Option(help="softmax, sigmoid or binary.")] = None,
    threshold: Annotated[float | None, typer.Option(help="The cut, on the scale of the scores.")] = None,
    classes: Annotated[str | None, typer.Option(help="Classes in index order: a,b,c or a file, one a line.")] = None,
    scores: Annotated[str | None, typer.Option(help="Columns of scores: names or patterns, 'prob_*'.")] = None,
    label: Annotated[str | None, typer.Option(help="Column of predicted labels, or .npz key of the dump.")] = None,
    truth: Annotated[str | None, typer.Option(help="Column or .npz key of the true labels.")] = None,
    id_: Annotated[str | None, typer.Option("--id", help="Column that names the sample, to join by.")] = None,
    truth_id: Annotated[str | None, typer.Option(help="The same in the truth, if named otherwise.")] = None,
    by_position: Annotated[bool, typer.Option("--by-position", help="Join row by row, ids or not.")] = False,
    exact: Annotated[bool, typer.Option("--exact", help="Rank every row exactly, in a second pass.")] = False,
    layout: Annotated[str | None, typer.Option(help="matrix, vector, column, list or long.")] = None,
    input_format: Annotated[str | None, typer.Option(help="Format of the dump: see 'list readers'.")] = None,
    delimiter: Annotated[str | None, typer.Option(help="Character between columns, '\\t' for a tab.")] = None,
    quote: Annotated[str | None, typer.Option(help="Quote character, or none.")] = None,
    header: Annotated[bool | None, typer.Option("--header/--no-header", help="Whether row 1 names columns.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Text encoding, unless UTF-8 or marked.")] = None,
    truth_layout: Annotated[str | None, typer.Option(help="column, delimited, indicator or long.")] = None,
    truth_format: Annotated[str | None, typer.Option(help="Format of the truth.")] = None,
    truth_header: Annotated[
        bool | None, typer.Option("--truth-header/--no-truth-header", help="Whether row 1 of the truth names columns.")
    ] = None,
    separator: Annotated[str | None, typer.Option(help="What separates the true labels inside a cell.")] = None,
    missing: Annotated[list[str] | None, typer.Option(help="A true label that means missing. Repeatable.")] = None,
    train_label: Annotated[str | None, typer.Option(help="Column of the training labels.")] = None,
    train_layout: Annotated[
        str | None, typer.Option(help="column, delimited, indicator or counts: the training labels.")
    ] = None,
    n_samples: Annotated[int | None, typer.Option(min=1, help="Samples behind training counts.")] = None,
    max_bytes: MaxBytes = MOST_BYTES,
) -> "PredictionRequest":
    """The request behind these options."""
    from ..examinations.request import PredictionRequest
    from ..labels.layout import Wishes as LabelWishes
    from ..predictions.columns import Wishes
    from ..readers._choose import Paths
    from ..readers._source import Options

    true = LabelWishes(truth_layout, None, None, separator, tuple(missing or ()))
    return PredictionRequest(
        options=Options(input_format, delimiter, quote, header, encoding, label, max_bytes=max_bytes),
        wishes=Wishes(layout, scores, label, truth, id_, kind, task, threshold),
        truth=None if labels is None else Paths([labels]),
        truth_options=Options(truth_format, header=truth_header, encoding=encoding, max_bytes=max_bytes),
        truth_wishes=true,
        truth_id=truth_id,
        by_position=by_position,
        train=None if train_labels is None else Paths([train_labels]),
        train_wishes=LabelWishes(train_layout, train_label, None, separator, tuple(missing or ()), n_samples=n_samples),
        priors=prior,
        exact=exact,
        classes_text=classes,
    )
