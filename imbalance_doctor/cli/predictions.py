"""`predictions`: has the model collapsed, how, and can it be rescued without retraining?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ._options import Force, Metric, Output, takes
from ._prediction_options import prediction_request

if TYPE_CHECKING:
    from ..examinations.request import PredictionRequest


@takes(prediction_request)
def command(
    *,
    dump: Annotated[list[str], typer.Argument(help="Scores or predicted labels: files or shards; '-' is stdin.")],
    metric: Metric = "macro-f1",
    emit_thresholds: Annotated[
        str | None, typer.Option(help="Print the best correction as json, yaml, csv or python instead of the report.")
    ] = None,
    format: Annotated[str, typer.Option("--format", "-f", help="text, json or markdown.")] = "text",  # noqa: A002
    output: Output = None,
    force: Force = False,
    top: Annotated[int, typer.Option(min=1, help="Classes shown in text and Markdown.")] = 20,
    all_: Annotated[bool, typer.Option("--all", help="Show every class.")] = False,
    ignore: Annotated[list[str] | None, typer.Option(help="A rule to leave out, by code or name. Repeatable.")] = None,
    fail_on: Annotated[
        str, typer.Option(help="Exit 1 from this severity on: info, warning, error or never.")
    ] = "error",
    color: Annotated[str, typer.Option(help="auto, always or never.")] = "auto",
    request: "PredictionRequest",
) -> int:
    """Examine a dump of predictions: has the model collapsed, how, and can a threshold rescue it?"""
    from .. import doctor
    from ..plugins import reports
    from ..prescribe import METRICS
    from ..readers._choose import Paths
    from ._choices import exit_code, one_of
    from ._output import ascii_only, colour, progress, put
    from ._terminal import columns

    renderer = reports().find(format)
    one_of("--fail-on", fail_on, ("info", "warning", "error", "never"))
    one_of("--color", color, ("auto", "always", "never"))
    one_of("--metric", metric, METRICS)
    if emit_thresholds is not None:
        one_of("--emit-thresholds", emit_thresholds, ("json", "yaml", "csv", "python"))
    report = doctor.predictions(Paths(dump), request, metric=metric, ignore=ignore or (), progress=progress())
    target = Path(output) if output else None
    if emit_thresholds is not None:
        put(doctor.emit_thresholds(emit_thresholds, report), target, force=force)
        return 0
    text = renderer.verb(
        report,
        top=top,
        show_all=all_,
        width=columns(),
        colour=output is None and colour(color),
        ascii_only=output is None and ascii_only(),
    )
    put(text, target, force=force)
    return exit_code(report, fail_on)
