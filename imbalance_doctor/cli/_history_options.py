"""The options of `history` that say how the log and the labels beside it are read."""

from typing import TYPE_CHECKING, Annotated

import typer

from ._options import MOST_BYTES, MaxBytes

if TYPE_CHECKING:
    from ..examinations.history import HistoryRequest


def history_request(
    labels: Annotated[str | None, typer.Option(help="The training labels: any label file, or counts.")] = None,
    val_labels: Annotated[str | None, typer.Option(help="The validation labels.")] = None,
    run: Annotated[str | None, typer.Option(help="The run to look at, where the log holds several.")] = None,
    train_samples: Annotated[int | None, typer.Option(min=1, help="Samples of the training set.")] = None,
    val_samples: Annotated[int | None, typer.Option(min=1, help="Samples of the validation set.")] = None,
    input_format: Annotated[
        str | None,
        typer.Option(help="csv, jsonl, json, trainer-state, tensorboard, console, evaluation, or a table's format."),
    ] = None,
    delimiter: Annotated[str | None, typer.Option(help="Character between columns, '\\t' for a tab.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Text encoding, unless UTF-8 or marked.")] = None,
    label: Annotated[str | None, typer.Option(help="Label column of the label files.")] = None,
    layout: Annotated[str | None, typer.Option(help="Layout of the labels: column, delimited, indicator …")] = None,
    separator: Annotated[str | None, typer.Option(help="What separates the labels inside a cell.")] = None,
    n_samples: Annotated[int | None, typer.Option(min=1, help="Samples behind counts of training labels.")] = None,
    max_bytes: MaxBytes = MOST_BYTES,
) -> "HistoryRequest":
    """The request behind these options."""
    from ..examinations.history import HistoryRequest
    from ..labels.layout import Wishes
    from ..readers._choose import Paths
    from ..readers._source import Options

    samples = (("train", train_samples), ("validation", val_samples))
    return HistoryRequest(
        options=Options(input_format, delimiter, encoding=encoding, max_bytes=max_bytes),
        labels=None if labels is None else Paths([labels]),
        val_labels=None if val_labels is None else Paths([val_labels]),
        label_options=Options(label=label, max_bytes=max_bytes),
        label_wishes=Wishes(layout, label, None, separator, n_samples=n_samples),
        run=run,
        samples=tuple((split, n) for split, n in samples if n is not None),
    )
