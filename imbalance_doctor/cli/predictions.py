"""`predictions`: has the model collapsed, how, and can it be rescued without retraining?"""

from typing import TYPE_CHECKING, Annotated

import typer

from ._options import Metric, takes
from ._prediction_options import prediction_request
from ._printing import Printing, printing

if TYPE_CHECKING:
    from ..examinations.request import PredictionRequest


@takes(printing, "printing")
@takes(prediction_request)
def command(
    *,
    dump: Annotated[list[str], typer.Argument(help="Scores or predicted labels: files or shards; '-' is stdin.")],
    metric: Metric = "macro-f1",
    emit_thresholds: Annotated[
        str | None, typer.Option(help="Print the best correction as json, yaml, csv or python instead of the report.")
    ] = None,
    request: "PredictionRequest",
    printing: "Printing",
) -> int:
    """Examine a dump of predictions: has the model collapsed, how, and can a threshold rescue it?"""
    from .. import doctor
    from ..prescribe import METRICS
    from ..readers._choose import Paths
    from ._choices import one_of
    from ._output import progress

    one_of("--metric", metric, METRICS)
    if emit_thresholds is not None:
        one_of("--emit-thresholds", emit_thresholds, ("json", "yaml", "csv", "python"))
    report = doctor.predictions(Paths(dump), request, metric=metric, ignore=printing.ignore, progress=progress())
    if emit_thresholds is not None:
        printing.put(doctor.emit_thresholds(emit_thresholds, report))
        return 0
    return printing.show(report)
