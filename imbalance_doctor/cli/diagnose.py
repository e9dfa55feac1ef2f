"""`diagnose`: the differential diagnosis from labels, predictions and a training log, any of the three."""

from typing import TYPE_CHECKING

from ._diagnose_options import evidence
from ._options import Metric, Model, takes
from ._printing import Printing, printing

if TYPE_CHECKING:
    from ..differential import Evidence


@takes(printing, "printing")
@takes(evidence)
def command(
    *,
    metric: Metric = "macro-f1",
    model: Model = "network",
    request: "Evidence",
    printing: "Printing",
) -> int:
    """Rank the causes: --labels, --predictions with --truth, --history; any of them, the more the surer."""
    from dataclasses import replace

    from .. import differential
    from ..prescribe import METRICS, MODELS
    from ._choices import one_of
    from ._output import progress

    one_of("--metric", metric, METRICS)
    one_of("--model", model, MODELS)
    report = differential.diagnose(
        replace(request, ignore=printing.ignore), metric=metric, model=model, progress=progress()
    )
    return printing.show(report)
