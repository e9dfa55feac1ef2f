"""The options that commands with a report share, and the printing of the report."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ._options import Force, Output

if TYPE_CHECKING:
    from ..model import Report
    from ..plugins import Plugin


@dataclass(frozen=True)
class Printing:
    """How the report is drawn, where it goes, and from which severity on it is exit code 1."""

    renderer: "Plugin"
    output: Path | None
    force: bool
    top: int
    show_all: bool
    ignore: tuple[str, ...]
    fail_on: str
    color: str

    def put(self, text: str) -> None:
        """Write text where the report would go. Raises OutputError when that fails."""
        from ._output import put

        put(text, self.output, force=self.force)

    def show(self, report: "Report") -> int:
        """Draw the report, write it, and return the exit code."""
        from ._choices import exit_code
        from ._output import ascii_only, colour
        from ._terminal import columns
        from ._whole_file import not_an_input

        not_an_input(self.output, (source.name for source in report.sources))
        on_stdout = self.output is None
        text = self.renderer.verb(
            report,
            top=self.top,
            show_all=self.show_all,
            width=columns(),
            colour=on_stdout and colour(self.color),
            ascii_only=on_stdout and ascii_only(),
        )
        self.put(text)
        return exit_code(report, self.fail_on)


def printing(
    format: Annotated[str, typer.Option("--format", "-f", help="text, json, markdown or html.")] = "text",  # noqa: A002
    output: Output = None,
    force: Force = False,
    top: Annotated[int, typer.Option(min=1, help="Rows shown, except in JSON.")] = 20,
    all_: Annotated[bool, typer.Option("--all", help="Show every row.")] = False,
    ignore: Annotated[list[str] | None, typer.Option(help="A rule to leave out, by code or name. Repeatable.")] = None,
    fail_on: Annotated[str, typer.Option(help="Exit 1 from here on: info, warning, error or never.")] = "error",
    color: Annotated[str, typer.Option(help="auto, always or never.")] = "auto",
) -> Printing:
    """The printing behind these options.

    Raises UsageError for an unknown format, severity or colour choice, OutputError for a file not to be written.
    """
    from ..plugins import reports
    from ._choices import one_of
    from ._whole_file import check

    one_of("--fail-on", fail_on, ("info", "warning", "error", "never"))
    one_of("--color", color, ("auto", "always", "never"))
    target = Path(output) if output else None
    if target is not None:
        check(target, force)
    return Printing(reports().find(format), target, force, top, all_, tuple(ignore or ()), fail_on, color)
