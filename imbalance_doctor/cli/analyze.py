"""`analyze`: how rare is each class, where does that put the decision boundary, what will a naive model do?"""

from typing import TYPE_CHECKING, Annotated

import typer

from ._options import Inputs, Metric, Model, label_request, takes
from ._printing import Printing, printing

if TYPE_CHECKING:
    from ..doctor import LabelRequest


@takes(printing, "printing")
@takes(label_request)
def command(
    *,
    inputs: Inputs,
    metric: Metric = "macro-f1",
    model: Model = "network",
    percentiles: Annotated[
        str, typer.Option(help="Percentiles across classes, comma separated.")
    ] = "1,10,20,50,80,90,99",
    request: "LabelRequest",
    printing: "Printing",
) -> int:
    """Examine label files: rarity, decision boundary, what a naive model would score, and what to do first."""
    from dataclasses import replace

    from .. import doctor
    from ..readers._choose import Paths
    from ._choices import numbers
    from ._output import progress

    request = replace(request, percentiles=numbers("--percentiles", percentiles, 0, 100))
    report = doctor.analyze(
        Paths(inputs), request, metric=metric, model=model, ignore=printing.ignore, progress=progress()
    )
    return printing.show(report)
