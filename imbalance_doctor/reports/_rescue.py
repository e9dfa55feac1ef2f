"""The corrections after training: what each gained when it was tried, and what to paste."""

from ..model import PredictionProfile, Remedy
from ._grid import Column, Grid
from ._numbers import NONE, fraction, signed
from ._section import Code, Part, Remark, Section

MOST_PASTED = 20
"""Classes up to which the numbers are printed to be pasted."""
TRIED = "fitted on one half of the rows, scored on the other, both ways; gain over as is, 95 % interval"
UNTRIED = "without truth nothing can be tried"
NO_GAIN = "No correction is surely better than the scores as they are."
TO_FILE = "--emit-thresholds json|yaml|csv|python prints the numbers with the names of their classes."


def section(p: PredictionProfile) -> Section | None:
    """The remedies, the best one's numbers and the notes; None where nothing was tried."""
    from ..predictions.rescue import best

    if not p.remedies:
        return None
    remedies = [remedy for remedy in p.remedies if changes(remedy)]
    if not remedies:
        return Section("Rescue without retraining", "", tuple(remedy.note for remedy in p.remedies))
    tried = any(remedy.score is not None for remedy in remedies)
    chosen = best(p.remedies)
    parts: list[Part] = [_table(remedies)]
    if chosen is None:
        return Section("Rescue without retraining", TRIED if tried else UNTRIED, (*parts, NO_GAIN))
    parts += [Remark(f"{remedy.name}: {remedy.note}") for remedy in p.remedies if remedy.note]
    parts.append(f"{'Best' if tried else 'To try first'}: {chosen.name}. {TO_FILE}")
    if p.n_classes <= MOST_PASTED:
        parts.append(Code(paste(p, chosen)))
    return Section("Rescue without retraining", TRIED if tried else UNTRIED, tuple(parts))


def changes(remedy: Remedy) -> bool:
    """Whether there is anything to apply."""
    return any(value is not None for value in (*(remedy.thresholds or ()), *(remedy.offsets or ())))


def _table(remedies: list[Remedy]) -> Grid:
    metrics = {remedy.metric for remedy in remedies}
    columns = (
        Column("remedy", "name"),
        *((Column("metric", "left", drop=2),) if len(metrics) > 1 else ()),
        Column(metrics.pop() if len(metrics) == 1 else "score", "decimal"),
        Column("as is", "decimal"),
        Column("gain", "decimal"),
        Column("95 % interval", "left"),
        Column("needs", "left", drop=1),
    )
    several = any(column.header == "metric" for column in columns)
    return Grid(columns, tuple(_row(remedy, several) for remedy in remedies))


def _row(remedy: Remedy, several: bool) -> tuple[str, ...]:
    gain = NONE if remedy.score is None or remedy.as_is is None else signed(remedy.score - remedy.as_is)
    interval = NONE if remedy.interval is None else f"{signed(remedy.interval[0])} to {signed(remedy.interval[1])}"
    head = (remedy.name, *((remedy.metric,) if several else ()))
    return (
        *head,
        fraction(remedy.score),
        fraction(remedy.as_is),
        gain,
        interval,
        "truth" if remedy.needs_truth else "no truth",
    )


def paste(p: PredictionProfile, remedy: Remedy) -> str:
    """Lines of Python that apply the remedy to an array of scores, every digit kept.

    A threshold is an np.float64, because numpy would round a plain number to the precision of the scores.
    """
    if remedy.offsets is not None:
        scores = "scores" if p.score_kind == "logits" else "np.log(scores)"
        values = [0.0 if value is None else value for value in remedy.offsets]
        return f"import numpy as np\n\n{_listed('offsets', values)}\npredicted = ({scores} + offsets).argmax(axis=1)"
    values = [p.threshold if value is None else value for value in remedy.thresholds or ()]
    if p.task == "binary":
        values = values[-1:]
    if len(set(values)) == 1:
        return f"import numpy as np\n\npredicted = scores >= np.float64({values[0]!r})"
    return f"import numpy as np\n\n{_listed('thresholds', values)}\npredicted = scores >= thresholds"


def _listed(name: str, values: list[float]) -> str:
    """An array over several lines. Entries that are plain numbers become float64 in it."""
    lines = [f"{name} = np.array(["]
    for value in values:
        cell = f"{value!r},"
        if len(lines) == 1 or len(lines[-1]) + 1 + len(cell) > 56:
            lines.append(f"    {cell}")
        else:
            lines[-1] += f" {cell}"
    return "\n".join([*lines, "])  # in class order"])
