"""The differential diagnosis: every cause weighed on the evidence, ranked, and what is still missing.

Likelihood goes first. Among equals the order of the causes decides, wiring before a dead model before a model that
learnt nothing, because the earlier ones imitate the later ones; then the number of examinations that agree. While one
is established, those it imitates are possible at most.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from .causes._chart import GRADES, Card, Chart, Likelihood, Suspicion
from .engines.local import Progress
from .errors import UsageError
from .model import Cause, Diagnosis, Finding, HistoryProfile, LabelProfile, PredictionProfile, Report, Source
from .plugins import Shelf, shelf

if TYPE_CHECKING:
    from .doctor import LabelRequest
    from .examinations.history import HistoryRequest
    from .examinations.request import PredictionRequest


@dataclass(frozen=True)
class Evidence:
    """Inputs of a diagnosis, and how they are read. `truth` belongs to `predictions`."""

    labels: Any = None
    predictions: Any = None
    truth: Any = None
    history: Any = None
    label_request: "LabelRequest | None" = None
    prediction_request: "PredictionRequest | None" = None
    history_request: "HistoryRequest | None" = None
    ignore: Sequence[str] = field(default=())


def diagnose(
    evidence: Evidence, *, metric: str = "macro-f1", model: str = "network", progress: Progress | None = None
) -> Report:
    """Examine what is given, run all rules, rank the causes, and prescribe with everything known.

    Raises UsageError when nothing is given, or a truth without predictions; else what the examinations raise.
    """
    from . import doctor, prescribe

    if evidence.labels is None and evidence.predictions is None and evidence.history is None:
        raise UsageError(
            "there is nothing to diagnose",
            "give --labels (training labels), --predictions (scores or answers), --history (a training log), or "
            "several of them",
        )
    if evidence.truth is not None and evidence.predictions is None:
        raise UsageError("a truth was given without predictions", "add --predictions, or give --labels instead")
    labels, sources = _labels(evidence, progress)
    predictions, more = _predictions(evidence, metric, progress)
    history, most = _history(evidence, progress)
    found = {"labels": labels, "predictions": predictions, "history": history}
    findings, skipped = doctor.judge(found, evidence.ignore)
    prescription = (
        None
        if labels is None
        else prescribe.prescribe(labels, metric=metric, model=model, predictions=predictions, history=history)
    )
    return Report(
        "diagnose",
        tuple(dict.fromkeys((*sources, *more, *most))),
        labels,
        predictions,
        history,
        prescription=prescription,
        diagnosis=rank(labels, predictions, history, findings),
        findings=findings,
        skipped=skipped,
    )


def causes() -> Shelf:
    """The causes."""
    return shelf("causes", "CAUSE", "weigh", "cause")


def rank(
    labels: LabelProfile | None,
    predictions: PredictionProfile | None,
    history: HistoryProfile | None,
    findings: Sequence[Finding],
) -> Diagnosis:
    """The causes for or against which something speaks, the likeliest first, and the evidence that is missing."""
    chart = Chart(labels, predictions, history, findings)
    weighed = [(plugin.card, plugin.verb(chart)) for plugin in causes().values()]
    known = sorted(
        ((card, s) for card, s in weighed if s is not None and (s.pro or s.con)), key=lambda pair: pair[0].order
    )
    mask = next((card for card, s in known if card.imitates and s.likelihood == "established"), None)
    ranked = sorted(
        ((_grade(card, s, mask), card, s) for card, s in known),
        key=lambda one: (GRADES.index(one[0]), one[1].order, -one[2].independent),
    )
    return Diagnosis(
        tuple(_cause(grade, card, s, mask) for grade, card, s in ranked), missing(labels, predictions, history)
    )


def _grade(card: Card, suspicion: Suspicion, mask: Card | None) -> Likelihood:
    """The likelihood, held at "possible" behind a cause that imitates this one."""
    grade = suspicion.likelihood
    if mask is None or card.name not in mask.imitates:
        return grade
    return GRADES[max(GRADES.index(grade), GRADES.index("possible"))]


def _cause(grade: Likelihood, card: Card, suspicion: Suspicion, mask: Card | None) -> Cause:
    against = [str(clue) for clue in suspicion.con]
    if mask is not None and card.name in mask.imitates and grade == "possible":
        against.append(f"cannot be told from the consequences of {mask.name}, which is established")
    clues = suspicion.pro
    return Cause(
        card.name,
        card.title,
        grade,
        tuple(dict.fromkeys(map(str, clues))),
        tuple(against),
        suspicion.test,
        suspicion.remedy,
        tuple(dict.fromkeys(clue.code for clue in clues if clue.code)),
    )


def missing(
    labels: LabelProfile | None, predictions: PredictionProfile | None, history: HistoryProfile | None
) -> tuple[tuple[str, str], ...]:
    """Evidence that is absent, each with the one command that would supply it beside what is there."""
    flags = {
        "labels": "--labels LABELS" if labels is not None else "",
        "predictions": "--predictions DUMP" if predictions is not None else "",
        "truth": "--truth TRUTH" if predictions is not None and predictions.truth is not None else "",
        "history": "--history LOG" if history is not None else "",
    }

    def with_(**more: str) -> str:
        return " ".join(["imbalance-doctor diagnose", *filter(None, {**flags, **more}.values())])

    found = []
    if labels is None:
        text = "training labels: how rare each class is, and which loss a model prints that learnt nothing"
        found.append((text, with_(labels="--labels LABELS")))
    if predictions is None:
        text = "predictions with their truth: whether the classes rank, and whether a threshold is enough"
        found.append((text, with_(predictions="--predictions DUMP", truth="--truth TRUTH")))
    elif predictions.truth is None:
        text = "the truth of the predictions: whether the classes rank at all"
        found.append((text, with_(truth="--truth TRUTH")))
    if predictions is not None and predictions.score_kind == "labels":
        text = "scores instead of answers: whether the model or its cut is at fault"
        found.append((text, with_(predictions="--predictions SCORES")))
    if history is None:
        text = "the training log: whether it is frozen, and which fault prints the number it stands at"
        found.append((text, with_(history="--history LOG")))
    return tuple(found)


def _labels(evidence: Evidence, progress: Progress | None) -> tuple[LabelProfile | None, tuple[Source, ...]]:
    from . import doctor

    if evidence.labels is None:
        return None, ()
    return doctor.examine_labels(evidence.labels, evidence.label_request or doctor.LabelRequest(), progress)


def _predictions(
    evidence: Evidence, metric: str, progress: Progress | None
) -> tuple[PredictionProfile | None, tuple[Source, ...]]:
    from .examinations import predictions as examination
    from .examinations.request import PredictionRequest

    if evidence.predictions is None:
        return None, ()
    request = replace(evidence.prediction_request or PredictionRequest(), truth=evidence.truth, train=evidence.labels)
    found = examination.examine(evidence.predictions, request, metric, progress)
    return found.profile, found.sources


def _history(evidence: Evidence, progress: Progress | None) -> tuple[HistoryProfile | None, tuple[Source, ...]]:
    from .examinations import history as examination

    if evidence.history is None:
        return None, ()
    request = replace(evidence.history_request or examination.HistoryRequest(), labels=evidence.labels)
    found = examination.examine(evidence.history, request, progress)
    return found.profile, found.sources
