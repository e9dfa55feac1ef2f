"""`diagnose`: the differential diagnosis from labels, predictions and a training log, any of the three."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ._diagnose_options import evidence
from ._options import Force, Metric, Model, Output, takes

if TYPE_CHECKING:
    from ..differential import Evidence


@takes(evidence)
def command(
    *,
    metric: Metric = "macro-f1",
    model: Model = "network",
    format: Annotated[str, typer.Option("--format", "-f", help="text, json or markdown.")] = "text",  # noqa: A002
    output: Output = None,
    force: Force = False,
    top: Annotated[int, typer.Option(min=1, help="Rows shown in text and Markdown.")] = 20,
    all_: Annotated[bool, typer.Option("--all", help="Draw the tables of each examination.")] = False,
    ignore: Annotated[list[str] | None, typer.Option(help="A rule to leave out, by code or name. Repeatable.")] = None,
    fail_on: Annotated[
        str, typer.Option(help="Exit 1 from this severity on: info, warning, error or never.")
    ] = "error",
    color: Annotated[str, typer.Option(help="auto, always or never.")] = "auto",
    request: "Evidence",
) -> int:
    """Rank the causes: --labels, --predictions with --truth, --history; any of them, the more the surer."""
    from dataclasses import replace

    from .. import differential
    from ..plugins import reports
    from ..prescribe import METRICS, MODELS
    from ._choices import exit_code, one_of
    from ._output import ascii_only, colour, progress, put
    from ._terminal import columns

    renderer = reports().find(format)
    one_of("--fail-on", fail_on, ("info", "warning", "error", "never"))
    one_of("--color", color, ("auto", "always", "never"))
    one_of("--metric", metric, METRICS)
    one_of("--model", model, MODELS)
    report = differential.diagnose(
        replace(request, ignore=tuple(ignore or ())), metric=metric, model=model, progress=progress()
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
