"""One file per target: weights in, text out."""

from ..errors import UsageError
from ..model import Weights
from ..plugins import emitters
from ._refusals import misfit


def emit(target: str, weights: Weights) -> str:
    """The weights in the syntax of a target, ending in one newline.

    Raises UsageError for an unknown target, and for a task or kind of scheme that the target would ignore or
    misread, with the reason and the nearest thing that works. Raises OutputError for a class name that the syntax
    cannot hold.
    """
    emitter = emitters().find(target)
    if weights.task == "binary" and len(weights.classes) != 2:
        raise UsageError(f"a binary task has two classes, not {len(weights.classes)}", "use --task multiclass")
    if weights.task not in emitter.card.tasks or weights.kind not in emitter.card.kinds:
        raise misfit(emitter.name, weights)
    return str(emitter.verb(weights))
