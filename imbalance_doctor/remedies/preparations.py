"""Before any weight: what the counts alone settle. One function per step.

Sources of the facts quoted: the standard error of a recall r measured on n positives is sqrt(r(1-r)/n), at most
0.5/sqrt(n); Google, "Machine Learning Crash Course", page "Datasets: Imbalanced datasets" (a minority of 20 to 40 % is
mild: first try training on the true distribution).
"""

import math

from ..model import Step
from .case import BALANCED_RATIO, SCARCE, Case, number, quoted


def before(case: Case) -> tuple[Step, ...]:
    """What has to be settled before any weight: classes that cannot be learnt, classes with too few samples."""
    if not case.learnable:
        return ()
    return tuple(step for step in (settle_classes(case), collect_scarce(case)) if step)


def settle_classes(case: Case) -> Step | None:
    """Classes without samples, or carried by every sample, have no finite weight."""
    gone = tuple(sorted(case.empty + case.constant, key=lambda row: row.index))
    if not gone:
        return None
    parts = []
    if case.empty:
        parts.append(f"no sample carries {quoted(case.empty)}")
    if case.constant:
        parts.append(f"every sample carries {quoted(case.constant)}")
    keep = ", or keep the index and leave it out with --zero-count exclude" if not case.constant else ""
    return Step(
        f"Remove {quoted(gone)} from the model before anything else{keep}.",
        f"In this data {' and '.join(parts)}: there is nothing to learn, and a weight or log-odds would be infinite.",
        "Removing a class shifts the index of every class after it.",
    )


def collect_scarce(case: Case) -> Step | None:
    """Too few samples: no weight creates information."""
    if not case.scarce:
        return None
    least = min(case.scarce, key=case.support)
    n = case.support(least)
    sides = "samples with or without it" if case.kind == "multilabel" else "samples"
    return Step(
        f"Collect more samples of {quoted(case.scarce)}, or merge with a related class; until then report them apart.",
        f"Fewer than {SCARCE} {sides}: no weight creates information. With {n:,} for {quoted(least)}, even if all were "
        f"held out, its recall would carry a standard error of up to {number(0.5 / math.sqrt(n))}.",
        "Merging gives up the distinction; new samples must come from where the model will be used.",
    )


def collect_contrast(case: Case) -> Step:
    """Nothing to tell apart: refuse to prescribe weights."""
    if case.constant:
        seen = f"Every sample carries {quoted(case.constant)}: a constant answer is already perfect"
    else:
        seen = f"Not one of the {len(case.empty):,} classes occurs in {case.labels.n_samples:,} samples"
    return Step(
        "Collect samples of another class, or check that the right column was read; no weights are prescribed.",
        f"{seen}. A weight rescales the loss but gives the model nothing to tell apart.",
    )


def no_action(case: Case) -> Step:
    """Imbalance is not the problem."""
    large, small = case.extremes
    if case.kind == "multilabel":
        low, high = number(case.rarest.prevalence), number(case.commonest.prevalence)
        seen = f"Prevalence runs from {low} to {high}, so each side of every label holds at least 20 %"
    else:
        seen = f"Largest and smallest class have {large:,} and {small:,} samples, {number(case.ratio)} to 1"
    return Step(
        "No action needed for imbalance: keep the plain loss. If the model fails, look elsewhere: "
        "wiring, learning rate, label quality.",
        f"{seen}. Up to {BALANCED_RATIO} to 1, first try training on the data as it is.",
    )
