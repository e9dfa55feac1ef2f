"""The floors: what every common loss and metric is worth for a model that learnt nothing from its input.

A training log that settles on one of these numbers names the fault: the prior was learnt and nothing else, or one
constant answer is given to every sample.
"""

from collections.abc import Mapping
from typing import Any

from ..model import ClassCounts
from .floor_losses import sigmoid_losses, softmax_losses
from .floor_metrics import class_metrics, label_metrics, majority, wrong_cells

PREDICTORS = ("majority", "all_zero", "all_one", "prior", "uniform")
"""Constant models, in the order of every row."""

COMMON_NOTES: Mapping[str, str] = {
    "null": "an infinite loss (a hard 0 or 1 that is wrong at least once), or a model this task does not have",
    "prior_loss": "the best constant output under that very loss",
    "uniform_metric": "chance: answers drawn at random; F1 is computed from the expected counts",
    "f1": "0 where there is nothing to divide by; the macro average is over all classes",
    "focal_2": "gamma 2; alpha_25 weighs positives 0.25 and negatives 0.75",
}
CLASS_NOTES: Mapping[str, str] = {
    "majority": "always the class with most samples, the first among equals",
    "prior": "puts out the class shares; its answer is the majority class",
    "uniform": "puts out 1/K for every class",
    "cross_entropy_balanced": "weights N/(K n_k): the floor is ln K over the classes that have samples",
    "mse": "mean over classes and samples",
    "balanced_accuracy": "over the classes that have samples",
}
BINARY_NOTES: Mapping[str, str] = {
    "all_zero": "always the class with index 0",
    "all_one": "always the class with index 1, the positive class of the sigmoid losses and of f1",
}
LABEL_NOTES: Mapping[str, str] = {
    "majority": "the most frequent class alone, on every sample",
    "all_zero": "no class, on every sample",
    "all_one": "every class, on every sample",
    "prior": "puts out the prevalences; answers the classes above 0.5",
    "uniform": "puts out 0.5 for every class; cut at 0.5 that is all_one where 0.5 passes (>=), all_zero where not (>)",
    "mean": "mean over the known cells of the label matrix",
    "sum": "sum over the classes, mean over the samples",
    "balanced_accuracy": "mean over the classes that some samples carry and some do not",
}


def floors(
    counts: ClassCounts, label_sets: Mapping[frozenset[str], int] | None, n_unlabelled: int | None
) -> dict[str, Any]:
    """The `labels.floors` of the JSON form: `losses` and `metrics` by name and predictor, and `notes`.

    `label_sets` and `n_unlabelled` are None when not known; only `subset_accuracy` needs them. Losses are in nats.
    """
    if counts.task == "multilabel":
        sides = list(zip(counts.counts, counts.negatives, strict=True))
        losses = sigmoid_losses(sides, counts.n_samples, wrong_cells(counts), sums=True)
        metrics = label_metrics(counts, label_sets, n_unlabelled)
        notes = {**COMMON_NOTES, **LABEL_NOTES}
        if metrics["subset_accuracy"]["all_one"] is None:
            notes["subset_accuracy"] = "null where the complete label sets of the samples would have to be known"
    else:
        ns = counts.counts
        wrong = {"majority": sum(ns) - ns[majority(ns)]}
        notes = {**COMMON_NOTES, **CLASS_NOTES}
        losses = {}
        if counts.task == "binary":
            wrong |= {"all_zero": ns[1], "all_one": ns[0]}
            losses = sigmoid_losses([(ns[1], ns[0])], sum(ns), wrong, sums=False)
            notes |= BINARY_NOTES
        losses = softmax_losses(ns, wrong) | losses
        metrics = class_metrics(ns)
    return {"losses": in_order(losses), "metrics": in_order(metrics), "notes": notes}


def in_order(rows: Mapping[str, Mapping[str, float | None]]) -> dict[str, dict[str, float | None]]:
    """The rows with their predictors in the order of PREDICTORS."""
    return {name: {predictor: row[predictor] for predictor in PREDICTORS} for name, row in rows.items()}
