"""`history`: is a training log frozen, and what does the frozen number mean?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ._history_options import history_request
from ._options import Force, Output, takes

if TYPE_CHECKING:
    from ..examinations.history import HistoryRequest


@takes(history_request)
def command(
    *,
    log: Annotated[list[str], typer.Argument(help="A training log, or a folder of event files; '-' is stdin.")],
    format: Annotated[str, typer.Option("--format", "-f", help="text, json or markdown.")] = "text",  # noqa: A002
    output: Output = None,
    force: Force = False,
    top: Annotated[int, typer.Option(min=1, help="Rows shown in text and Markdown.")] = 20,
    all_: Annotated[bool, typer.Option("--all", help="Show every row.")] = False,
    ignore: Annotated[list[str] | None, typer.Option(help="A rule to leave out, by code or name. Repeatable.")] = None,
    fail_on: Annotated[
        str, typer.Option(help="Exit 1 from this severity on: info, warning, error or never.")
    ] = "error",
    color: Annotated[str, typer.Option(help="auto, always or never.")] = "auto",
    request: "HistoryRequest",
) -> int:
    """Examine a training log: is it frozen, NaN or diverged, and does the frozen number name the fault?"""
    from .. import doctor
    from ..plugins import reports
    from ..readers._choose import Paths
    from ._choices import exit_code, one_of
    from ._output import ascii_only, colour, progress, put
    from ._terminal import columns

    renderer = reports().find(format)
    one_of("--fail-on", fail_on, ("info", "warning", "error", "never"))
    one_of("--color", color, ("auto", "always", "never"))
    report = doctor.history(Paths(log), request, ignore=ignore or (), progress=progress())
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
