"""`history`: is a training log frozen, and what does the frozen number mean?"""

from typing import TYPE_CHECKING, Annotated

import typer

from ._history_options import history_request
from ._options import takes
from ._printing import Printing, printing

if TYPE_CHECKING:
    from ..examinations.history import HistoryRequest


@takes(printing, "printing")
@takes(history_request)
def command(
    *,
    log: Annotated[list[str], typer.Argument(help="A training log, or a folder of event files; '-' is stdin.")],
    request: "HistoryRequest",
    printing: "Printing",
) -> int:
    """Examine a training log: is it frozen, NaN or diverged, and does the frozen number name the fault?"""
    from .. import doctor
    from ..readers._choose import Paths
    from ._output import progress

    report = doctor.history(Paths(log), request, ignore=printing.ignore, progress=progress())
    return printing.show(report)
