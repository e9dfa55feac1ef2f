"""From the tally to the profile: everything `analyze` says about the labels, in class order."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from ..errors import InputError, UsageError
from ..model import ClassCounts, ClassRow, LabelProfile, Layout, Task
from .boundary import boundary, evidence, log_odds, wilson
from .floors import floors
from .label_sets import by_size, set_counts
from .measures import measures
from .order import index_order
from .percentiles import PERCENTS
from .percentiles import percentiles as percentiles_of
from .set_counts import SetCounts
from .tally import LabelTally

SEVERAL_LABELS = ("delimited", "indicator", "long")
"""The layouts in which a sample can carry any number of classes."""
HEAD, TAIL = 100, 20
"""A head class has more than HEAD samples, a tail class fewer than TAIL: Liu et al. (2019), "Large-scale long-tailed
recognition in an open world"."""


def build(
    tally: LabelTally,
    layout: Layout,
    *,
    classes: tuple[str, ...] | None = None,
    n_samples: int | None = None,
    task: Task | None = None,
    percentiles: Sequence[float] = PERCENTS,
    value_type: Literal["text", "integer", "float", "boolean"] = "text",
    counts_only: bool = False,
) -> LabelProfile:
    """The profile of a tally.

    `classes` are the declared names in index order, those without samples included; by default the classes that were
    seen, in `index_order`. `n_samples` says how many samples there are when the rows do not: counts, or a long table
    that leaves samples without labels out. A single-label `task` for data that carries several labels a sample reads
    every label assignment as a sample of its own, which is what a softmax model trains on.

    Raises InputError when there is nothing to count or `n_samples` cannot be, UsageError when `task` cannot be, and
    ValueError for a class of the tally that `classes` lacks (the layout checks that first).
    """
    names = class_names(tally, classes)
    n, n_unlabelled, sets = samples(tally, layout, n_samples)
    seen = tuple(tally.counts[name] for name in names)
    task = task or deduce_task(tally, layout, names, n, sets)
    if task == "multilabel":
        counts = ClassCounts(names, seen, n, task, tuple(n - tally.unknown[name] for name in names))
    else:
        counts, sets = one_class_a_sample(names, seen, task), None
        if counts.n_samples != n:
            note = f"read as {task}: each of the {counts.n_samples:,} label assignments is a sample of its own"
            layout = replace(layout, notes=(*layout.notes, note))
    return LabelProfile(
        counts=counts,
        layout=layout,
        n_rows=tally.n_rows,
        n_missing=tally.n_missing,
        n_ignored=tally.n_ignored,
        n_unlabelled=n_unlabelled,
        n_rejected=tally.n_rejected,
        classes=class_rows(counts, tally.unknown),
        percentiles=percentiles_of(counts, percentiles),
        measures=measures(counts, sets),
        floors=floors(counts, sets, None if layout.kind == "counts" else n_unlabelled),
        value_type=value_type,
        counts_only=counts_only,
        declared=classes is not None,
        damage=tally.damage,
    )


def class_names(tally: LabelTally, declared: tuple[str, ...] | None) -> tuple[str, ...]:
    """The classes in index order. Raises InputError without any, ValueError for one that is not declared."""
    if tally.n_samples == 0 and not tally.counts.total():
        left = {"missing": tally.n_missing, "ignored": tally.n_ignored, "rejected": tally.n_rejected}
        why = ", ".join(f"{n:,} {what}" for what, n in left.items() if n) or "it is empty"
        raise InputError(f"no labels in the input: {tally.n_rows:,} rows, {why}", "name the labels with --label COLUMN")
    if declared is None:
        if not tally.counts:
            raise InputError(
                f"no labels in the input: none of the {tally.n_samples:,} samples carries one",
                "name the labels with --label COLUMN, or the classes with --classes",
            )
        return index_order(tally.counts)
    strangers = set(tally.counts) - set(declared)
    if strangers:
        raise ValueError(f"classes that are not declared: {sorted(strangers)[:10]}")
    return declared


def samples(tally: LabelTally, layout: Layout, stated: int | None) -> tuple[int, int, SetCounts | None]:
    """Number of samples, of those without a label, and the label sets, given the number that the user states.

    Outside the counts layout the samples that the rows do not show are samples without a label. Raises InputError
    when fewer samples are stated than were seen.
    """
    n = tally.n_samples if stated is None else stated
    largest = max(tally.counts.values(), default=0)
    if n < largest:
        name = next(name for name in index_order(tally.counts) if tally.counts[name] == largest)
        raise InputError(
            f"{n:,} samples cannot be: class {name!r} alone has {largest:,}",
            f"--n-samples counts samples, not labels: at least {largest:,}",
        )
    if layout.kind == "counts":
        return n, tally.n_unlabelled, None
    sets = None if tally.label_sets is None else set_counts(tally.label_sets)
    if n == tally.n_samples:
        return n, tally.n_unlabelled, sets
    if n < tally.n_samples:
        raise InputError(f"{n:,} samples were stated, {tally.n_samples:,} were read", "leave --n-samples out")
    extra = n - tally.n_samples
    if sets is not None:
        sets = sets.merged(SetCounts({frozenset(): extra}))
    return n, tally.n_unlabelled + extra, sets


def one_class_a_sample(names: tuple[str, ...], counts: tuple[int, ...], task: Task) -> ClassCounts:
    """The counts of a binary or multi-class task. Raises UsageError and InputError when they cannot be that."""
    total = sum(counts)
    if task == "binary" and len(names) != 2:
        hint = "leave --task out, or use --task multiclass"
        raise UsageError(f"a binary task has two classes, not {len(names):,}", hint)
    if total == 0:
        raise InputError(f"no labels in the input: none of the {len(names):,} classes has a sample")
    return ClassCounts(names, counts, total, task, (total,) * len(names))


def deduce_task(tally: LabelTally, layout: Layout, names: tuple[str, ...], n: int, sets: SetCounts | None) -> Task:
    """Multi-label as soon as one sample is seen not to carry exactly one class; binary with two classes."""
    several = n != tally.counts.total()
    if layout.kind in SEVERAL_LABELS:
        sizes = {matrix.shape[1] for matrix, _ in by_size(names, sets or {})}
        several = several or bool(sizes - {1}) or tally.n_unlabelled > 0 or tally.unknown.total() > 0
    if several:
        return "multilabel"
    return "binary" if len(names) == 2 else "multiclass"


def class_rows(counts: ClassCounts, unknown: Mapping[str, int]) -> tuple[ClassRow, ...]:
    """One row per class. Boundary, log-odds and evidence are None where one of the two sides has no samples."""
    columns = zip(counts.names, counts.counts, counts.negatives, counts.prevalences, counts.shares, strict=True)
    return tuple(
        ClassRow(
            index=index,
            name=name,
            count=positives,
            prevalence=prevalence,
            share=share,
            boundary=boundary(positives, negatives),
            log_odds=log_odds(positives, negatives),
            evidence=evidence(positives, negatives),
            tier=tier(positives),
            interval=wilson(positives, positives + negatives),
            unknown=unknown.get(name, 0),
        )
        for index, (name, positives, negatives, prevalence, share) in enumerate(columns)
    )


def tier(count: int) -> Literal["head", "medium", "tail", "empty"]:
    """How well a class is supported: more than 100 samples, 20 to 100, fewer than 20, none.

    >>> [tier(n) for n in (101, 100, 20, 19, 0)]
    ['head', 'medium', 'medium', 'tail', 'empty']
    """
    if count == 0:
        return "empty"
    return "head" if count > HEAD else "medium" if count >= TAIL else "tail"
