"""The metric floors: what a metric says of a model that always gives the same answer.

Conventions are scikit-learn's: a 0/0 is 0 (`zero_division=0`), the macro average runs over all declared classes, and
balanced accuracy over the classes that have samples.
"""

import math
from collections.abc import Mapping, Sequence

from ..model import ClassCounts
from .boundary import all_positive_f1

Row = dict[str, float | None]


def class_metrics(counts: Sequence[int]) -> dict[str, Row]:
    """Metrics of one class a sample: majority, prior (its argmax, so the majority) and random guessing.

    With two classes also the constant answers index 0 (`all_zero`) and index 1 (`all_one`), and `f1` of index 1.
    """
    answers = {"majority": majority(counts), "prior": majority(counts)}
    if len(counts) == 2:
        answers |= {"all_zero": 0, "all_one": 1}
    total, k, present = sum(counts), len(counts), sum(n > 0 for n in counts)

    def metric(constant: Mapping[int, float], uniform: float) -> Row:
        given = {name: constant[answer] for name, answer in answers.items()}
        return {name: given.get(name) for name in ("majority", "all_zero", "all_one", "prior")} | {"uniform": uniform}

    chosen = set(answers.values())
    accuracy = metric({c: counts[c] / total for c in chosen}, 1 / k)
    f1 = {c: all_positive_f1(counts[c], total - counts[c]) for c in chosen}
    guessed = [2 * n / (k * n + total) for n in counts]
    found = {
        "accuracy": accuracy,
        "balanced_accuracy": metric({c: (counts[c] > 0) / present for c in chosen}, 1 / k),
        "macro_f1": metric({c: value / k for c, value in f1.items()}, math.fsum(guessed) / k),
        "micro_f1": dict(accuracy),
    }
    if k == 2:
        found["f1"] = metric({c: f1[1] if c == 1 else 0.0 for c in chosen}, guessed[1])
    return found


def label_metrics(
    counts: ClassCounts, sets: Mapping[frozenset[str], int] | None, n_unlabelled: int | None
) -> dict[str, Row]:
    """Metrics of any number of classes a sample, for the same label set on every sample.

    `majority` answers the most frequent class alone, `prior` the classes with a prevalence above 0.5. None where the
    label sets would have to be known (`subset_accuracy`) or no label has both values (`balanced_accuracy`).
    """
    k, cells, total = len(counts.names), sum(counts.known), counts.n_assignments
    top = majority(counts.counts)
    sides = list(zip(counts.counts, counts.negatives, strict=True))
    answers = {
        "majority": {top},
        "all_zero": set(),
        "all_one": set(range(k)),
        "prior": {i for i, (n1, n0) in enumerate(sides) if n1 > n0},
    }
    element: Row = {name: (cells - n) / cells if cells else None for name, n in wrong_cells(counts).items()}
    agree = sum(max(n1, n0) for n1, n0 in sides)
    element["prior"] = agree / cells if cells else None
    decided = any(n1 and n0 for n1, n0 in sides)
    complete = cells == k * counts.n_samples
    subset: Row = {
        name: exact_share(counts, answer, sets, n_unlabelled) if complete else None for name, answer in answers.items()
    }
    macro: Row = {name: math.fsum(all_positive_f1(*sides[i]) for i in answer) / k for name, answer in answers.items()}
    micro: Row = {name: pooled_f1(counts, answer) for name, answer in answers.items()}
    guessed = math.fsum(2 * n1 / (2 * n1 + m) for n1, m in zip(counts.counts, counts.known, strict=True) if m) / k
    return {
        "element_accuracy": element | {"uniform": 0.5},
        "subset_accuracy": subset | {"uniform": 0.5**k},
        "balanced_accuracy": dict.fromkeys((*answers, "uniform"), 0.5 if decided else None),
        "macro_f1": macro | {"uniform": guessed},
        "micro_f1": micro | {"uniform": 2 * total / (2 * total + cells) if cells else 0.0},
    }


def majority(counts: Sequence[int]) -> int:
    """Index of the class with most samples, the first among equals, as argmax gives it."""
    return max(range(len(counts)), key=counts.__getitem__)


def wrong_cells(counts: ClassCounts) -> dict[str, int]:
    """Cells of the label matrix that the hard constants get wrong."""
    positives, negatives = counts.counts, counts.negatives
    top = majority(positives)
    return {
        "majority": sum(positives) - positives[top] + negatives[top],
        "all_zero": sum(positives),
        "all_one": sum(negatives),
    }


def exact_share(
    counts: ClassCounts, answer: set[int], sets: Mapping[frozenset[str], int] | None, n_unlabelled: int | None
) -> float | None:
    """Share of the samples whose label set is exactly the answer, None when that is not known."""
    if not answer and n_unlabelled is not None:
        return n_unlabelled / counts.n_samples
    if sets is None:
        return None
    return sets.get(frozenset(counts.names[i] for i in answer), 0) / counts.n_samples


def pooled_f1(counts: ClassCounts, answer: set[int]) -> float:
    """Micro-averaged F1 of labels that are always predicted: 2 TP / (predicted + actual)."""
    hits, predicted = sum(counts.counts[i] for i in answer), sum(counts.known[i] for i in answer)
    return 2 * hits / (predicted + counts.n_assignments) if hits else 0.0
