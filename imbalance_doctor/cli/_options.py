"""The options that label commands share, declared once and added to a command's own signature."""

import inspect
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from ..doctor import LabelRequest

MOST_BYTES = 1 << 40
"""The default of the readers, which are not imported to show a page of help."""
MaxBytes = Annotated[int, typer.Option(min=1, help="Decompressed bytes of one input above which it is refused.")]


def label_request(
    input_format: Annotated[str | None, typer.Option(help="Format of the input: see 'list readers'.")] = None,
    layout: Annotated[str | None, typer.Option(help="column, delimited, indicator, long or counts.")] = None,
    label: Annotated[
        str | None, typer.Option(help="Label column: its name, its number from 1, or an .npz key.")
    ] = None,
    id_: Annotated[str | None, typer.Option("--id", help="Column that names the sample (long layout).")] = None,
    separator: Annotated[str | None, typer.Option(help="What separates the labels inside a cell.")] = None,
    delimiter: Annotated[str | None, typer.Option(help="Character between columns, '\\t' for a tab.")] = None,
    quote: Annotated[str | None, typer.Option(help="Quote character, or none.")] = None,
    header: Annotated[bool | None, typer.Option("--header/--no-header", help="Whether row 1 names columns.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Text encoding, unless UTF-8 or marked.")] = None,
    missing: Annotated[list[str] | None, typer.Option(help="A cell text that means missing. Repeatable.")] = None,
    ignore_label: Annotated[list[str] | None, typer.Option(help="A label to leave out. Repeatable.")] = None,
    classes: Annotated[str | None, typer.Option(help="Classes in index order: a,b,c or a file, one a line.")] = None,
    count: Annotated[
        str | None, typer.Option(help="What to count: instances or images (COCO, YOLO), pixels or images (masks).")
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="Sheet of a workbook, by name.")] = None,
    records: Annotated[str | None, typer.Option(help="Key of a JSON object whose array holds the records.")] = None,
    label_prefix: Annotated[str | None, typer.Option(help="What marks a label in fastText text.")] = None,
    labels_xml: Annotated[str | None, typer.Option(help="MULAN's XML file that names the labels of an ARFF.")] = None,
    strip_bio: Annotated[bool, typer.Option("--strip-bio", help="Token tags without their B-, I-, E-, S-.")] = False,
    merge_spellings: Annotated[
        str | None, typer.Option(help="Count spellings as one class: case, space, unicode, number, or all.")
    ] = None,
    n_samples: Annotated[int | None, typer.Option(min=1, help="Number of samples behind given counts.")] = None,
    task: Annotated[str | None, typer.Option(help="binary, multiclass or multilabel.")] = None,
    max_classes: Annotated[int, typer.Option(min=1, help="Distinct labels read before giving up.")] = 1_000_000,
    max_bytes: MaxBytes = MOST_BYTES,
    strict: Annotated[
        bool, typer.Option("--strict", help="Take damage to a text file's structure as an error.")
    ] = False,
) -> "LabelRequest":
    """The request behind these options. Raises UsageError for an unknown task."""
    from ..doctor import LabelRequest
    from ..labels.layout import Wishes
    from ..labels.spelling import KINDS
    from ..model import TASKS
    from ..readers._source import Options, with_format
    from ._choices import among, one_of

    if task is not None:
        one_of("--task", task, TASKS)
    known = next((t for t in TASKS if t == task), None)
    said = Options(input_format, delimiter, quote, header, encoding, label, layout, count=count, sheet=sheet)
    said = replace(said, label_prefix=label_prefix, labels_xml=labels_xml, strip_bio=strip_bio or None)
    said = replace(said, records=records, max_bytes=max_bytes)
    return LabelRequest(
        options=with_format(said),
        wishes=Wishes(
            *(layout, label, id_, separator, tuple(missing or ()), tuple(ignore_label or ())),
            n_samples=n_samples,
            merge=among("--merge-spellings", merge_spellings, KINDS),
        ),
        task=known,
        max_classes=max_classes,
        classes_text=classes,
        strict=strict,
    )


def takes(build: Callable[..., Any], name: str = "request") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command the options of `build`; it receives what `build` makes of them as the argument `name`."""
    shared = inspect.signature(build).parameters

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        own = inspect.signature(function).parameters

        @wraps(function)
        def command(**arguments: Any) -> Any:
            made = build(**{option: arguments.pop(option) for option in shared})
            return function(**{name: made}, **arguments)

        merged = [p for option, p in own.items() if option != name] + list(shared.values())
        keyword_only = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in merged]
        command.__signature__ = inspect.Signature(keyword_only)  # type: ignore[attr-defined]
        command.__annotations__ = {p.name: p.annotation for p in keyword_only}
        return command

    return decorate


Metric = Annotated[
    str, typer.Option(help="accuracy, balanced-accuracy, macro-f1, micro-f1, ranking or cost: decides the boundary.")
]
Model = Annotated[str, typer.Option(help="linear, trees or network.")]
Output = Annotated[str | None, typer.Option("--output", "-o", help="Write to this file instead of stdout.")]
Force = Annotated[bool, typer.Option("--force", help="Replace the output file if it exists.")]
Inputs = Annotated[list[str], typer.Argument(help="Files, globs or folders of shards; '-' is standard input.")]
