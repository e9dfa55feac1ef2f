"""`lint`: weights that exist already, against the labels they are for."""

from typing import TYPE_CHECKING, Annotated

import typer

from ._options import label_request, takes
from ._printing import Printing, printing

if TYPE_CHECKING:
    from ..doctor import LabelRequest


@takes(printing, "printing")
@takes(label_request)
def command(
    *,
    weights: Annotated[
        str, typer.Argument(help="JSON, YAML, TOML, CSV, a pasted list, or Python, which is not run; '-' is stdin.")
    ],
    labels: Annotated[list[str], typer.Option("--labels", help="The training labels: any label file, or counts.")],
    loss: Annotated[
        str, typer.Option(help="cross-entropy, bce-weight, bce-pos-weight, bce-pair, focal or logit-adjusted.")
    ] = "",
    framework: Annotated[str, typer.Option(help="pytorch, keras, sklearn, xgboost, lightgbm, catboost, mmseg …")] = "",
    key: Annotated[
        str | None, typer.Option(help="Where the weights stand, if there are several: name or line.")
    ] = None,
    sampler: Annotated[bool, typer.Option("--sampler", help="A weighted sampler is in use as well.")] = False,
    dtype: Annotated[str, typer.Option(help="Type of the weights in training, such as float16.")] = "",
    request: "LabelRequest",
    printing: "Printing",
) -> int:
    """Check weights you already have: length, order, direction, scale, and the boundary they imply."""
    from .. import doctor
    from ..errors import UsageError
    from ..examinations.lint import LintRequest
    from ..readers._choose import Paths
    from ._output import progress

    if weights == "-" and "-" in labels:
        raise UsageError("standard input can be read only once", "name a file for the weights or for the labels")
    asked = LintRequest(key, loss, framework, sampler, dtype)
    report = doctor.lint(weights, Paths(labels), asked, request, ignore=printing.ignore, progress=progress())
    return printing.show(report)
