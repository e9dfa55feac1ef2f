"""From arrays to a profile, the way a dump is judged: block by block through the tally."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from imbalance_doctor.model import Finding, LabelProfile, PredictionLayout, PredictionProfile
from imbalance_doctor.predictions.blocks import ScoreBlock, Setting
from imbalance_doctor.predictions.profile import build
from imbalance_doctor.predictions.tally import PredictionTally
from imbalance_doctor.rules._run import run

LAYOUT = PredictionLayout("matrix", "an array in a test")
CUTS = {"probabilities": 0.5, "logits": 0.0, "labels": 0.5}


def profile_of_scores(
    scores: Any,
    truth: Any = None,
    priors: Sequence[float] | None = None,
    task: str = "softmax",
    kind: str = "probabilities",
    *,
    classes: Sequence[str] | None = None,
    threshold: float | None = None,
    declared: bool = False,
    capacity: int | None = None,
    rows: int = 1000,
) -> PredictionProfile:
    """The profile of scores (n, K), of binary scores (n,), or of predicted labels (n,) with kind "labels".

    Classes are "0", "1", … unless named. `truth`: (n,) indices, or (n, K) for sigmoid. `rows` are in one block.
    """
    array = np.asarray(scores)
    answers = kind == "labels" and array.ndim == 1
    if not answers and array.ndim == 1:
        array = array[:, None]
    truth = None if truth is None else np.asarray(truth)
    names = tuple(classes) if classes else tuple(str(i) for i in range(_width(array, truth, task, answers)))
    cut = CUTS[kind] if threshold is None else threshold
    setting = Setting(
        names,
        kind,
        task,
        cut,
        None if priors is None else tuple(priors),
        "" if priors is None else "the training data",
        truth is not None,
        declared or classes is not None,
        capacity,
    )
    tally = PredictionTally(setting)
    for start in range(0, len(array), rows):
        part = slice(start, start + rows)
        true = None if truth is None else truth[part]
        if answers:
            tally.update(ScoreBlock(start, predicted=array[part].astype(np.int32), truth=true))
        else:
            tally.update(ScoreBlock(start, array[part], truth=true))
    return build(tally, LAYOUT, joined_by="position")


def _width(array: Any, truth: Any, task: str, answers: bool) -> int:
    if task == "binary":
        return 2
    if not answers:
        return int(array.shape[1])
    return int(max(array.max(), -1 if truth is None else truth.max())) + 1


def findings_of(profile: PredictionProfile, labels: LabelProfile | None = None) -> dict[str, Finding]:
    """The findings by the name of their rule, those about the labels left out. The worst of a rule wins."""
    found, _ = run({"predictions": profile, "labels": labels})
    about = [finding for finding in found if finding.rule.code.startswith("IMB2")]
    return {finding.rule.name: finding for finding in sorted(about, key=lambda f: f.grade.rank)}
