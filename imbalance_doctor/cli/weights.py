"""`weights`: the numbers to paste into a loss, in the target framework's own syntax."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ._options import Force, Inputs, Metric, Output, label_request, takes

if TYPE_CHECKING:
    from ..doctor import LabelRequest
    from ..model import Report
    from ..plugins import Plugin
    from ..readers._choose import Paths


@takes(label_request)
def command(
    *,
    inputs: Inputs,
    to: Annotated[str, typer.Option("--to", "-t", help="Target: see 'list targets'.")] = "text",
    scheme: Annotated[
        str, typer.Option("--scheme", "-s", help="auto (the prescription's), or see 'list schemes'.")
    ] = "auto",
    loss: Annotated[
        str | None, typer.Option(help="A whole loss for --to pytorch, keras or jax: see 'list losses'.")
    ] = None,
    cap: Annotated[float | None, typer.Option(help="Largest weight.")] = None,
    normalize: Annotated[str | None, typer.Option(help="sample-mean, sum, max or none.")] = None,
    zero_count: Annotated[str, typer.Option(help="Classes without samples: refuse, exclude or value=X.")] = "refuse",
    power: Annotated[float | None, typer.Option(help="Exponent of the scheme power.")] = None,
    beta: Annotated[float | None, typer.Option(help="Beta of effective-number; default matched to the counts.")] = None,
    tau: Annotated[float | None, typer.Option(help="Tau of logit-adjustment.")] = None,
    threshold: Annotated[float | None, typer.Option(help="Threshold of repeat-factor.")] = None,
    c: Annotated[float | None, typer.Option("--c", help="Constant of enet.")] = None,
    max_margin: Annotated[float | None, typer.Option(help="Largest margin of ldam-margin.")] = None,
    param: Annotated[
        list[str] | None, typer.Option(help="Any other number of a scheme or loss: NAME=X. Repeatable.")
    ] = None,
    weight_column: Annotated[str | None, typer.Option(help="Column that --to row-weights adds: weight.")] = None,
    output: Output = None,
    force: Force = False,
    metric: Metric = "macro-f1",
    model: Annotated[str | None, typer.Option(help="linear, trees or network; default: the target's.")] = None,
    request: "LabelRequest",
) -> int:
    """Emit weights for a loss, in the syntax of a framework: --to pytorch, keras, sklearn, json, yaml …"""
    from .. import doctor
    from ..plugins import emitters
    from ..readers._choose import Paths
    from ._choices import named_numbers
    from ._output import progress, say

    target = emitters().find(to)
    _known(scheme, loss)
    file = ready(target, inputs, weight_column, output, force)
    given = {"power": power, "beta": beta, "tau": tau, "threshold": threshold, "c": c, "max_margin": max_margin}
    given |= named_numbers("--param", param or ())
    report = doctor.weights(
        Paths(inputs),
        request,
        scheme=scheme,
        parameters={name: value for name, value in given.items() if value is not None},
        cap=cap,
        normalize=normalize,
        zero_count=zero_count,
        metric=metric,
        model=model or target.card.model,
        loss=loss,
        target=target.name,
        progress=progress(),
    )
    write(target, report, Paths(inputs), request, weight_column or "weight", file, force)
    if scheme == "auto" and loss is None:
        say(_chosen(report))
    return 0


def _known(scheme: str, loss: str | None) -> None:
    """Raise UsageError for names that are on no shelf, before anything is read."""
    from ..plugins import losses, schemes

    if scheme != "auto":
        schemes().find(scheme)
    if loss is not None:
        losses().find(loss)


def ready(
    target: "Plugin", inputs: list[str], weight_column: str | None, output: str | None, force: bool
) -> Path | None:
    """The file to write, None for stdout: what cannot be written is said before anything is read.

    Raises OutputError for a file that must not be written; UsageError for rows that cannot be read twice, a suffix that
    no format of rows has, and a column that the target does not add.
    """
    from ..errors import UsageError
    from ..examinations.rows import require_files
    from ._whole_file import check

    file = Path(output) if output else None
    if file is not None:
        check(file, force)
    if hasattr(target.module, "emit_rows"):
        require_files(inputs)
        if file is not None:
            target.module.check_suffix(file.suffix.lower())
    elif weight_column is not None:
        raise UsageError(f"--weight-column is not for --to {target.name}", "use --to row-weights")
    return file


def write(
    target: "Plugin",
    report: "Report",
    inputs: "Paths",
    request: "LabelRequest",
    column: str,
    output: Path | None,
    force: bool,
) -> None:
    """Write the text of a target, or every row of the inputs with its weight where that is what the target is."""
    from .. import doctor
    from ._output import put, put_pieces
    from ._whole_file import not_an_input

    assert report.weights is not None
    not_an_input(output, (source.name for source in report.sources))
    if hasattr(target.module, "emit_rows") and report.recipe is None:
        suffix = output.suffix.lower() if output else ""
        pieces = doctor.emit_rows(target.name, report, inputs, request, column=column, suffix=suffix)
        put_pieces(pieces, output, force=force)
    else:
        put(doctor.emit(target.name, report.weights, report.recipe), output, force=force)


def _chosen(report: "Report") -> str:
    """What `--scheme auto` did, for stderr."""
    plan, made = report.prescription, report.weights
    assert plan is not None
    assert made is not None
    case = f"metric {plan.metric}, model {plan.model}"
    if plan.scheme == "none":
        return f"no weights are needed for {case}: {plan.steps[0].do} For weights all the same: --scheme NAME"
    if made.scheme != plan.scheme:
        return f"scheme {made.scheme}: the target has no place for {plan.scheme}, the prescription for {case}"
    return f"scheme {made.scheme}: the prescription for {case}; choose another with --scheme"
