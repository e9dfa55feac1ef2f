"""`analyze`: how rare is each class, where does that put the decision boundary, what will a naive model do?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ._options import Force, Inputs, Metric, Model, Output, takes_labels

if TYPE_CHECKING:
    from ..doctor import LabelRequest


@takes_labels
def command(
    *,
    inputs: Inputs,
    format: Annotated[str, typer.Option("--format", "-f", help="text, json or markdown.")] = "text",  # noqa: A002
    output: Output = None,
    force: Force = False,
    metric: Metric = "macro-f1",
    model: Model = "network",
    percentiles: Annotated[
        str, typer.Option(help="Percentiles across classes, comma separated.")
    ] = "1,10,20,50,80,90,99",
    top: Annotated[int, typer.Option(min=1, help="Classes shown in text and Markdown.")] = 20,
    all_: Annotated[bool, typer.Option("--all", help="Show every class.")] = False,
    ignore: Annotated[list[str] | None, typer.Option(help="A rule to leave out, by code or name. Repeatable.")] = None,
    fail_on: Annotated[
        str, typer.Option(help="Exit 1 from this severity on: info, warning, error or never.")
    ] = "error",
    color: Annotated[str, typer.Option(help="auto, always or never.")] = "auto",
    request: "LabelRequest",
) -> int:
    """Examine label files: rarity, decision boundary, what a naive model would score, and what to do first."""
    from dataclasses import replace

    from .. import doctor
    from ..plugins import reports
    from ..readers._choose import Paths
    from ._choices import exit_code, numbers, one_of
    from ._output import ascii_only, colour, progress, put
    from ._terminal import columns

    renderer = reports().find(format)
    one_of("--fail-on", fail_on, ("info", "warning", "error", "never"))
    one_of("--color", color, ("auto", "always", "never"))
    request = replace(request, percentiles=numbers("--percentiles", percentiles, 0, 100))
    report = doctor.analyze(
        Paths(inputs), request, metric=metric, model=model, ignore=ignore or (), progress=progress()
    )
    text = renderer.verb(
        report,
        top=top,
        show_all=all_,
        width=columns(),
        colour=output is None and colour(color),
        ascii_only=output is None and ascii_only(),
    )
    put(text, Path(output) if output else None, force=force)
    return exit_code(report, fail_on)
